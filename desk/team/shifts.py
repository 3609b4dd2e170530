"""Verbs on single shifts, beside the schedule: added and removed. Each is recorded."""

from datetime import datetime, timedelta

from sqlalchemy import select

from core import clock
from core.db import db
from core.i18n import _
from desk import events, history
from desk.catalog import catalog
from desk.errors import Invalid, NotFound
from desk.routing import staffing
from desk.routing.wanted import hand_out_later
from models import Shift, Staff

LONGEST = timedelta(days=7)
FARTHEST = timedelta(days=366)


def coming(person: Staff) -> list[Shift]:
    """Under way and to come, by date."""
    rows = staffing.staffing().shifts.get(person.id, ())
    return [row for row in rows if row.ends_at > clock.now()]


def shift_for(number: int, *, of: Staff) -> Shift:
    """Held until the end of the unit. NotFound, also for one of somebody else."""
    found = db.session.get(Shift, number, with_for_update=True)
    if found is None or found.staff_id != of.id:
        raise NotFound(_("There is no such shift."))
    return found


def add(person: Staff, starts_at: datetime, ends_at: datetime, *, by: Staff) -> Shift:
    """`person` is held by the caller, so that two can't overlap. Invalid with the field."""
    now = clock.now()
    if ends_at <= starts_at:
        raise Invalid(_("It ends before it begins."), "ends_at")
    if ends_at <= now:
        raise Invalid(_("It would be over already."), "ends_at")
    if ends_at - starts_at > LONGEST:
        raise Invalid(_("A shift lasts %(n)s days at most.", n=LONGEST.days), "ends_at")
    if starts_at - now > FARTHEST:
        raise Invalid(_("That is too far away."), "starts_at")
    same = Shift.staff_id == person.id, Shift.starts_at < ends_at, Shift.ends_at > starts_at
    if db.session.scalars(select(Shift.id).where(*same).limit(1)).first() is not None:
        raise Invalid(_("Another single shift stands in that time already."), "starts_at")
    row = Shift(staff_id=person.id, starts_at=starts_at, ends_at=ends_at)
    db.session.add(row)
    db.session.flush()
    _changed(row, "shift_added", person, by)
    return row


def remove(row: Shift, person: Staff, *, by: Staff) -> None:
    db.session.delete(row)
    _changed(row, "shift_removed", person, by)


def _changed(row: Shift, what: str, person: Staff, by: Staff) -> None:
    time = {"starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat()}
    data = {"what": what, "id": row.id, "staff": person.id, "name": person.name, **time}
    history.record(events.SettingsChanged, by=by, data=data)
    staffing.changed()
    hand_out_later(catalog().groups_of(person.id))
