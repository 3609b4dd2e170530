"""What counted of a clock, each stretch by its calendar."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from desk.business_time import WorkCalendar, add_working_time, working_time_between
from models import Counter, CounterSpan

MINUTE = timedelta(minutes=1)

Hours = Callable[[int | None], WorkCalendar]
"""By which a stretch counts, by the id of its own calendar or None: see Policy.hours."""


class Plain(NamedTuple):
    """A span as pages read it."""

    since: datetime
    until: datetime | None
    counts: bool
    reason: str
    calendar_id: int | None = None


@dataclass
class Played:
    """A span of a clock that is played."""

    since: datetime
    until: datetime | None
    counts: bool
    reason: str
    calendar_id: int | None = None


Span = CounterSpan | Plain | Played


def worked_by(hours: Hours, counter: Counter, *, until: datetime) -> timedelta:
    """Working time of the episode under way, up to an instant."""
    mine = (span for span in counter.spans if span.episode == counter.episode)
    return total(hours, mine, until=until)


def total(hours: Hours, spans: Iterable[Span], *, until: datetime) -> timedelta:
    """Working time of the spans that count, up to an instant."""
    worked = timedelta()
    for span in spans:
        if span.counts and span.since < until:
            end = min(span.until or until, until)
            worked += working_time_between(hours(span.calendar_id), span.since, end)
    return worked


class Marks:
    """Where stretches that count begin, and what was worked by then: when an amount is reached.

    The last stretch is taken to go on for ever.
    """

    def __init__(self, hours: Hours, spans: Iterable[Span]) -> None:
        self._marks: list[tuple[datetime, timedelta, WorkCalendar]] = []
        worked = timedelta()
        for span in spans:
            if span.counts:
                calendar = hours(span.calendar_id)
                self._marks.append((span.since, worked, calendar))
                if span.until is not None:
                    worked += working_time_between(calendar, span.since, span.until)

    def reached(self, amount: timedelta) -> datetime:
        """When so much was worked, or will be. NoWorkingTime when never."""
        later = (mark for mark in reversed(self._marks) if mark[1] < amount)
        since, before, calendar = next(later, self._marks[0])
        return add_working_time(calendar, since, amount - before)


def given(counter: Counter, was: Hours, new: Hours, *, until: datetime) -> int:
    """Whole minutes that count by the new hours and did not by the others, or fewer than none."""
    before, now = (worked_by(each, counter, until=until) for each in (was, new))
    return now // MINUTE - before // MINUTE
