"""Giving what waits to who is free, and writing down why.

Each round is a unit of its own that takes the lock first. Conditions are looked at again here: a
case that somebody else holds at this instant is left out, and whoever holds it asks anew.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, update

from core import bus, clock
from core.db import db, put_if_absent, table
from core.failpoints import failpoint
from desk import dispatcher, history
from desk.catalog import catalog
from desk.dispatcher import Agent, Channel, Decision, Queue, Roster, Work
from desk.dispatcher.handing_out import Modes
from desk.history import Cause, because
from desk.routing import lock, roster, works
from models import Case, Duty, Presence, Routing, Waiting

AT_A_TIME = 50  # of one unit, so that others wait for it briefly
_DUTY = table(Duty)


class Round(NamedTuple):
    """`given` to somebody; `held` = cases that could not be looked at again."""

    given: int
    held: frozenset[int]


def hand_out(groups: Collection[int] | None = None, fresh: Collection[int] = ()) -> int:
    """Everything that can be given now in these groups, or in all; how many were given. Of those
    that have just come (`fresh`) and are not given it is written down why."""
    given, held = 0, frozenset[int]()
    while True:
        with bus.unit_of_work(writes=False):
            groups = set(catalog().groups) if groups is None else groups
            if not _anything_waits(groups):
                return given
        with bus.unit_of_work():
            lock.take()
            done = _round(groups, held)
            if not _goes_on(done):
                _note_waiting(fresh)
        given, held = given + done.given, held | done.held
        if not _goes_on(done):
            return given


def _goes_on(done: Round) -> bool:
    return done.given == AT_A_TIME or bool(done.held)


def _anything_waits(groups: Collection[int]) -> bool:
    query = select(Waiting.case_id).where(Waiting.group_id.in_(groups)).limit(1)
    return db.session.scalar(query) is not None


def _round(groups: Collection[int], without: frozenset[int]) -> Round:
    at = clock.now()
    people = roster.agents(roster.members_of(groups), at)
    free = sum(map(_free_slots, people))
    if not free:
        return Round(0, frozenset())
    queue = Queue(works.waiting_in(groups, deep=min(free, AT_A_TIME), without=without))
    waited = {work.case_id: work.since for group in queue.groups for work in queue.waiting(group)}
    decisions = dispatcher.hand_out(queue, Roster(people), at, modes())[:AT_A_TIME]
    cases = _held({each.case_id for each in decisions})
    given = 0
    for decision in decisions:
        case = cases.get(decision.case_id)
        if case is not None and works.want(case) and case.group_id == decision.group:
            give(case, decision, waited[case.id])
            given += 1
    failpoint("routing.given")
    return Round(given, frozenset(each.case_id for each in decisions) - frozenset(cases))


def _note_waiting(fresh: Collection[int]) -> None:
    still = db.session.scalars(select(Waiting.case_id).where(Waiting.case_id.in_(fresh))).all()
    for work in works.works_of(still):
        written(decided(work), work.since)


def decided(work: Work, at: datetime | None = None) -> Decision:
    """What the dispatcher says of a work now, or with the shifts and absences of another instant;
    nothing is given."""
    at = at or clock.now()
    people = roster.agents(roster.members_of([work.group]), at)
    return dispatcher.choose(work, people, modes().get(work.group, dispatcher.DEFAULT), at)


def modes() -> Modes:
    """{group: mode}, of those that have one."""
    known = catalog().groups.values()
    found = {group.id: dispatcher.MODES.get(group.mode) for group in known}
    return {group: mode for group, mode in found.items() if mode is not None}


def _free_slots(agent: Agent) -> int:
    if agent.presence != Presence.AVAILABLE or not agent.is_active:
        return 0
    return sum(max(agent.limit(each).slots - agent.used(each), 0) for each in Channel)


def _held(case_ids: Iterable[int]) -> dict[int, Case]:
    """As they are now, and stay until the end of the unit; those that somebody else holds left
    out."""
    query = (
        select(Case)
        .where(Case.id.in_(case_ids))
        .with_for_update(skip_locked=True, of=Case)
        .execution_options(populate_existing=True)
    )
    return {case.id: case for case in db.session.scalars(query).unique()}


def give(case: Case, decision: Decision, since: datetime | None) -> Routing:
    """To whom the decision says, out of the queue."""
    row = written(decision, since)
    with because(Cause(dispatcher=True)):
        data = {"routing": row.id, "decision": dispatcher.packed_short(decision)}
        history.change(case, data=data, assignee=decision.chosen)
    waiting = db.session.get(Waiting, case.id)
    if waiting is not None:
        db.session.delete(waiting)
    _note_given(decision.chosen or 0, row)
    return row


def written(decision: Decision, since: datetime | None) -> Routing:
    """Kept for ever: on the ticket, on the board, for the pace of the queue."""
    row = Routing(
        case_id=decision.case_id,
        group_id=decision.group,
        at=decision.at,
        chosen_id=decision.chosen,
        since=since,
        packed=dispatcher.packed(decision),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _note_given(person: int, row: Routing) -> None:
    put_if_absent(Duty, staff_id=person, last_given=0, given=0)
    duty, day = db.session.get_one(Duty, person, populate_existing=True), roster.today(row.at)
    duty.given = duty.given + 1 if duty.given_on == day else 1
    duty.given_on, duty.last_given = day, row.id


def note_freed(people: Sequence[int], at: datetime) -> None:
    """A slot of these people was freed."""
    for person in people:
        put_if_absent(Duty, staff_id=person, last_given=0, given=0)
    db.session.execute(update(_DUTY).where(_DUTY.c.staff_id.in_(people)).values(freed_at=at))
