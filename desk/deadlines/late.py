"""Why a step fires later than it was due, as far as the tables know."""

from datetime import datetime, timedelta

from desk import health
from desk.deadlines.calendar_edits import CALENDAR
from desk.deadlines.ledger import MOVED
from desk.deadlines.limit_edits import LIMIT
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
    if last.since > due and last.reason.partition(":")[0] in (LIMIT, MOVED, CALENDAR):
        return "changed"
    return "down" if health.was_down(due) else ""
