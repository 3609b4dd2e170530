"""Sections of the FAQ within sections; addresses that were in use before."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("article_category") as category:
        category.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        category.create_foreign_key(
            "fk_article_category_parent_id_article_category",
            "article_category",
            ["parent_id"],
            ["id"],
        )
    op.create_table(
        "old_address",
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["article_category.id"],
            name="fk_old_address_category_id_article_category",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_old_address_article_id_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("path", name="pk_old_address"),
    )
    op.create_index("ix_old_address_article_id", "old_address", ["article_id"])


def downgrade() -> None:
    op.drop_table("old_address")
    with op.batch_alter_table("article_category") as category:
        category.drop_constraint(
            "fk_article_category_parent_id_article_category", type_="foreignkey"
        )
        category.drop_column("parent_id")
