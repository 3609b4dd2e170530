"""Who may do what: every permission in one table, and loading that authorises in the same step."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, false, or_, select, true
from sqlalchemy.orm.interfaces import ORMOption

from core.db import db
from core.i18n import N_, _
from core.security import sign, unsign
from desk.catalog import catalog
from desk.errors import Forbidden, NotFound
from models import Case, Client, Message, Participant, Staff

Rule = Callable[[Participant, Any], bool]


def _staff(who: Participant, what: Any) -> bool:
    return who.is_staff


def _supervisor(who: Participant, what: Any) -> bool:
    return isinstance(who, Staff) and who.is_supervisor


def _admin(who: Participant, what: Any) -> bool:
    return isinstance(who, Staff) and who.is_admin


def _own(who: Participant, case: Case) -> bool:
    return case.requester_id == who.id


def _sees(who: Participant, case: Case) -> bool:
    if not isinstance(who, Staff):
        return _own(who, case)
    allowed = directions_of(who)
    mine = case.assignee_id == who.id
    return not allowed or mine or case.direction_id in (None, *allowed)


VERBS: dict[str, Rule] = {
    "workspace.enter": _staff,
    "case.read": _sees,
    "case.reply": _sees,
    "case.solve": _sees,
    "case.note": lambda who, case: _staff(who, None) and _sees(who, case),
    "case.work": lambda who, case: _staff(who, None) and _sees(who, case),
    "case.why": lambda who, case: _staff(who, None) and _sees(who, case),
    "articles.edit": _staff,
    "outbox.read": _supervisor,
    "outbox.retry": _admin,
    "passes.read": _supervisor,
    "routing.read": _supervisor,
    "sections.edit": _supervisor,
    "rules.read": _staff,
    "rules.edit": _admin,
    "counters.read": _staff,
    "counters.edit": _admin,
    "letters.edit": _admin,
    "settings.edit": _admin,
    "staff.edit": _admin,
    "team.edit": _supervisor,
}

REFUSAL = N_("You may not do this.")
REFUSALS = {
    "rules.edit": N_("Only an administrator can change triggers."),
    "counters.edit": N_("Only an administrator can change counters."),
}


def may(who: Participant | None, verb: str, what: Any = None) -> bool:
    """KeyError for a verb that the table does not know."""
    rule = VERBS[verb]
    return who is not None and who.is_active and rule(who, what)


def demand(who: Participant | None, verb: str, what: Any = None) -> None:
    """Forbidden unless `may`."""
    if not may(who, verb, what):
        raise Forbidden(_(REFUSALS.get(verb, REFUSAL)))


def directions_of(who: Staff) -> set[int]:
    """The directions a person is confined to; empty = all."""
    known = catalog().staff.get(who.id, who)
    return {direction.id for direction in known.directions}


def visible_cases(who: Participant) -> Select[Case]:
    """Every query of cases starts here."""
    query = select(Case)
    if isinstance(who, Staff):
        return query.where(_visible_to_staff(who))
    own = Case.requester_id == who.id
    return query.where(own if isinstance(who, Client) else false())


def _visible_to_staff(who: Staff) -> Any:
    allowed = directions_of(who)
    if not allowed:
        return true()
    mine = Case.assignee_id == who.id
    return or_(Case.direction_id.is_(None), Case.direction_id.in_(allowed), mine)


def case_for(
    who: Participant,
    number: int,
    verb: str = "case.read",
    *,
    lock: bool = False,
    load: Sequence[ORMOption] = (),
) -> Case:
    """Load and authorise. NotFound when missing or hidden, Forbidden when seen but not allowed.

    `lock` holds the row until the end of the unit, so that two changes can't cross; `load` says
    what the page needs beside the row.
    """
    case = _load(number, lock=lock, load=load)
    if case is None or not may(who, "case.read", case):
        raise NotFound(_("There is no such request."))
    demand(who, verb, case)
    return case


def _load(number: int, *, lock: bool, load: Sequence[ORMOption] = ()) -> Case | None:
    if not 0 < number < 2**31:
        return None
    query = _by_number(tuple(load))
    query = query.with_for_update(of=Case) if lock else query
    return db.session.scalars(query, {"number": number}).unique().one_or_none()


@lru_cache(maxsize=256)
def _by_number(load: tuple[ORMOption, ...]) -> Select[Case]:
    """Kept: to write it down takes as long as to ask."""
    return select(Case).where(Case.id == bindparam("number")).options(*load)


def link_token(case: Case) -> str:
    """The capability to read and answer this one request; changing `link_nonce` revokes it."""
    return sign([case.id, case.link_nonce], "request")


def visitor_token(case: Case) -> str:
    """To see and add to what one wrote under an address that one did not show to be one's own."""
    return sign([case.id, case.link_nonce], "visitor")


def case_by_link(token: str, *, lock: bool = False, purpose: str = "request") -> Case:
    """The request a safe link leads to. NotFound for a forged, revoked or broken one."""
    value = unsign(token, purpose)
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], int):
        case = _load(value[0], lock=lock)
        if case is not None and case.link_nonce == value[1]:
            return case
    raise NotFound(_("This link does not work any more."))


def public_messages(case: Case) -> Select[Message]:
    """All that a client may ever see of a conversation."""
    return (
        select(Message)
        .where(Message.case_id == case.id, Message.kind == "public")
        .order_by(Message.id)
    )
