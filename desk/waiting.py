"""Since when work waits whose rows do not say it themselves: a mark, set once, taken away."""

from datetime import datetime

from core import clock
from core.db import db, put_if_absent
from models import Heartbeat

COUNTERS = "counters to be computed anew"


def begin(what: str) -> None:
    """It waits from now on, unless it did already."""
    put_if_absent(Heartbeat, name=what, at=clock.now(), data={})


def since(what: str) -> datetime | None:
    row = db.session.get(Heartbeat, what)
    return row.at if row else None


def end(what: str) -> None:
    row = db.session.get(Heartbeat, what)
    if row is not None:
        db.session.delete(row)
