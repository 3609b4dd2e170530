"""What counted of a clock by a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from desk.business_time import WorkCalendar, add_working_time, working_time_between
from models import Counter, CounterSpan

MINUTE = timedelta(minutes=1)


class Plain(NamedTuple):
    """A span as pages read it."""

    since: datetime
    until: datetime | None
    counts: bool
    reason: str


@dataclass
class Played:
    """A span of a clock that is played."""

    since: datetime
    until: datetime | None
    counts: bool
    reason: str


Span = CounterSpan | Plain | Played


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


class Marks:
    """Where stretches that count begin, and what was worked by then: when an amount is reached.

    The last stretch is taken to go on for ever.
    """

    def __init__(self, calendar: WorkCalendar, spans: Iterable[Span]) -> None:
        self._calendar = calendar
        self._marks: list[tuple[datetime, timedelta]] = []
        worked, last = timedelta(), None
        for span in spans:
            if span.counts:
                if last is not None and last.until is not None:
                    worked += working_time_between(calendar, last.since, last.until)
                self._marks.append((span.since, worked))
                last = span

    def reached(self, amount: timedelta) -> datetime:
        """When so much was worked, or will be. NoWorkingTime when never."""
        later = (mark for mark in reversed(self._marks) if mark[1] < amount)
        since, before = next(later, self._marks[0])
        return add_working_time(self._calendar, since, amount - before)


def given(counter: Counter, was: WorkCalendar, new: WorkCalendar, *, until: datetime) -> int:
    """Whole minutes that count by the new calendar and did not by the other, or fewer than none."""
    before, now = (worked_by(each, counter, until=until) for each in (was, new))
    return now // MINUTE - before // MINUTE
