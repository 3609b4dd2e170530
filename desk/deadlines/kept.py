"""How well a counter's promise is kept: shares, medians, misses and their causes over some days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from core import clock
from core.db import db
from core.i18n import zone
from desk import access
from models import (
    Case,
    Counter,
    CounterEpisode,
    CounterPolicy,
    CounterState,
    Outcome,
    Staff,
)

PERIODS = (7, 30, 90)
SHOWN_MISSES = 50


@dataclass(frozen=True)
class Kept:
    """Runs that ended in the period, and those that run on past their limit now: `late`.

    `median` and `worst` = working time that those took which ended.
    """

    met: int
    missed: int
    late: int
    median: timedelta
    worst: timedelta
    causes: tuple[tuple[str, int], ...]
    days: tuple["Day", ...]

    @property
    def ended(self) -> int:
        return self.met + self.missed

    @property
    def all(self) -> int:
        return self.ended + self.late

    @property
    def busiest(self) -> int:
        """Runs of the day that had most, at least 1."""
        return max((day.met + day.missed for day in self.days), default=1) or 1

    @property
    def share(self) -> float | None:
        """Met, in per cent."""
        return 100 * self.met / self.all if self.all else None


class Day(NamedTuple):
    at: date
    met: int
    missed: int


class Miss(NamedTuple):
    """A run that ended too late."""

    case_id: int
    subject: str
    ended_at: datetime
    limit: timedelta
    worked: timedelta
    cause: str
    assignee_id: int | None


def kept(of: CounterPolicy, days: int) -> Kept:
    where = _of(of, days)
    tally = select(CounterEpisode.outcome, func.count()).where(*where)
    counts = {row[0]: row[1] for row in db.session.execute(tally.group_by(CounterEpisode.outcome))}
    met, missed = counts.get(Outcome.MET, 0), counts.get(Outcome.MISSED, 0)
    worst = db.session.scalar(select(func.max(CounterEpisode.worked_seconds)).where(*where)) or 0
    return Kept(
        met,
        missed,
        _late_now(of),
        _median(where, met + missed),
        timedelta(seconds=worst),
        _causes(where),
        tuple(_days(where, days)),
    )


def _late_now(of: CounterPolicy) -> int:
    """In time is no more what nobody has ended yet: it counts as missed."""
    late = Counter.limit_at < clock.now()
    query = select(func.count()).where(
        Counter.policy_id == of.id, Counter.state != CounterState.STOPPED, late
    )
    return db.session.scalar(query) or 0


def misses(of: CounterPolicy, days: int, who: Staff) -> list[Miss]:
    """The newest, of cases that this person may see."""
    query = (
        access.visible_cases(who)
        .join(CounterEpisode, CounterEpisode.case_id == Case.id)
        .where(*_of(of, days), CounterEpisode.outcome == Outcome.MISSED)
        .order_by(CounterEpisode.ended_at.desc(), CounterEpisode.id.desc())
        .limit(SHOWN_MISSES)
        .with_only_columns(
            Case.id,
            Case.subject,
            CounterEpisode.ended_at,
            CounterEpisode.limit_minutes,
            CounterEpisode.worked_seconds,
            CounterEpisode.cause,
            CounterEpisode.assignee_id,
        )
    )
    return [
        Miss(*row[:3], timedelta(minutes=row[3]), timedelta(seconds=row[4]), *row[5:])
        for row in db.session.execute(query)
    ]


def _of(of: CounterPolicy, days: int) -> tuple[ColumnElement[bool], ...]:
    since = clock.now() - timedelta(days=days)
    return CounterEpisode.policy_id == of.id, CounterEpisode.ended_at >= since


def _median(where: tuple[ColumnElement[bool], ...], count: int) -> timedelta:
    """The middle one, or the mean of the two in the middle; zero of none."""
    if not count:
        return timedelta()
    middle = (
        select(CounterEpisode.worked_seconds)
        .where(*where)
        .order_by(CounterEpisode.worked_seconds)
        .offset((count - 1) // 2)
        .limit(2 - count % 2)
    )
    values = db.session.scalars(middle).all()
    return timedelta(seconds=sum(values) / len(values))


def _causes(where: tuple[ColumnElement[bool], ...]) -> tuple[tuple[str, int], ...]:
    query = (
        select(CounterEpisode.cause, func.count())
        .where(*where, CounterEpisode.outcome == Outcome.MISSED)
        .group_by(CounterEpisode.cause)
        .order_by(func.count().desc(), CounterEpisode.cause)
    )
    return tuple((row[0], row[1]) for row in db.session.execute(query))


def _days(where: tuple[ColumnElement[bool], ...], days: int) -> Iterator[Day]:
    """Each day of the period in the reader's zone, those without a run too."""
    query = select(CounterEpisode.ended_at, CounterEpisode.outcome).where(*where)
    here, tally = ZoneInfo(zone()), dict[tuple[date, str], int]()
    for at, outcome in db.session.execute(query):
        key = at.astimezone(here).date(), outcome
        tally[key] = tally.get(key, 0) + 1
    today = clock.now().astimezone(here).date()
    for back in range(days - 1, -1, -1):
        day = today - timedelta(days=back)
        yield Day(day, tally.get((day, Outcome.MET), 0), tally.get((day, Outcome.MISSED), 0))
