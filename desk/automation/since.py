"""Facts of a case that stand in other tables, each read with one statement when asked for."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from core.db import db
from models import Case, Counter, CounterPolicyVersion, CounterState, EventRecord


class Deadline(NamedTuple):
    """A counter of a case: its policy, the calendar that it runs by, and when it must be done."""

    policy: int
    calendar: int
    limit_at: datetime


def assignee_since(case: Case) -> datetime | None:
    """When it came to who works on it now; None when nobody does."""
    if case.assignee_id is None:
        return None
    changed = select(func.max(EventRecord.at)).where(
        EventRecord.case_id == case.id, EventRecord.kind == "assignee_changed"
    )
    return db.session.scalar(changed) or case.created_at


def deadlines(case: Case) -> tuple[Deadline, ...]:
    """Of the counters that run; those that pause or have stopped have no deadline."""
    query = (
        select(Counter.policy_id, CounterPolicyVersion.calendar_id, Counter.limit_at)
        .join(CounterPolicyVersion, CounterPolicyVersion.id == Counter.policy_version_id)
        .where(Counter.case_id == case.id, Counter.state == CounterState.RUNNING)
        .order_by(Counter.policy_id)
    )
    rows = db.session.execute(query)
    return tuple(Deadline(row[0], row[1], row[2]) for row in rows if row[2] is not None)
