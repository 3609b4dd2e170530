"""What is about to be late, and what will be missed if work goes on at its present pace.

Clocks of one kind in one group are a queue, the earliest limit first. Its pace is how many runs of
that kind the group ended in an hour of working time of late; the n-th in the queue is expected to
end when n runs more have ended.
"""

from collections import Counter as Tally
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select

from core import clock
from core.db import db
from desk import access
from desk.business_time import NoWorkingTime, add_working_time, working_time_between
from desk.deadlines import policies
from desk.deadlines.kinds import KINDS
from desk.deadlines.policies import Policy
from desk.deadlines.soon import WORDS, stage_of
from models import Case, Counter, CounterEpisode, CounterPolicy, CounterState, Participant, Staff

AHEAD = timedelta(hours=24)
MOST = 300
ENOUGH = 5  # runs that ended, for a pace
ENOUGH_WORK = timedelta(hours=1)  # in which they ended; what ends on a day off tells no pace
LOOKED_AT = tuple(timedelta(hours=h) for h in (2, 8, 24, 24 * 7))
CLOSE = timedelta(minutes=15)


class Verdict(StrEnum):
    LATE = "late"
    MISSED = "missed"
    CLOSE = "close"
    FINE = "fine"
    UNKNOWN = "unknown"


class Queue(NamedTuple):
    kind: str
    group: int | None


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


@dataclass(frozen=True)
class Pace:
    """`ended` runs in `worked` working time."""

    ended: int
    worked: timedelta

    @property
    def is_enough(self) -> bool:
        return self.ended >= ENOUGH and self.worked >= ENOUGH_WORK

    def until(self, place: int, policy: Policy) -> datetime | None:
        """When the n-th ends; None without a pace."""
        if not self.ended or self.worked < ENOUGH_WORK:
            return None
        try:
            return add_working_time(policy.calendar, clock.now(), self.worked / self.ended * place)
        except NoWorkingTime:
            return None


def coming(who: Staff, *, ahead: timedelta = AHEAD, counter: int | None = None) -> list[Coming]:
    """What runs out within `ahead` or is late, on cases this person may see; at most MOST.

    Of one counter when it is asked for, else of all kinds that are measured: a silence that is
    broken any moment is no work that waits.
    """
    measured = [key for key, kind in KINDS.items() if kind.is_measured]
    wanted = CounterPolicy.kind.in_(measured) if counter is None else CounterPolicy.id == counter
    query = (
        access.visible_cases(who)
        .join(Counter, Counter.case_id == Case.id)
        .join(CounterPolicy, CounterPolicy.id == Counter.policy_id)
        .join(Participant, Participant.id == Case.requester_id)
        .where(
            wanted,
            Case.due_at <= clock.now() + ahead,
            Counter.state == CounterState.RUNNING,
            Counter.limit_at <= clock.now() + ahead,
            Case.is_open,
        )
        .order_by(Counter.limit_at, Counter.id)
        .limit(MOST)
        .add_columns(Counter.policy_version_id, Counter.limit_at, Counter.near_at, Participant.name)
    )
    found = db.session.execute(query)
    return _placed([(row[0], policies.version(row[1]), *row[2:]) for row in found])


def _placed(rows: Sequence[tuple[Case, Policy, datetime, datetime | None, str]]) -> list[Coming]:
    waiting: Tally[Queue] = Tally()
    paces = _paces({Queue(policy.kind, case.group_id): policy for case, policy, *_ in rows})
    told = []
    for case, policy, limit_at, near_at, name in rows:
        queue = Queue(policy.kind, case.group_id)
        waiting[queue] += 1
        place = waiting[queue]
        expected = paces[queue].until(place, policy)
        told.append(Coming(case, name, policy, limit_at, near_at, queue, place, expected))
    return told


def _paces(queues: Mapping[Queue, Policy]) -> dict[Queue, Pace]:
    """By the shortest look back in which enough has ended, in enough working time."""
    found = {queue: Pace(0, timedelta()) for queue in queues}
    for back in LOOKED_AT:
        since = clock.now() - back
        ended = _ended(since) if not all(pace.is_enough for pace in found.values()) else {}
        for queue, pace in found.items():
            if not pace.is_enough and queue in ended:
                worked = working_time_between(queues[queue].calendar, since, clock.now())
                found[queue] = Pace(ended[queue], worked)
    return found


def _ended(since: datetime) -> dict[Queue, int]:
    query = (
        select(CounterPolicy.kind, CounterEpisode.group_id, func.count())
        .join(CounterPolicy, CounterPolicy.id == CounterEpisode.policy_id)
        .where(CounterEpisode.ended_at >= since)
        .group_by(CounterPolicy.kind, CounterEpisode.group_id)
    )
    return {Queue(kind, group): count for kind, group, count in db.session.execute(query)}
