"""Taking the next of what waits for one's groups, and giving back what one has taken.

Taking one ticket is desk.tickets.assign under its row's lock: whoever comes second is told who has
it (blueprints.agent.meanwhile).
"""

from collections.abc import Collection

from sqlalchemy import select

from core import clock
from core.db import db
from core.i18n import _
from desk import access, dispatcher, history, tickets
from desk.catalog import catalog
from desk.errors import Invalid
from desk.routing import asking, roster, works
from desk.texts import MAX_TEXT
from models import Case, Staff

LOOKED_AT = 50
# Who asks for work wants it: whether they are here, on shift and have room is their own affair.
OWN_AFFAIR = {"present", "shift", "absence", "limit"}


def next_for(who: Staff, given_back: Collection[int] = ()) -> Case | None:
    """The first that waits in one's groups and that one can take, theirs from now on; None when
    there is none. What one has given back comes last. No two get the same one."""
    found = _waiting_for(who)
    last = set(given_back)
    for work in sorted(found, key=lambda each: each.case_id in last):
        case = _held(work.case_id)
        if case is not None and works.want(case) and access.may(who, "case.work", case):
            tickets.assign(case, who, by=who)
            return case
    return None


def _waiting_for(who: Staff) -> list[dispatcher.Work]:
    """In the order of the queue, whether the dispatcher serves their groups or not."""
    groups = catalog().groups_of(who.id)
    if not groups:
        return []
    query = access.visible_cases(who).where(works.wants_somebody(), Case.group_id.in_(groups))
    first = query.order_by(*works.ORDER).limit(LOOKED_AT).with_only_columns(Case.id)
    ids = list(db.session.scalars(first))
    (agent,) = roster.agents([who.id])
    now = clock.now()
    return [
        work
        for work in works.works_of(ids)
        if all(reason.key in OWN_AFFAIR for reason in dispatcher.reasons_against(agent, work, now))
    ]


def _held(number: int) -> Case | None:
    """As it is now, to the end of the unit; None while somebody else holds it."""
    query = select(Case).where(Case.id == number).with_for_update(skip_locked=True, of=Case)
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().first()


def give_back(case: Case, *, by: Staff, reason: str = "") -> bool:
    """Into the queue of its group again; the dispatcher gives it to somebody else. Invalid when it
    is somebody else's, or in no group."""
    if case.assignee_id != by.id:
        raise Invalid(_("You do not have this ticket."))
    if case.group_id is None:
        raise Invalid(_("It is in no group: choose one, or somebody to give it to."))
    if len(reason) > MAX_TEXT:
        raise Invalid(_("The reason is too long."), "reason")
    asking.pass_over(case, [by.id])
    return history.change(case, by=by, data={"reason": reason.strip()}, assignee=None)
