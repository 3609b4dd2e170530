"""What waits for a free slot, in its order.

Works of one group that ask for the same stand in one row. An agent fits a whole row or nothing of
it, so only the heads of rows are looked at, however many wait behind them.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import merge
from operator import attrgetter

from desk.dispatcher.agent import Agent
from desk.dispatcher.choice import is_fit
from desk.dispatcher.work import Work

Row = list[Work]
Since = tuple[datetime, int]
by_order = attrgetter("order")


class Queue:
    """Changes where it is told to."""

    def __init__(self, works: Iterable[Work] = ()) -> None:
        self._works: dict[int, Work] = {}
        self._groups: defaultdict[int, dict[tuple[object, ...], Row]] = defaultdict(dict)
        self._since: defaultdict[int, list[Since]] = defaultdict(list)
        for work in works:
            self.put(work)

    def __len__(self) -> int:
        return len(self._works)

    def __contains__(self, case_id: int) -> bool:
        return case_id in self._works

    def __getitem__(self, case_id: int) -> Work:
        return self._works[case_id]

    @property
    def groups(self) -> list[int]:
        """Those in which something waits."""
        return [group for group, rows in self._groups.items() if rows]

    def put(self, work: Work) -> None:
        """Add one, or say what has changed: priority, due time, group, what it needs."""
        if work.case_id in self._works:
            self.take(work.case_id)
        self._works[work.case_id] = work
        insort(self._groups[work.group].setdefault(work.demand, []), work, key=by_order)
        insort(self._since[work.group], (work.since, work.case_id))

    def take(self, case_id: int) -> Work:
        """Out of the queue. KeyError when it does not wait."""
        work = self._works.pop(case_id)
        rows = self._groups[work.group]
        row = rows[work.demand]
        del row[bisect_left(row, work.order, key=by_order)]
        if not row:
            del rows[work.demand]
        since = self._since[work.group]
        del since[bisect_left(since, (work.since, case_id))]
        return work

    def waiting(self, group: int) -> list[Work]:
        """All that waits there, in order."""
        return list(merge(*self._rows(group), key=by_order))

    def heads(self, groups: Iterable[int]) -> Iterator[Work]:
        """The first of each row, in no order."""
        return (row[0] for group in groups for row in self._rows(group))

    def next_like(self, work: Work) -> Work | None:
        """The first of those that ask for the same."""
        row = self._groups[work.group].get(work.demand)
        return row[0] if row else None

    def first_for(self, agent: Agent, at: datetime) -> Work | None:
        """The first that the agent could take now."""
        heads = sorted(self.heads(agent.groups), key=by_order)
        return next((work for work in heads if is_fit(agent, work, at)), None)

    def place(self, case_id: int) -> int:
        """How many of its group come before it, and itself. KeyError when it does not wait."""
        work = self._works[case_id]
        rows = self._rows(work.group)
        return 1 + sum(bisect_left(row, work.order, key=by_order) for row in rows)

    def waiting_since(self, group: int, at: datetime) -> list[Work]:
        """What began to wait in this group at that instant or before it, the longest first."""
        since = self._since.get(group, [])
        end = bisect_left(since, (at, LAST))
        return [self._works[case_id] for _at, case_id in since[:end]]

    def _rows(self, group: int) -> Iterable[Row]:
        return self._groups[group].values() if group in self._groups else ()


LAST = 1 << 63  # behind the number of every case
