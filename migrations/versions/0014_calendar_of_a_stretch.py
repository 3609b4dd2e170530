"""By which calendar a stretch of a ledger was counted before another counter took the clock."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OWN = sa.text("calendar_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("counter_span", sa.Column("calendar_id", sa.Integer(), nullable=True))
    op.create_index(
        "ix_counter_span_calendar",
        "counter_span",
        ["calendar_id"],
        sqlite_where=OWN,
        postgresql_where=OWN,
    )


def downgrade() -> None:
    op.drop_index("ix_counter_span_calendar", "counter_span")
    op.drop_column("counter_span", "calendar_id")
