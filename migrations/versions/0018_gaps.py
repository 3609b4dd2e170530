"""What people need to know and no article tells."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "knowledge_gap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("said", sa.String(250), nullable=False),
        sa.Column("clients", sa.Integer(), nullable=False),
        sa.Column("examples", JSON, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name="fk_knowledge_gap_article_id_article",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["participant.id"],
            name="fk_knowledge_gap_decided_by_id_participant",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_knowledge_gap"),
        sa.UniqueConstraint("kind", "locale", "key", name="uq_knowledge_gap_kind_locale_key"),
    )
    op.create_index("ix_knowledge_gap_state", "knowledge_gap", ["state", "clients"])


def downgrade() -> None:
    op.drop_table("knowledge_gap")
