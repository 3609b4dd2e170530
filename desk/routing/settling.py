"""Queues brought up to what administrators changed: a group that begins to hand out takes its open
work into the queue, one that hands out no more lets go of it."""

from sqlalchemy import ColumnElement, and_, select

from core import bus, clock
from core.db import db
from desk.routing import handing, lock, works
from models import Case, Waiting

AT_A_TIME = 200


def settle() -> int:
    """How many came into a queue or left it."""
    with bus.unit_of_work(writes=False):
        if not _missing(1) and not _left_over(1):
            return 0
    with bus.unit_of_work():
        lock.take()
        gone = _left_over(AT_A_TIME)
        for row in gone:
            db.session.delete(row)
        missing = _missing(AT_A_TIME)
        for case in missing:
            _put(case)
    return len(gone) + len(missing)


def _put(case: Case) -> None:
    row = Waiting(case_id=case.id, group_id=case.group_id, since=clock.now(), asked=False)
    row.been, row.passed_over = [], []
    row.demand = works.demand_key(case, [])
    db.session.add(row)


def _missing(most: int) -> list[Case]:
    """Cases that should wait in a group that hands out, and do not."""
    groups = list(handing.modes())
    waits = select(Waiting.case_id).where(Waiting.case_id == Case.id).exists()
    query = select(Case).where(works.wants_somebody(), Case.group_id.in_(groups), ~waits)
    held = query.order_by(Case.id).limit(most).with_for_update(skip_locked=True, of=Case)
    return list(db.session.scalars(held).unique()) if groups else []


def _left_over(most: int) -> list[Waiting]:
    """Of groups that hand out no more, unless a trigger asked; and of other groups by now."""
    query = select(Waiting).join(Case, Case.id == Waiting.case_id).where(_is_over())
    held = query.limit(most).with_for_update(skip_locked=True, of=Waiting)
    return list(db.session.scalars(held))


def _is_over() -> ColumnElement[bool]:
    is_off = and_(Waiting.group_id.not_in(list(handing.modes())), ~Waiting.asked)
    return is_off | ~works.wants_somebody() | (Case.group_id != Waiting.group_id)
