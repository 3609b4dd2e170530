"""What counters fired, newest first: of one of them or of all, between two days."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select

from core.db import db
from core.i18n import _, zone
from desk import access, events
from desk.automation.told import Told
from desk.deadlines.policies import effects_told
from desk.errors import Invalid
from models import Case, Counter, CounterFiring, CounterPolicy, EventRecord, Staff

PAGE = 50
Span = tuple[datetime, datetime]


class Firing(NamedTuple):
    """A step that fired; `late` = how long after it was due, in whole seconds as both are shown."""

    id: int
    at: datetime
    due_at: datetime
    step: int
    episode: int
    case_id: int
    subject: str
    kept: dict[str, Any] | None  # of its event
    policy_id: int

    @property
    def late(self) -> timedelta:
        return self.at.replace(microsecond=0) - self.due_at.replace(microsecond=0)

    @property
    def why_late(self) -> str:
        """In words; empty when it was in time or nothing is known."""
        return events.why_late(self.kept or {})

    @property
    def effects(self) -> list[Told]:
        """What it did, or why not, in words."""
        return effects_told(self.kept or {})


def firings(
    who: Staff,
    of: CounterPolicy | None = None,
    before: int | None = None,
    during: Span | None = None,
) -> tuple[list[Firing], int | None]:
    """The newest PAGE firings on tickets that this person may see, and the next page's cursor."""
    query = fired(who, of, during).limit(PAGE + 1)
    if before is not None:
        query = query.where(CounterFiring.id < before)
    found = [Firing(*row) for row in db.session.execute(query)]
    shown = found[:PAGE]
    return shown, shown[-1].id if len(found) > PAGE else None


def whole_days(first: date, last: date) -> Span:
    """From the midnight of one day to the end of another, in the reader's zone. Invalid."""
    if last < first:
        raise Invalid(_("The last day is before the first one."), "to")
    since, until = (
        datetime.combine(day, time(), ZoneInfo(zone())) for day in (first, last + timedelta(days=1))
    )
    return since, until


def fired(
    who: Staff, of: CounterPolicy | None = None, during: Span | None = None
) -> Select[*tuple[Any, ...]]:
    """The columns of Firing, the newest first; of all counters without `of`."""
    since, until = during or (None, None)
    columns = (
        CounterFiring.id,
        CounterFiring.at,
        CounterFiring.due_at,
        CounterFiring.step,
        CounterFiring.episode,
        Case.id,
        Case.subject,
        EventRecord.data,
        Counter.policy_id,
    )
    return (
        access.visible_cases(who)
        .join(Counter, Counter.case_id == Case.id)
        .join(CounterFiring, CounterFiring.counter_id == Counter.id)
        .outerjoin(EventRecord, EventRecord.id == CounterFiring.event_id)
        .where(*([Counter.policy_id == of.id] if of else []))
        .where(*([CounterFiring.at >= since, CounterFiring.at < until] if during else []))
        .order_by(CounterFiring.id.desc())
        .with_only_columns(*columns)
    )
