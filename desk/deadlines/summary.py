"""Counters of a case as people see them."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from itertools import groupby, islice, takewhile
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, bindparam, select

from core import clock
from core.db import plain_rows, table
from core.i18n import again, locale
from desk import events
from desk.automation.told import Told
from desk.business_time import (
    NoWorkingTime,
    WorkCalendar,
    add_working_time,
    next_window,
    spans,
)
from desk.deadlines import book, policies
from desk.deadlines.calendar_edits import hours_at
from desk.deadlines.counted import Hours, Plain, Span, total
from desk.deadlines.soon import WORDS, stage_of
from models import Case, Counter, CounterFiring, CounterSpan, CounterState, EventRecord

SHOWN_WINDOWS = 60


@dataclass(frozen=True)
class CounterView:
    """`state` = ok | soon | late | paused | stopped; times aware UTC; `worked` = working time.

    `calendar` = by which it counts now, `hours` = by which its past was counted.
    """

    id: int
    policy_id: int
    name: str
    kind: str
    state: str
    started_at: datetime
    stopped_at: datetime | None
    limit_at: datetime | None
    near_at: datetime | None
    due_at: datetime | None
    limit: timedelta
    worked: timedelta
    calendar: WorkCalendar
    hours: Hours
    spans: Sequence[Span]
    firings: Sequence["Fired"]
    error: str
    now: datetime
    runs: int = 1  # how many there were, this one with them

    @staticmethod
    def effects_of(firing: "Fired") -> list[Told]:
        """What its step did, or why not, in words."""
        return policies.effects_told(firing.data) if firing.data is not None else []

    @staticmethod
    def why_late(firing: "Fired") -> str:
        """Why its step came late, in words; empty when nothing is known."""
        return events.why_late(firing.data or {})

    def earlier_limit(self, firing: "Fired") -> timedelta | None:
        """The limit that held when a step of this run came, if it is another now."""
        if firing.at < self.started_at:
            return None
        held = [line.limit for line in self.lines if line.since <= firing.at]
        return held[-1] if held and held[-1] != self.limit else None

    @property
    def is_going(self) -> bool:
        return self.state != "stopped"

    @property
    def left(self) -> timedelta:
        """Working time up to the limit; negative past it."""
        return self.limit - self.worked

    @cached_property
    def lines(self) -> list[book.Line]:
        return book.lines(self.spans, self.hours, self.stopped_at or self.now, self.limit)

    @cached_property
    def ended_by(self) -> str:
        return book.ended_by(self.spans)

    @property
    def late_by(self) -> timedelta:
        """Working time past the limit."""
        return max(-self.left, timedelta())

    @property
    def paused_for(self) -> timedelta:
        return sum((line.lasted for line in self.lines if line.paused), timedelta())

    @property
    def paused_since(self) -> datetime | None:
        """Since its first span: what changes meanwhile cuts a pause in two."""
        last = takewhile(lambda span: not span.counts, reversed(self.spans))
        return min(span.since for span in last) if self.state == "paused" else None

    @cached_property
    def waits_until(self) -> datetime | None:
        """When counting goes on, if it runs and now is no working time."""
        if self.state not in ("ok", "soon", "late"):
            return None
        try:
            opens = next_window(self.calendar, self.now)[0]
        except NoWorkingTime:
            return None
        return opens if opens > self.now else None

    @property
    def windows(self) -> list[tuple[datetime, datetime]]:
        """What counted since a limit that is past, and working time from now to a day after the
        limit: for a clock that goes on in the browser. Empty when that is too long ahead."""
        limit = self.limit_at
        if not self.is_going or limit is None:
            return []
        found = spans(self.calendar, self.now, max(self.now, limit) + timedelta(days=1))
        worked = ((each.start, each.end) for each in found if each.counts)
        near = [*self._counted_since(limit), *islice(worked, SHOWN_WINDOWS + 1)]
        return near if len(near) <= SHOWN_WINDOWS else []

    def _counted_since(self, at: datetime) -> list[tuple[datetime, datetime]]:
        past = self.lines if at < self.now else ()
        return [(max(one.since, at), one.until) for one in past if one.counts and one.until > at]

    @cached_property
    def end(self) -> datetime:
        """The right end of the time bar; of a paused counter, as if it went on now."""
        limit = self.limit_at
        if self.state == "paused" and self.left > timedelta():
            with suppress(NoWorkingTime):
                limit = add_working_time(self.calendar, self.now, self.left)
        return max(filter(None, (limit, self.stopped_at or self.now)))

    def place(self, at: datetime) -> float:
        """Where an instant stands on the time bar, in per cent."""
        return book.share(at, self.started_at, self.end)

    @property
    def bar(self) -> list[book.Piece]:
        return book.pieces(self.lines, self.started_at, self.end, self.limit_at)


class Fired(NamedTuple):
    """A step that came; `data` = what its event says it did."""

    step: int
    due_at: datetime
    at: datetime
    data: dict[str, Any] | None


def summary(case: Case) -> list[CounterView]:
    """All counters of a case, the most urgent first, in two statements however many they are."""
    fired = defaultdict(list)
    for row in plain_rows(_fired(), {"case": case.id}):
        fired[row[0]].append(Fired._make(row[1:]))
    clocks = groupby(plain_rows(_of_case(), {"case": case.id}), key=itemgetter(0))
    found = [_view(list(rows), fired[number]) for number, rows in clocks]
    return sorted(found, key=lambda view: not view.is_going)


@cache
def _of_case() -> Select[Any]:
    """A row for each span of the last run. Kept: every page of a ticket asks it."""
    under_way = and_(CounterSpan.counter_id == Counter.id, CounterSpan.episode == Counter.episode)
    span = [getattr(CounterSpan, name) for name in Plain._fields]
    return (
        select(*table(Counter).c, *span)
        .join(CounterSpan, under_way)
        .where(Counter.case_id == bindparam("case"))
        .order_by(Counter.limit_at.is_(None), Counter.limit_at, Counter.id, CounterSpan.id)
    )


@cache
def _fired() -> Select[Any]:
    """Of the last runs."""
    own = [getattr(CounterFiring, name) for name in Fired._fields[:-1]]
    its = and_(Counter.id == CounterFiring.counter_id, Counter.episode == CounterFiring.episode)
    return (
        select(CounterFiring.counter_id, *own, EventRecord.data)
        .join(Counter, its)
        .outerjoin(EventRecord, EventRecord.id == CounterFiring.event_id)
        .where(Counter.case_id == bindparam("case"))
        .order_by(CounterFiring.id)
    )


def _view(rows: Sequence[Row[Any]], fired: Sequence[Fired]) -> CounterView:
    counter, spans_read = rows[0], [Plain(*row[-len(Plain._fields) :]) for row in rows]
    policy = policies.version(counter.policy_version_id)
    now, ended_at = clock.now(), counter.stopped_at
    hours = hours_at(policy, ended_at) if ended_at else policy.hours
    return CounterView(
        id=counter.id,
        policy_id=counter.policy_id,
        name=policy.name(locale()),
        kind=policy.kind,
        state=state_of(counter.state, counter.limit_at, counter.near_at),
        started_at=counter.started_at,
        stopped_at=ended_at,
        limit_at=counter.limit_at,
        near_at=counter.near_at,
        due_at=counter.due_at,
        limit=timedelta(minutes=counter.limit_minutes),
        worked=total(hours, spans_read, until=ended_at or now),
        calendar=policy.calendar,
        hours=hours,
        spans=spans_read,
        firings=fired,
        error=again(counter.error) if counter.failures else "",
        now=now,
        runs=counter.episode,
    )


def state_of(state: str, limit_at: datetime | None, near_at: datetime | None) -> str:
    """The word for a badge; sla-clock.js goes on by the same rule."""
    if state == CounterState.PAUSED:
        return "paused"
    if state == CounterState.STOPPED or limit_at is None:
        return "stopped"
    return WORDS[stage_of(limit_at, near_at)]
