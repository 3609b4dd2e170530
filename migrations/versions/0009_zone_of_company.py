"""People who never chose a time zone have none: the company's counts for them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

USUAL = "Europe/Moscow"  # what everybody was given; nobody could choose another so far
PEOPLE = sa.table("participant", sa.column("zone", sa.String))


def upgrade() -> None:
    op.execute(PEOPLE.update().where(PEOPLE.c.zone == USUAL).values(zone=""))


def downgrade() -> None:
    op.execute(PEOPLE.update().where(PEOPLE.c.zone == "").values(zone=USUAL))
