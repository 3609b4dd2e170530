"""Wordings that articles learn from those who ask, and which articles had to do with a case."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column(
        "article_text", sa.Column("learned", sa.String(), nullable=False, server_default="")
    )
    with op.batch_alter_table("article_text") as text:
        text.alter_column("learned", server_default=None)
    op.create_table(
        "article_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("said", sa.String(250), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("people", JSON, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["article_text.id"],
            name="fk_article_wording_text_id_article_text",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_article_wording_case_id_cases", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["participant.id"],
            name="fk_article_wording_decided_by_id_participant",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_article_wording"),
        sa.UniqueConstraint("text_id", "key", name="uq_article_wording_text_id_key"),
    )
    op.create_index("ix_article_wording_state", "article_wording", ["state", "last_at"])
    op.create_table(
        "case_article",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_case_article_case_id_cases", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_case_article_article_id_article",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "article_id", "kind", name="pk_case_article"),
    )
    op.create_index("ix_case_article_article", "case_article", ["article_id", "kind", "at"])


def downgrade() -> None:
    op.drop_table("case_article")
    op.drop_table("article_wording")
    with op.batch_alter_table("article_text") as text:
        text.drop_column("learned")
