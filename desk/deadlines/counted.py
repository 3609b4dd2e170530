"""What counted of a clock by a calendar."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from desk.business_time import WorkCalendar, working_time_between
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


def given(counter: Counter, was: WorkCalendar, new: WorkCalendar, *, until: datetime) -> int:
    """Whole minutes that count by the new calendar and did not by the other, or fewer than none."""
    before, now = (worked_by(each, counter, until=until) for each in (was, new))
    return now // MINUTE - before // MINUTE
