"""When a limit begins to be near, of each clock; the same and its counter in the row of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NOT_NEAR = sa.text("told = 0 AND state = 'running'")


def upgrade() -> None:
    op.add_column("counter", sa.Column("near_at", sa.DateTime(), nullable=True))
    op.add_column("cases", sa.Column("near_at", sa.DateTime(), nullable=True))
    op.add_column("cases", sa.Column("due_policy_id", sa.Integer(), nullable=True))
    op.create_index(
        "ix_counter_near",
        "counter",
        ["near_at"],
        sqlite_where=NOT_NEAR,
        postgresql_where=NOT_NEAR,
    )
    # What runs is computed by the worker, as after an edit of its calendar.
    counter = sa.table("counter", sa.column("stale", sa.Boolean()), sa.column("state"))
    op.execute(counter.update().where(counter.c.state == "running").values(stale=True))


def downgrade() -> None:
    op.drop_index("ix_counter_near", "counter")
    op.drop_column("cases", "due_policy_id")
    op.drop_column("cases", "near_at")
    op.drop_column("counter", "near_at")
