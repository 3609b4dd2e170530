"""Verbs on groups: who is in them and how their work is handed out. Each is recorded."""

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import func, select

from core import clock
from core.db import db, put_if_absent
from core.i18n import _
from core.security import new_token
from desk import catalog, events, history
from desk.errors import Invalid, NotFound, Stale
from desk.routing.wanted import hand_out_later
from desk.team.group_checks import check
from desk.team.group_said import GroupSaid
from desk.team.group_users import users_of
from models import Group, Membership, Participant

COLUMNS = tuple(each.name for each in fields(GroupSaid) if each.name != "members")


def group_for(number: int, *, lock: bool = False) -> Group:
    """NotFound."""
    found = db.session.get(Group, number, with_for_update=lock)
    if found is None:
        raise NotFound(_("There is no such group."))
    return found


def said_of(group: Group) -> GroupSaid:
    """As it is now."""
    query = select(Membership.staff_id).where(Membership.group_id == group.id)
    columns = {name: getattr(group, name) for name in COLUMNS}
    return GroupSaid(**columns, members=sorted(db.session.scalars(query)))


def fingerprint(group: Group) -> str:
    """Equal as long as nobody changed it or who is in it."""
    whole = json.dumps(asdict(said_of(group)), sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def create(said: GroupSaid, *, by: Participant) -> Group:
    """At the end of the order. Invalid, with the field."""
    check(said, None, was=GroupSaid())
    last = db.session.scalar(select(func.max(Group.position))) or 0
    group = Group(key=f"group_{new_token()[:8]}", position=last + 1)
    _put(group, said)
    db.session.add(group)
    db.session.flush()
    _join(group, set(said.members))
    _changed(group, "group_created", {}, asdict(said), by)
    return group


def change(group: Group, said: GroupSaid, *, based_on: str, by: Participant) -> bool:
    """`based_on` = the `fingerprint` that was edited. Stale, Invalid. False: nothing differs."""
    if based_on != fingerprint(group):
        raise Stale(_("Somebody saved this group meanwhile."))
    was = said_of(group)
    check(said, group, was=was)
    before, after = asdict(was), {**asdict(said), "members": sorted(said.members)}
    differs = [name for name in after if before[name] != after[name]]
    if not differs:
        return False
    _put(group, said)
    _leave(group, set(was.members) - set(said.members))
    _join(group, set(said.members) - set(was.members))
    before, after = ({name: each[name] for name in differs} for each in (before, after))
    _changed(group, "group", before, after, by)
    return True


def delete(group: Group, *, by: Participant) -> None:
    """With its memberships. Invalid with the names of what refers to it."""
    users = users_of(group)
    if users:
        text = _("The group stays, because this refers to it: %(names)s.", names=", ".join(users))
        raise Invalid(text)
    was = said_of(group)
    _leave(group, set(was.members))
    db.session.delete(group)
    _changed(group, "group_deleted", asdict(was), {}, by)


def _put(group: Group, said: GroupSaid) -> None:
    for name in COLUMNS:
        setattr(group, name, getattr(said, name))


def _join(group: Group, people: set[int]) -> None:
    """Somebody may be put into it on their own page just now."""
    for person in sorted(people):
        put_if_absent(Membership, staff_id=person, group_id=group.id, since=clock.now(), until=None)


def _leave(group: Group, people: set[int]) -> None:
    its = Membership.group_id == group.id
    db.session.execute(sql_delete(Membership).where(its, Membership.staff_id.in_(people)))


def _changed(
    group: Group, what: str, before: dict[str, Any], after: dict[str, Any], by: Participant
) -> None:
    """Who has left takes their limit from other groups, so that slots may be free anywhere."""
    data = {"what": what, "id": group.id, "name": group.name_ru}
    history.record(events.SettingsChanged, by=by, data={**data, "before": before, "after": after})
    catalog.changed()
    hand_out_later()
