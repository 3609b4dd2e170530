"""Giving what waits to who is free. Queue and roster are changed as it goes.

Afterwards no free slot stands beside a waiting work that fits it, as long as one of these runs on
each event: `admit` when a work arrives, `hand_to` when somebody has a slot more or can do more,
`hand_out` when more than that changes.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from heapq import heapify, heappop, heappush

from desk.dispatcher.choice import choose
from desk.dispatcher.decision import Decision
from desk.dispatcher.mode import Mode
from desk.dispatcher.modes import DEFAULT
from desk.dispatcher.queue import Queue
from desk.dispatcher.roster import Roster
from desk.dispatcher.work import Work

Modes = Mapping[int, Mode]  # by group; the default for those that are not in it
NO_MODES: Modes = {}


def admit(
    work: Work, queue: Queue, roster: Roster, at: datetime, modes: Modes = NO_MODES
) -> Decision:
    """A work that arrives: given at once, or it waits and the decision says why."""
    decision = _decided(work, roster, at, modes)
    if decision.chosen is None:
        queue.put(work)
    else:
        roster.give(decision.chosen, work)
    return decision


def hand_to(
    agent_id: int, queue: Queue, roster: Roster, at: datetime, modes: Modes = NO_MODES
) -> list[Decision]:
    """What waits for this agent, as long as they can take more; in the order of the queue."""
    given: list[Decision] = []
    while work := queue.first_for(roster[agent_id], at):
        given.append(_decided(work, roster, at, modes))
        _give(work, given[-1], queue, roster)
    return given


def hand_out(
    queue: Queue,
    roster: Roster,
    at: datetime,
    modes: Modes = NO_MODES,
    groups: Iterable[int] | None = None,
) -> list[Decision]:
    """Who gets what, until nothing more can be given; in the order of the queue across `groups`,
    all of them for None. Whom nobody can take holds up nobody behind it."""
    heads = [(work.order, work) for work in queue.heads(queue.groups if groups is None else groups)]
    heapify(heads)
    given: list[Decision] = []
    while heads:
        _order, work = heappop(heads)
        decision = _decided(work, roster, at, modes)
        if decision.chosen is None:
            continue  # nor do those behind it in its row: agents only get fuller
        _give(work, decision, queue, roster)
        given.append(decision)
        if following := queue.next_like(work):
            heappush(heads, (following.order, following))
    return given


def _decided(work: Work, roster: Roster, at: datetime, modes: Modes) -> Decision:
    return choose(work, roster.members(work.group), modes.get(work.group, DEFAULT), at)


def _give(work: Work, decision: Decision, queue: Queue, roster: Roster) -> None:
    if decision.chosen is None:
        raise ValueError(f"case {work.case_id} was given to nobody")
    queue.take(work.case_id)
    roster.give(decision.chosen, work)
