"""What counted of a clock by a calendar, and what an edit of that calendar changed in it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from core import clock
from desk.business_time import NoWorkingTime, WorkCalendar, add_working_time, working_time_between
from desk.deadlines import calendar_edits
from models import Counter, CounterSpan

MINUTE = timedelta(minutes=1)


class Plain(NamedTuple):
    """A span as pages read it."""

    since: datetime
    until: datetime | None
    counts: bool
    reason: str


Span = CounterSpan | Plain


def worked_by(calendar: WorkCalendar, counter: Counter, *, until: datetime) -> timedelta:
    """Working time of the episode under way, up to an instant."""
    mine = (span for span in counter.spans if span.episode == counter.episode)
    return total(calendar, mine, until=until)


def total(calendar: WorkCalendar, spans: Iterable[Span], *, until: datetime) -> timedelta:
    """Working time of the spans that count, up to an instant."""
    worked = timedelta()
    for span in spans:
        if span.counts and span.since < until:
            end = min(span.until or until, until)
            worked += working_time_between(calendar, span.since, end)
    return worked


def given(counter: Counter, was: WorkCalendar, new: WorkCalendar) -> int:
    """Whole minutes that count by the new calendar and did not by the other, or fewer than none."""
    before, now = (worked_by(each, counter, until=clock.now()) for each in (was, new))
    return now // MINUTE - before // MINUTE


def given_by_edit(calendar_id: int, new: WorkCalendar, counter: Counter, limit_at: datetime) -> int:
    """Whole minutes that the last edit gave, or took back; 0 when it is not known by which hours
    `limit_at`, the limit before it, was computed."""
    was = calendar_edits.calendar_before(calendar_id)
    if was is None or _limit_by(was, counter) != limit_at:
        return 0
    return given(counter, was, new)


def _limit_by(calendar: WorkCalendar, counter: Counter) -> datetime | None:
    since = counter.spans[-1].since
    left = counter.limit_minutes * MINUTE - worked_by(calendar, counter, until=since)
    try:
        return add_working_time(calendar, since, left)
    except NoWorkingTime:
        return None
