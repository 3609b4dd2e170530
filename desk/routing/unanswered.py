"""A dialog that was given and not answered in time goes back to the queue, to somebody else."""

from datetime import timedelta

from sqlalchemy import Select, and_, or_, select

from core import bus, clock
from core.db import db
from desk import history
from desk.catalog import catalog
from desk.history import Cause, because
from desk.routing import asking, lock
from models import Case, Routing

AT_A_TIME = 100


def give_back() -> int:
    """How many dialogs went back."""
    with bus.unit_of_work(writes=False):
        if not _waits_in_vain() or db.session.scalar(_overdue().limit(1)) is None:
            return 0
    with bus.unit_of_work():
        lock.take()
        rows = db.session.scalars(_overdue().limit(AT_A_TIME)).all()
        held = (
            select(Case)
            .where(Case.id.in_([row.case_id for row in rows]))
            .with_for_update(skip_locked=True, of=Case)
            .execution_options(populate_existing=True)
        )
        cases = {case.id: case for case in db.session.scalars(held).unique()}
        for row in rows:
            if row.case_id in cases:
                _back(cases[row.case_id], row)
    return len(cases)


def _waits_in_vain() -> dict[int, int]:
    """{group: seconds}."""
    groups = catalog().groups.values()
    return {group.id: group.answer_seconds for group in groups if group.answer_seconds}


def _overdue() -> Select[Routing]:
    """Hand-outs of dialogs that whoever was chosen still has and has not answered."""
    now = clock.now()
    late = or_(
        *(
            and_(Routing.group_id == group, Routing.at <= now - timedelta(seconds=seconds))
            for group, seconds in _waits_in_vain().items()
        )
    )
    return (
        select(Routing)
        .join(Case, Case.id == Routing.case_id)
        .where(
            Case.kind == "dialog",
            Case.is_open,
            Case.assignee_id == Routing.chosen_id,
            Routing.given_back_at.is_(None),
            or_(Case.last_agent_at.is_(None), Case.last_agent_at < Routing.at),
            late,
        )
        .order_by(Routing.id)
    )


def _back(case: Case, row: Routing) -> None:
    """Who had it before and did not answer either is not asked again, until everybody was."""
    row.given_back_at = clock.now()
    query = select(Routing.chosen_id).where(
        Routing.case_id == case.id, Routing.given_back_at.is_not(None)
    )
    passed_over = {person for person in db.session.scalars(query) if person}
    if passed_over >= set(catalog().members.get(case.group_id or 0, ())):
        passed_over = {row.chosen_id} if row.chosen_id else set()
    asking.pass_over(case, sorted(passed_over))
    seconds = int((clock.now() - row.at).total_seconds())
    with because(Cause(dispatcher=True)):
        history.change(case, data={"unanswered": seconds}, assignee=None)
    asking.ask(case)
