"""Verbs on colleagues: who they are, what they can do, how much they get. Each is recorded."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, or_, select

from core import clock
from core.db import db, put_if_absent
from core.i18n import _
from core.security import new_token
from desk import catalog, events, history
from desk import people as participants
from desk.errors import NotFound, Stale
from desk.routing import staffing
from desk.routing.wanted import hand_out_later
from desk.team.person_checks import check, check_may_leave, check_role
from desk.team.person_said import PersonSaid, in_names
from models import (
    ClientCategory,
    Direction,
    Membership,
    Presence,
    Role,
    Staff,
    StaffCategory,
    StaffDirection,
    StaffSkill,
)

COLUMNS = ("name", "title", "role", "line", "schedule_id", "ticket_limit", "dialog_limit", "weight")


def person_for(number: int, *, lock: bool = False) -> Staff:
    """NotFound. `lock` holds the administrators too, always in one order: of two who take each
    other's role at the same time the second sees what the first did."""
    query = select(Staff).where(Staff.id == number)
    if lock:
        query = (
            select(Staff)
            .where(or_(Staff.id == number, Staff.role == Role.ADMIN))
            .order_by(Staff.id)
            .with_for_update(of=Staff)
            .execution_options(populate_existing=True)
        )
    for person in db.session.scalars(query).unique():
        if person.id == number:
            return person
    raise NotFound(_("There is no such colleague."))


def said_of(person: Staff) -> PersonSaid:
    """As it is now."""
    skills = select(StaffSkill.skill_id, StaffSkill.level).where(StaffSkill.staff_id == person.id)
    return PersonSaid(
        **{name: getattr(person, name) for name in COLUMNS},
        groups=_ids(select(Membership.group_id).where(Membership.staff_id == person.id)),
        directions=_ids(
            select(StaffDirection.direction_id).where(StaffDirection.staff_id == person.id)
        ),
        serves=_ids(select(StaffCategory.category_id).where(StaffCategory.staff_id == person.id)),
        levels={row.skill_id: row.level for row in db.session.execute(skills)},
        languages=list(person.languages),
    )


def _ids(query: Any) -> list[int]:
    return sorted(db.session.scalars(query))


def fingerprint(person: Staff) -> str:
    """Equal as long as nobody changed what is said of them, or whether they work here."""
    whole = json.dumps([asdict(said_of(person)), person.is_active], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def hire(said: PersonSaid, *, email: str, password: str, by: Staff) -> Staff:
    """A colleague who can sign in. Invalid, with the field."""
    check(said, was=PersonSaid())
    person = participants.new_staff(
        name=said.name, email=email, role=said.role, password=password, line=said.line
    )
    _put(person, said)
    after = {**in_names(said), "email": person.email}
    _changed(person, "person_created", {}, after, by, said.groups)
    return person


def change(person: Staff, said: PersonSaid, *, based_on: str, by: Staff) -> bool:
    """`based_on` = the `fingerprint` that was edited. Stale, Invalid. False: nothing differs."""
    if based_on != fingerprint(person):
        raise Stale(_("Somebody saved this page meanwhile."))
    was = said_of(person)
    check(said, was=was)
    check_role(person, said, last=is_last_admin(person))
    before, after = in_names(was), in_names(said)
    differs = [name for name in after if before[name] != after[name]]
    if not differs:
        return False
    _put(person, said)
    before, after = ({name: each[name] for name in differs} for each in (before, after))
    _changed(person, "person", before, after, by, {*was.groups, *said.groups})
    return True


def deactivate(person: Staff, *, by: Staff) -> bool:
    """They can't sign in any more and get nothing; what they had is handed on by the next look at
    who left. Invalid. False: it was so already."""
    check_may_leave(person, by=by, last=is_last_admin(person))
    if not person.is_active:
        return False
    person.deactivated_at, person.session_key = clock.now(), new_token()
    person.presence, person.wanted_presence = Presence.OFF, Presence.AVAILABLE
    _changed(person, "person_deactivated", {}, {}, by, [])
    return True


def reactivate(person: Staff, *, by: Staff) -> bool:
    """They work here again, as they were set up. False: they do already."""
    if person.is_active:
        return False
    person.deactivated_at = None
    _changed(person, "person_reactivated", {}, {}, by, said_of(person).groups)
    return True


def is_last_admin(person: Staff) -> bool:
    """Whether nobody else who works here is an administrator."""
    others = select(Staff.id).where(Staff.id != person.id, Staff.role == Role.ADMIN)
    return db.session.scalars(others.where(Staff.deactivated_at.is_(None)).limit(1)).first() is None


def _put(person: Staff, said: PersonSaid) -> None:
    for name in COLUMNS:
        setattr(person, name, getattr(said, name))
    person.languages = sorted(said.languages)
    person.directions = _rows(Direction, said.directions)
    person.serves = _rows(ClientCategory, said.serves)
    db.session.flush()
    mine = Membership.staff_id == person.id
    gone = Membership.group_id.not_in(said.groups)
    db.session.execute(delete(Membership).where(mine, gone))
    for group in sorted(said.groups):
        put_if_absent(Membership, staff_id=person.id, group_id=group, since=clock.now(), until=None)
    db.session.execute(delete(StaffSkill).where(StaffSkill.staff_id == person.id))
    for skill, level in sorted(said.levels.items()):
        put_if_absent(StaffSkill, staff_id=person.id, skill_id=skill, level=level)
    db.session.expire(person, ["memberships"])


def _rows(model: Any, numbers: Iterable[int]) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.id.in_(numbers)).order_by(model.id)))


def _changed(
    person: Staff,
    what: str,
    before: dict[str, Any],
    after: dict[str, Any],
    by: Staff,
    groups: Iterable[int],
) -> None:
    data = {"what": what, "id": person.id, "name": person.name, "before": before, "after": after}
    history.record(events.SettingsChanged, by=by, data=data)
    catalog.changed()
    staffing.changed()
    hand_out_later(groups)
