"""Verbs on absences: entered, ended early, taken back. Each is recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from core import clock
from core.db import db
from core.i18n import N_, _
from core.when import stamp
from desk import access, catalog, events, history
from desk.errors import Invalid, NotFound
from desk.routing import staffing
from desk.routing.wanted import hand_out_later
from models import Absence, Staff

KINDS = {"planned": N_("Planned"), "sick": N_("Sick")}
MAX_NOTE = 250
LONGEST = timedelta(days=366 * 3)


@dataclass(frozen=True)
class AbsenceSaid:
    """`ends_at` = the first instant back at work, None: nobody knows."""

    kind: str
    starts_at: datetime
    ends_at: datetime | None = None
    stand_in_id: int | None = None
    note: str = ""


def coming(staff_id: int | None = None) -> list[Absence]:
    """Under way and to come, of one or of all who work here, by date."""
    now, known = clock.now(), catalog.catalog()
    found = [row for rows in staffing.staffing().absences.values() for row in rows]
    rows = [row for row in found if row.ends_at is None or row.ends_at > now]
    if staff_id is not None:
        rows = [row for row in rows if row.staff_id == staff_id]
    working = [
        row for row in rows if row.staff_id == staff_id or known.staff[row.staff_id].is_active
    ]
    return sorted(working, key=lambda row: (row.starts_at, row.id))


def absence_for(number: int, *, of: Staff | None = None) -> Absence:
    """Held until the end of the unit. NotFound, also for one of somebody else than `of`."""
    found = db.session.get(Absence, number, with_for_update=True)
    if found is None or (of is not None and found.staff_id != of.id):
        raise NotFound(_("There is no such absence."))
    return found


def enter(person: Staff, said: AbsenceSaid, *, by: Staff) -> Absence:
    """`person` is held by the caller, so that two can't overlap. One's own, or with the right to
    edit people. Forbidden, Invalid with the field."""
    _demand(person.id, by)
    _check(person, said)
    row = Absence(staff_id=person.id, created_at=clock.now(), created_by_id=by.id, **vars(said))
    db.session.add(row)
    db.session.flush()
    _changed(row, "absence_created", {}, _told(row), by)
    return row


def stand_in_is_absent(row: Absence) -> str:
    """A warning in words when who stands in is absent in that time too; else empty."""
    for other in staffing.staffing().absences.get(row.stand_in_id or 0, ()):
        begins_before = row.ends_at is None or other.starts_at < row.ends_at
        if begins_before and (other.ends_at is None or other.ends_at > row.starts_at):
            name, when = catalog.catalog().staff[other.staff_id].name, said_time(other)
            return _("%(name)s, who stands in, is absent too: %(when)s.", name=name, when=when)
    return ""


def end(row: Absence, *, by: Staff) -> None:
    """Back at work from now on; one that has not begun is taken back. Invalid when it is over."""
    _demand(row.staff_id, by)
    now, before = clock.now(), _told(row)
    if row.ends_at is not None and row.ends_at <= now:
        raise Invalid(_("This absence is over."))
    if row.starts_at >= now:
        db.session.delete(row)
        _changed(row, "absence_removed", before, {}, by)
        return
    row.ends_at = now
    _changed(row, "absence_ended", before, _told(row), by)


def said_time(row: Absence) -> str:
    """From when until when, in the reader's words."""
    if row.ends_at is None:
        return _("from %(start)s, end not known", start=stamp(row.starts_at))
    return _("%(start)s to %(end)s", start=stamp(row.starts_at), end=stamp(row.ends_at))


def _demand(staff_id: int, by: Staff) -> None:
    if staff_id != by.id:
        access.demand(by, "staff.edit")


def _check(person: Staff, said: AbsenceSaid) -> None:
    if said.kind not in KINDS:
        raise Invalid(_("Not a valid choice."), "kind")
    now = clock.now()
    if abs(said.starts_at - now) > LONGEST:
        raise Invalid(_("That is too far away."), "starts_at")
    if said.ends_at is not None:
        if said.ends_at <= said.starts_at:
            raise Invalid(_("It ends before it begins."), "ends_at")
        if said.ends_at <= now:
            raise Invalid(_("It would be over already."), "ends_at")
        if said.ends_at - said.starts_at > LONGEST:
            raise Invalid(_("That is too far away."), "ends_at")
    if len(said.note) > MAX_NOTE:
        raise Invalid(_("At most %(n)s characters.", n=MAX_NOTE), "note")
    _stand_in(person, said.stand_in_id)
    other = _overlapping(person.id, said.starts_at, said.ends_at)
    if other is not None:
        text = _("Another absence stands in that time already: %(when)s.", when=said_time(other))
        raise Invalid(text, "starts_at")


def _stand_in(person: Staff, number: int | None) -> None:
    if number is None:
        return
    if number == person.id:
        raise Invalid(_("Nobody stands in for themselves."), "stand_in_id")
    other = catalog.catalog().staff.get(number)
    if other is None or not other.is_active:
        raise Invalid(_("Not a valid choice."), "stand_in_id")


def _overlapping(staff_id: int, start: datetime, end: datetime | None) -> Absence | None:
    query = select(Absence).where(
        Absence.staff_id == staff_id, or_(Absence.ends_at.is_(None), Absence.ends_at > start)
    )
    query = query if end is None else query.where(Absence.starts_at < end)
    return db.session.scalars(query.order_by(Absence.starts_at, Absence.id).limit(1)).first()


def _told(row: Absence) -> dict[str, Any]:
    """To be recorded."""
    stand_in = catalog.catalog().staff.get(row.stand_in_id or 0)
    return {
        "kind": row.kind,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat() if row.ends_at else None,
        "stand_in": stand_in.name if stand_in else None,
        "note": row.note,
    }


def _changed(
    row: Absence, what: str, before: dict[str, Any], after: dict[str, Any], by: Staff
) -> None:
    """Who comes back may be given work at once; who leaves is seen by the next look around."""
    known = catalog.catalog()
    person = known.staff[row.staff_id]
    data = {"what": what, "id": row.id, "staff": person.id, "name": person.name}
    history.record(events.SettingsChanged, by=by, data={**data, "before": before, "after": after})
    staffing.changed()
    hand_out_later(known.groups_of(person.id))
