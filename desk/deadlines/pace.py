"""How fast a group ends what it has: runs of its clocks in an hour of work.

Only time in which something of the queue waited is counted: a group that ends at once the little
that comes is not slow.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from core import clock
from core.db import db
from desk.business_time import NoWorkingTime, WorkCalendar, add_working_time, working_time_between
from desk.deadlines import policies
from models import Case, Counter, CounterEpisode, CounterPolicy, CounterState

ENOUGH = 5  # runs that ended, to look back no further
FEW = 3  # with less there is no pace
LOOKED_AT = tuple(timedelta(hours=h) for h in (2, 8, 24, 24 * 7))

Stretch = tuple[datetime, datetime]


class Queue(NamedTuple):
    kind: str
    group: int | None


@dataclass(frozen=True)
class Pace:
    """`ended` runs in `busy` working time."""

    ended: int = 0
    busy: timedelta = timedelta()

    def until(self, place: int, calendar: WorkCalendar) -> datetime | None:
        """When the n-th ends, as things go; None without a pace."""
        if self.ended < FEW:
            return None
        try:
            return add_working_time(calendar, clock.now(), self.busy / self.ended * place)
        except NoWorkingTime:
            return None


def paces(queues: Mapping[Queue, WorkCalendar]) -> dict[Queue, Pace]:
    """By the shortest look back in which enough has ended, else by the longest. The same for
    whoever asks."""
    found = {queue: Pace() for queue in queues}
    waiting = _waiting_since() if queues else {}
    for back in LOOKED_AT:
        wanted = [queue for queue, pace in found.items() if pace.ended < ENOUGH]
        since = clock.now() - back
        ended = _ended(since) if wanted else {}
        for queue in wanted:
            open_since = waiting.get(queue, clock.now())
            found[queue] = _pace(queues[queue], ended.get(queue, []), open_since, since)
    return found


def _pace(
    calendar: WorkCalendar, ended: list[Stretch], open_since: datetime, since: datetime
) -> Pace:
    """What ended when nobody was to work tells no pace: it took no time."""
    worked = [each for each in ended if working_time_between(calendar, *each)]
    stretches = [*worked, (open_since, clock.now())]
    inside = [(max(begin, since), end) for begin, end in stretches]
    busy = sum((working_time_between(calendar, *each) for each in _joined(inside)), timedelta())
    return Pace(len(worked), busy)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time without overlaps."""
    found: list[Stretch] = []
    for begin, end in sorted(stretches):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def _waiting_since() -> dict[Queue, datetime]:
    """When the oldest of the runs under way began."""
    query = (
        select(CounterPolicy.kind, Case.group_id, func.min(Counter.started_at))
        .join(Counter, Counter.policy_id == CounterPolicy.id)
        .join(Case, Case.id == Counter.case_id)
        .where(
            Counter.policy_id.in_(list(policies.in_force())),
            Counter.state == CounterState.RUNNING,
        )
        .group_by(CounterPolicy.kind, Case.group_id)
    )
    return {Queue(kind, group): began for kind, group, began in db.session.execute(query)}


def _ended(since: datetime) -> dict[Queue, list[Stretch]]:
    query = (
        select(
            CounterPolicy.kind,
            CounterEpisode.group_id,
            CounterEpisode.started_at,
            CounterEpisode.ended_at,
        )
        .join(CounterPolicy, CounterPolicy.id == CounterEpisode.policy_id)
        .where(CounterEpisode.ended_at >= since)
    )
    found = defaultdict(list)
    for kind, group, began, ended in db.session.execute(query):
        found[Queue(kind, group)].append((began, ended))
    return found
