"""What is about to be late, and what will be missed if work goes on at its present pace.

Clocks of one kind in one group are a queue, the earliest limit first; the n-th is expected to end
when n runs more have ended at the pace of desk.deadlines.pace.
"""

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select

from core import clock
from core.db import db
from desk import access
from desk.business_time import working_time_between
from desk.deadlines import policies
from desk.deadlines.kinds import KINDS
from desk.deadlines.pace import Pace, Queue, paces
from desk.deadlines.policies import Policy
from desk.deadlines.soon import WORDS, stage_of
from models import Case, Counter, CounterPolicy, CounterState, Participant, Staff

AHEAD = timedelta(hours=24)
MOST = 300
CLOSE = timedelta(minutes=15)
# A clock that stands has a limit only when it had passed it: that stays so.
_STANDS_LATE = and_(Counter.state == CounterState.PAUSED, Counter.limit_at.is_not(None))


class Verdict(StrEnum):
    LATE = "late"
    MISSED = "missed"
    CLOSE = "close"
    FINE = "fine"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class Row:
    """One clock as it was read."""

    case: Case
    policy: Policy
    limit_at: datetime
    near_at: datetime | None
    name: str
    place: int

    @property
    def queue(self) -> Queue:
        return Queue(self.policy.kind, self.case.group_id)


@dataclass(frozen=True)
class Coming:
    """One clock that runs out soon. `place` = in its queue, from 1; `expected` = its end."""

    case: Case
    requester: str
    policy: Policy
    limit_at: datetime
    near_at: datetime | None
    queue: Queue
    place: int
    expected: datetime | None

    @property
    def verdict(self) -> Verdict:
        if self.limit_at <= clock.now():
            return Verdict.LATE
        if self.expected is None:
            return Verdict.UNKNOWN
        if self.expected > self.limit_at:
            return Verdict.MISSED
        return Verdict.CLOSE if self.limit_at - self.expected < CLOSE else Verdict.FINE

    @property
    def state(self) -> str:
        """The word for its badge, as everywhere: late, soon or ok, whatever is to be expected."""
        return WORDS[stage_of(self.limit_at, self.near_at)]

    @property
    def left(self) -> timedelta:
        """Working time up to its limit; negative past it."""
        now, limit = clock.now(), self.limit_at
        sign = 1 if now <= limit else -1
        return sign * working_time_between(self.policy.calendar, min(now, limit), max(now, limit))

    @property
    def late_by(self) -> timedelta:
        """How much later than its limit it is expected to end, in working time."""
        until = max(self.expected or clock.now(), self.limit_at)
        return working_time_between(self.policy.calendar, self.limit_at, until)


def coming(who: Staff, *, ahead: timedelta = AHEAD, counter: int | None = None) -> list[Coming]:
    """What runs out within `ahead` or is late, on cases this person may see; at most MOST.

    Of one counter when it is asked for, else of all kinds that are measured: a silence that is
    broken any moment is no work that waits.
    """
    queue = _queues(clock.now() + ahead, counter)
    query = (
        access.visible_cases(who)
        .join(Counter, Counter.case_id == Case.id)
        .join(queue, queue.c.id == Counter.id)
        .join(Participant, Participant.id == Case.requester_id)
        .order_by(Counter.limit_at, Counter.id)
        .limit(MOST)
        .add_columns(
            Counter.policy_version_id,
            Counter.limit_at,
            Counter.near_at,
            Participant.name,
            queue.c.place,
        )
    )
    if counter is not None:
        query = query.where(Counter.policy_id == counter)
    rows = [Row(row[0], policies.version(row[1]), *row[2:]) for row in db.session.execute(query)]
    found = paces({row.queue: row.policy.calendar for row in rows})
    return [_coming(row, found[row.queue]) for row in rows]


def _queues(until: datetime, counter: int | None) -> Subquery:
    """Every clock that runs out by then or is late, with its place among all of its kind in its
    group: whoever looks and at what, the place is the same."""
    measured = [key for key, kind in KINDS.items() if kind.is_measured]
    wanted: ColumnElement[bool] = CounterPolicy.kind.in_(measured)
    if counter is not None:
        its_kind = select(CounterPolicy.kind).where(CounterPolicy.id == counter).scalar_subquery()
        wanted = CounterPolicy.kind == its_kind
    place = func.row_number().over(
        partition_by=(CounterPolicy.kind, Case.group_id), order_by=(Counter.limit_at, Counter.id)
    )
    return (
        select(Counter.id, place.label("place"))
        .join(Case, Case.id == Counter.case_id)
        .join(CounterPolicy, CounterPolicy.id == Counter.policy_id)
        .where(
            wanted,
            or_(Case.due_at <= until, _STANDS_LATE),
            Counter.state != CounterState.STOPPED,
            Counter.limit_at <= until,
            Case.is_open,
        )
        .subquery()
    )


def late_of(who: Staff, counters: Sequence[int]) -> Tally[int]:
    """On how many cases that this person may see each of these counters is late."""
    query = (
        access.visible_cases(who)
        .join(Counter, Counter.case_id == Case.id)
        .where(
            Counter.policy_id.in_(counters),
            Counter.state != CounterState.STOPPED,
            Counter.limit_at <= clock.now(),
            Case.is_open,
        )
        .with_only_columns(Counter.policy_id, func.count())
        .group_by(Counter.policy_id)
        .order_by(None)
    )
    return Tally({row[0]: row[1] for row in db.session.execute(query)})


def _coming(row: Row, pace: Pace) -> Coming:
    expected = pace.until(row.place, row.policy.calendar)
    case, policy = row.case, row.policy
    return Coming(case, row.name, policy, row.limit_at, row.near_at, row.queue, row.place, expected)
