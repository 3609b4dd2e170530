"""What events mean for the queues: who comes into one, who leaves it, whose slot is free.

Looked at once at the end of a unit of work. The queue is written in that unit, so that nothing is
forgotten; it is handed out after the commit.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from core import bus, clock
from core.db import db
from desk import events, revision
from desk.catalog import catalog
from desk.routing import asking, brakes, handing, wanted, works
from models import Case, Waiting

REVISION = "routing"  # of whether a trigger has asked for something
OVERFLOWED = "overflowed"  # cases under way from group to group, which remember where they were


@bus.at_end(stage=30)
def follow(happened: Sequence[events.Event]) -> None:
    touched: dict[int, list[events.CaseEvent]] = {}
    for event in happened:
        if isinstance(event, events.CaseEvent) and event.case_id is not None:
            touched.setdefault(event.case_id, []).append(event)
    asked: set[int] = bus.unit().notes.pop(asking.ASKED, set())
    for number in asked:
        touched.setdefault(number, [])
    if touched and (asked or _is_used()):
        _follow(touched, asked)


def _is_used() -> bool:
    """Whether anything can wait at all: else no statement is spent on it."""
    return any(group.mode for group in catalog().groups.values()) or _anything_asked()


def _anything_asked() -> bool:
    """Whether a trigger has asked for something that waits still, as far as is known: kept in
    memory, so that a desk without a dispatcher is not asked it at each click."""
    return revision.kept(REVISION, _read_asked)


def _read_asked() -> bool:
    query = select(Waiting.case_id).where(Waiting.asked).limit(1)
    return db.session.scalar(query) is not None


def _follow(touched: Mapping[int, Sequence[events.CaseEvent]], asked: Collection[int]) -> None:
    rows = db.session.scalars(select(Waiting).where(Waiting.case_id.in_(touched)))
    waiting = {row.case_id: row for row in rows}
    for number, its in touched.items():
        case = db.session.get_one(Case, number)
        group = _queued(case, waiting.get(number), asked=number in asked)
        if group is not None:
            wanted.hand_out_later([group], fresh=() if number in waiting else (number,))
        freed = _freed(its)
        if freed:
            wanted.hand_out_later(freed)


def _queued(case: Case, row: Waiting | None, *, asked: bool) -> int | None:
    """Bring the queue up to this case; the group in which it waits now."""
    group = catalog().groups.get(case.group_id or 0)
    is_asked = asked or (row is not None and row.asked and row.group_id == case.group_id)
    if group is None or not works.want(case) or not (group.mode or is_asked):
        if row is not None:
            db.session.delete(row)
        return None
    now = clock.now()
    if row is None:
        if brakes.holds(case):
            return None
        row = Waiting(case_id=case.id, since=now, been=[], passed_over=[], group_id=group.id)
    elif row.group_id != group.id:
        moved = case.id in bus.unit().notes.get(OVERFLOWED, ())
        row.been = [*row.been, row.group_id] if moved else []
        row.group_id, row.since, row.passed_over = group.id, now, []
    row.passed_over = bus.unit().notes.get(asking.PASSED_OVER, {}).get(case.id, row.passed_over)
    row.asked, row.demand = is_asked, works.demand_key(case, row.passed_over)
    if is_asked and not _anything_asked():
        revision.bump(REVISION)
    db.session.add(row)
    return group.id


def _freed(its: Sequence[events.CaseEvent]) -> set[int]:
    """The groups of those who have a slot more now."""
    known = catalog()
    people = sorted({_whose_slot(event) for event in its} & set(known.staff))
    if people:
        handing.note_freed(people, clock.now())
    return {group for person in people for group in known.groups_of(person)}


def _whose_slot(event: events.CaseEvent) -> int:
    """0 where it can free nobody's."""
    if isinstance(event, events.AssigneeChanged):
        return event.changes["assignee"][0] or 0
    if isinstance(event, events.StatusChanged | events.TypeChanged):
        return db.session.get_one(Case, event.case_id).assignee_id or 0
    return 0
