"""An eye on a simulated day: free slots beside fitting works, agents above a limit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from desk.dispatcher import Agent, Channel, Queue, Roster, is_fit
from models import Presence

HERE = Presence.AVAILABLE


@dataclass
class Watch:
    """Looks after each event for a free slot beside a waiting work that fits it; seconds."""

    longest: float = 0
    seen: int = 0
    above_limit: int = 0
    most_waiting: int = 0
    began: dict[int, datetime] = field(default_factory=dict)

    def look(self, queue: Queue, roster: Roster, groups: Iterable[int], at: datetime) -> None:
        self.most_waiting = max(self.most_waiting, len(queue))
        for group in groups:
            members = list(roster.members(group))
            self.above_limit += sum(
                agent.used(channel) > limit.slots
                for agent in members
                for channel, limit in agent.limits.items()
            )
            self._note(group, self._coexist(queue, members, group, at), at)

    def look_at_all(self, queue: Queue, roster: Roster, at: datetime) -> None:
        """The same without trust in the rows of the queue: each work beside each agent."""
        for group in queue.groups:
            works, members = queue.waiting(group), list(roster.members(group))
            found = any(is_fit(agent, work, at) for work in works for agent in members)
            self._note(group, found, at)

    def ends(self, at: datetime) -> None:
        for group in list(self.began):
            self._note(group, False, at)

    def _coexist(self, queue: Queue, members: list[Agent], group: int, at: datetime) -> bool:
        free = {channel: _with_room(members, channel) for channel in Channel}
        heads = queue.heads([group])
        return any(is_fit(agent, work, at) for work in heads for agent in free[work.channel])

    def _note(self, group: int, found: bool, at: datetime) -> None:
        if found:
            self.seen += 1
            self.began.setdefault(group, at)
        elif group in self.began:
            self.longest = max(self.longest, (at - self.began.pop(group)).total_seconds())


def _with_room(members: list[Agent], channel: str) -> list[Agent]:
    """Those at their desk below their limit: the rest would not be fit."""
    return [
        agent
        for agent in members
        if agent.presence == HERE and agent.used(channel) < agent.limit(channel).slots
    ]
