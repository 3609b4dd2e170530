"""Why a step fires later than it was due, as far as the tables know."""

from datetime import datetime, timedelta

from desk import health
from desk.deadlines.calendar_edits import CALENDAR
from desk.deadlines.ledger import MOVED
from desk.deadlines.limit_edits import CLIENT, LIMIT, PRIORITY
from models import Counter

WORTH_SAYING = timedelta(minutes=1)


def reason(counter: Counter, at: datetime) -> str:
    """A key of events.LATE_BECAUSE; empty when it is in time, or nothing is known."""
    due = counter.due_at
    if due is None or at - due < WORTH_SAYING:
        return ""
    if counter.failures:
        return "failed"
    last = counter.spans[-1]
    why = _edit(last.reason) if last.since > due else ""
    return why or ("down" if health.was_down(due) else "")


def _edit(kept: str) -> str:
    """What put the limit into the past, by what the ledger keeps of it."""
    what, *values = kept.split(":")
    if what == LIMIT:
        return next((one for one in (PRIORITY, CLIENT) if one in values), "changed")
    return {MOVED: "moved", CALENDAR: "calendar"}.get(what, "")
