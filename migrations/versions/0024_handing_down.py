"""Articles that colleagues are to read; when the owner of an article was told to look again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "hand_down",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("groups", JSON, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_hand_down_article_id_article",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["participant.id"], name="fk_hand_down_by_id_participant"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hand_down"),
    )
    op.create_index("ix_hand_down_article_id", "hand_down", ["article_id"])
    op.create_table(
        "hand_down_reader",
        sa.Column("hand_down_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hand_down_id"],
            ["hand_down.id"],
            name="fk_hand_down_reader_hand_down_id_hand_down",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name="fk_hand_down_reader_staff_id_staff"
        ),
        sa.PrimaryKeyConstraint("hand_down_id", "staff_id", name="pk_hand_down_reader"),
    )
    op.create_index("ix_hand_down_reader_staff_id", "hand_down_reader", ["staff_id"])
    with op.batch_alter_table("article") as article:
        article.add_column(sa.Column("reminded_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("article") as article:
        article.drop_column("reminded_at")
    op.drop_table("hand_down_reader")
    op.drop_table("hand_down")
