"""Verbs on schedules: made, changed, deleted with a word on where their people go. Recorded."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select

from core.db import db
from core.i18n import _
from core.security import new_token
from desk import catalog, events, history
from desk.errors import Invalid, NotFound, Stale
from desk.hours import show_hours
from desk.routing import staffing
from desk.routing.wanted import hand_out_later
from desk.team.schedule_said import OFF, ScheduleSaid, check, put
from models import Participant, Schedule, Staff


def schedule_for(number: int, *, lock: bool = False) -> Schedule:
    """NotFound."""
    found = db.session.get(Schedule, number, with_for_update=lock)
    if found is None:
        raise NotFound(_("There is no such schedule."))
    return found


def said_of(row: Schedule) -> ScheduleSaid:
    """As it is now."""
    days = [show_hours(day) or OFF for day in row.cycle]
    return ScheduleSaid(row.name_ru, row.name_en, row.calendar_id, days, row.anchor, row.zone)


def fingerprint(row: Schedule) -> str:
    """Equal as long as nobody changed it."""
    return hashlib.sha256(json.dumps(_told(said_of(row))).encode()).hexdigest()[:16]


def people_of(row: Schedule) -> list[Staff]:
    """Who works by it, by names; also those who do not work here any more."""
    return [each for each in catalog.catalog().staff.values() if each.schedule_id == row.id]


def create(said: ScheduleSaid, *, by: Participant) -> Schedule:
    """At the end of the order. Invalid, with the field."""
    check(said, None)
    last = db.session.scalar(select(func.max(Schedule.position))) or 0
    row = Schedule(key=f"schedule_{new_token()[:8]}", position=last + 1)
    put(row, said)
    db.session.add(row)
    db.session.flush()
    _changed(row, "schedule_created", {}, _told(said_of(row)), by)
    return row


def change(row: Schedule, said: ScheduleSaid, *, based_on: str, by: Participant) -> bool:
    """`based_on` = the `fingerprint` that was edited. Stale, Invalid. False: nothing differs."""
    if based_on != fingerprint(row):
        raise Stale(_("Somebody saved this schedule meanwhile."))
    check(said, row)
    before = _told(said_of(row))
    put(row, said)
    after = _told(said_of(row))
    differs = [name for name in after if before[name] != after[name]]
    if not differs:
        return False
    before, after = ({name: each[name] for name in differs} for each in (before, after))
    _changed(row, "schedule", before, after, by)
    return True


def delete(row: Schedule, *, to: int | None, seen: Sequence[int], by: Participant) -> None:
    """Its people go by the schedule `to`, or by none: at work whenever they say so. `seen` = who
    was shown to work by it. Stale, Invalid."""
    if to == row.id or to not in {None, *staffing.staffing().schedules}:
        raise Invalid(_("Not a valid choice."), "to")
    people = list(
        db.session.scalars(
            select(Staff)
            .where(Staff.schedule_id == row.id)
            .order_by(Staff.id)
            .with_for_update(of=Staff)
            .execution_options(populate_existing=True)
        ).unique()
    )
    if sorted(seen) != [person.id for person in people]:
        raise Stale(_("Who works by this schedule has changed meanwhile."))
    for person in people:
        person.schedule_id = to
    before = {**_told(said_of(row)), "people": [person.name for person in people]}
    db.session.flush()
    db.session.delete(row)
    new = staffing.staffing().schedules[to].name_ru if to else None
    _changed(row, "schedule_deleted", before, {"people_go_to": new}, by)


def _told(said: ScheduleSaid) -> dict[str, Any]:
    """To be recorded."""
    calendar = catalog.catalog().calendars.get(said.calendar_id or 0)
    return asdict(said) | {
        "calendar_id": calendar.name_ru if calendar else said.calendar_id,
        "days": list(said.days),
        "anchor": said.anchor.isoformat() if said.anchor else None,
    }


def _changed(
    row: Schedule,
    what: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: Participant,
) -> None:
    data = {"what": what, "id": row.id, "name": row.name_ru}
    history.record(events.SettingsChanged, by=by, data={**data, "before": before, "after": after})
    catalog.changed()
    staffing.changed()
    hand_out_later()
