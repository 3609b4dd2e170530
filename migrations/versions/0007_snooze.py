"""Cases that are out of sight until a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ASLEEP = sa.text("snoozed_until IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        cases.add_column(sa.Column("snoozed_until", sa.DateTime(), nullable=True))
        cases.add_column(sa.Column("woken_at", sa.DateTime(), nullable=True))
        cases.add_column(sa.Column("woken_by", sa.String(length=8), nullable=True))
        cases.create_index(
            "ix_cases_snoozed",
            ["snoozed_until", "id"],
            sqlite_where=ASLEEP,
            postgresql_where=ASLEEP,
        )


def downgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        cases.drop_index("ix_cases_snoozed")
        cases.drop_column("woken_by")
        cases.drop_column("woken_at")
        cases.drop_column("snoozed_until")
