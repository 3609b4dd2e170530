"""Of which limit of a clock colleagues heard last that it is near, and that it passed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("counter", sa.Column("near_told_of", sa.DateTime(), nullable=True))
    op.add_column("counter", sa.Column("late_told_of", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("counter", "late_told_of")
    op.drop_column("counter", "near_told_of")
