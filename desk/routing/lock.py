"""One hand-out at a time in the whole installation, so that nobody is given more than their limit.

Taken first of all in a unit of its own, which waits for no case: whoever holds a case never waits
for this lock. SQLite has one writer anyway.
"""

from sqlalchemy import func, select

from core.db import db

_LOCK = 0x6C696E64  # sets this advisory lock of PostgreSQL apart from others


def take() -> None:
    """Until the end of the unit."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
