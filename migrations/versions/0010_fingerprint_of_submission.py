"""What stood in a form that was sent, so that another text under its key is not lost."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("submission") as submission:
        submission.add_column(
            sa.Column("fingerprint", sa.String(length=64), server_default="", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("submission") as submission:
        submission.drop_column("fingerprint")
