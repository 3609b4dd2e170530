"""Cases that somebody not signed in wrote under an address known before."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    unconfirmed = sa.Column(
        "is_unconfirmed", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("cases", unconfirmed)


def downgrade() -> None:
    op.drop_column("cases", "is_unconfirmed")
