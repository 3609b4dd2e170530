"""A simulated day of the dispatcher: who takes what arrives, and for how long. No database."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from benchmarks.routing_watch import Watch
from desk.dispatcher import (
    Agent,
    Decision,
    Overflow,
    Queue,
    Roster,
    Work,
    admit,
    hand_out,
    hand_to,
    overflow,
)
from desk.dispatcher.mode import Mode
from models import Presence

START = datetime(2026, 11, 23, tzinfo=UTC)
DAY = 86_400  # seconds
GROUPS = 12

Event = Callable[[datetime], Iterable[int]]  # gives the groups in which something changed


class Day:
    """Events in the order of time; each work is held for the time that its arrival says."""

    def __init__(self, agents: Iterable[Agent], mode: Mode, watch: Watch | None = None) -> None:
        self.roster, self.queue = Roster(agents), Queue()
        self.modes = dict.fromkeys(range(GROUPS), mode)
        self.watch = watch
        self.given: Counter[int] = Counter()
        self.held: dict[int, tuple[Work, float]] = {}
        self.events: list[tuple[float, int, Event]] = []
        self.decisions = 0
        self.count = 0

    def later(self, seconds: float, event: Event) -> None:
        self.count += 1
        heappush(self.events, (seconds, self.count, event))

    def arrives(self, work: Work, seconds: float) -> None:
        """`seconds` = for how long whoever gets it will hold it."""
        self.held[work.case_id] = work, seconds

        def event(at: datetime) -> Iterable[int]:
            decision = admit(work, self.queue, self.roster, at, self.modes)
            self.decisions += 1
            if decision.chosen is not None:
                self.taken(decision, at)
            return (work.group,)

        self.later((work.arrived_at - START).total_seconds(), event)

    def taken(self, decision: Decision, at: datetime) -> None:
        work, seconds = self.held.pop(decision.case_id)
        agent_id = decision.chosen
        assert agent_id is not None
        self.given[agent_id] += 1

        def event(at: datetime) -> Iterable[int]:
            self.roster.free(agent_id, work.channel, work.slots, at)
            return self.has_more(agent_id, at)

        self.later((at - START).total_seconds() + seconds, event)

    def has_more(self, agent_id: int, at: datetime) -> Iterable[int]:
        """A slot more, or back at the desk."""
        for decision in hand_to(agent_id, self.queue, self.roster, at, self.modes):
            self.decisions += 1
            self.taken(decision, at)
        return self.roster[agent_id].groups

    def present(self, seconds: float, agent_id: int, presence: Presence) -> None:
        def event(at: datetime) -> Iterable[int]:
            self.roster.put(replace(self.roster[agent_id], presence=presence))
            return self.has_more(agent_id, at)

        self.later(seconds, event)

    def overflows(self, rules: dict[int, Overflow], every: int) -> None:
        def event(at: datetime) -> Iterable[int]:
            moved = {one.to_group for one in overflow(self.queue, rules, at)}
            for decision in hand_out(self.queue, self.roster, at, self.modes, moved):
                self.decisions += 1
                self.taken(decision, at)
            return range(GROUPS)

        for seconds in range(every, DAY, every):
            self.later(seconds, event)

    def play(self, look_at_all_every: int = 2_000) -> None:
        played, at = 0, START
        while self.events:
            seconds, _number, event = heappop(self.events)
            at = START + timedelta(seconds=seconds)
            groups, played = event(at), played + 1
            if self.watch:
                self.watch.look(self.queue, self.roster, groups, at)
                if played % look_at_all_every == 0:
                    self.watch.look_at_all(self.queue, self.roster, at)
        if self.watch:
            self.watch.look_at_all(self.queue, self.roster, at)
            self.watch.ends(at)
