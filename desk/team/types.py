"""Verbs on types of tickets: how much they weigh, what they ask for, their order. Recorded."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, func, select

from core.db import db
from core.i18n import _
from core.security import new_token
from desk import catalog, events, history
from desk.errors import NotFound, Stale
from desk.routing import staffing
from desk.routing.wanted import hand_out_later
from desk.team import type_triggers
from desk.team.type_said import TypeSaid, check
from models import Participant, TicketType, TypeNeed

COLUMNS = ("name_ru", "name_en", "slots", "is_active")


def type_for(number: int, *, lock: bool = False) -> TicketType:
    """NotFound."""
    found = db.session.get(TicketType, number, with_for_update=lock)
    if found is None:
        raise NotFound(_("There is no such type."))
    return found


def said_of(row: TicketType) -> TypeSaid:
    """As it is now."""
    query = select(TypeNeed.skill_id, TypeNeed.level).where(TypeNeed.type_id == row.id)
    needs = {each.skill_id: each.level for each in db.session.execute(query)}
    return TypeSaid(row.name_ru, row.name_en, row.slots, row.is_active, needs)


def fingerprint(row: TicketType) -> str:
    """Equal as long as nobody changed it or what it asks for."""
    whole = json.dumps(_kept(said_of(row)), sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def create(said: TypeSaid, *, by: Participant) -> TicketType:
    """At the end of the order. Invalid, with the field."""
    check(said, None, was=TypeSaid())
    last = db.session.scalar(select(func.max(TicketType.position))) or 0
    row = TicketType(key=f"type_{new_token()[:8]}", position=last + 1)
    _put(row, said)
    db.session.add(row)
    db.session.flush()
    _need(row, said)
    _changed(row, "type_created", {}, _kept(said), by)
    return row


def change(row: TicketType, said: TypeSaid, *, based_on: str, by: Participant) -> bool:
    """`based_on` = the `fingerprint` that was edited. Its trigger follows a new name. Stale,
    Invalid. False: nothing differs."""
    if based_on != fingerprint(row):
        raise Stale(_("Somebody saved this type meanwhile."))
    was = said_of(row)
    check(said, row, was=was)
    before, after = _kept(was), _kept(said)
    differs = [name for name in after if before[name] != after[name]]
    if not differs:
        return False
    type_triggers.rename(row, said, by=by)
    _put(row, said)
    _need(row, said)
    before, after = ({name: each[name] for name in differs} for each in (before, after))
    _changed(row, "type", before, after, by)
    return True


def move(row: TicketType, places: int, *, by: Participant) -> bool:
    """Earlier (negative) or later in the order."""
    ordered = list(catalog.catalog().types)
    at = ordered.index(row.id)
    to = min(max(at + places, 0), len(ordered) - 1)
    if to == at:
        return False
    ordered.insert(to, ordered.pop(at))
    rows = {each.id: each for each in db.session.scalars(select(TicketType))}
    for position, number in enumerate(ordered, start=1):
        rows[number].position = position
    _changed(row, "type_moved", {"place": at + 1}, {"place": to + 1}, by)
    return True


def _kept(said: TypeSaid) -> dict[str, Any]:
    """As the log keeps it: keys of JSON are texts."""
    return {
        **asdict(said),
        "needs": {str(skill): said.needs[skill] for skill in sorted(said.needs)},
    }


def _put(row: TicketType, said: TypeSaid) -> None:
    for name in COLUMNS:
        setattr(row, name, getattr(said, name))


def _need(row: TicketType, said: TypeSaid) -> None:
    db.session.execute(delete(TypeNeed).where(TypeNeed.type_id == row.id))
    for skill, level in said.needs.items():
        db.session.add(TypeNeed(type_id=row.id, skill_id=skill, level=level))


def _changed(
    row: TicketType, what: str, before: dict[str, Any], after: dict[str, Any], by: Participant
) -> None:
    data = {"what": what, "id": row.id, "name": row.name_ru, "before": before, "after": after}
    history.record(events.SettingsChanged, by=by, data=data)
    catalog.changed()
    staffing.changed()
    hand_out_later()
