"""Sections of a direction, and sections for the clients of some categories alone."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("article_category") as section:
        section.add_column(sa.Column("direction_id", sa.Integer(), nullable=True))
        section.create_foreign_key(
            "fk_article_category_direction_id_direction", "direction", ["direction_id"], ["id"]
        )
    op.create_table(
        "section_reader",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["article_category.id"],
            name="fk_section_reader_section_id_article_category",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["client_category.id"],
            name="fk_section_reader_category_id_client_category",
        ),
        sa.PrimaryKeyConstraint("section_id", "category_id", name="pk_section_reader"),
    )


def downgrade() -> None:
    op.drop_table("section_reader")
    with op.batch_alter_table("article_category") as section:
        section.drop_constraint("fk_article_category_direction_id_direction", type_="foreignkey")
        section.drop_column("direction_id")
