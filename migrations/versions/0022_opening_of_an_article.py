"""The index keeps the stems that begin an article, not all of them once more."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The index is made anew after the last migration."""
    _empty()
    with op.batch_alter_table("article_index") as index:
        index.drop_column("body")
        index.add_column(sa.Column("opening", sa.String(), nullable=False))


def downgrade() -> None:
    """The index is left empty: `bin/liniya reindex` of the version before fills it."""
    _empty()
    with op.batch_alter_table("article_index") as index:
        index.drop_column("opening")
        index.add_column(sa.Column("body", sa.String(), nullable=False))


def _empty() -> None:
    for name in ("article_index", "search_word"):
        op.execute(f"DELETE FROM {name}")  # noqa: S608 - two names from the line above
