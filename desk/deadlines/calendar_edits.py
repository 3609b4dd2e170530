"""An edit of a calendar in the ledger of a clock: whose it was, and how far it moved the limit."""

from datetime import UTC, datetime

from sqlalchemy import select

from core import bus
from core.db import db
from core.i18n import _
from core.when import stamp
from desk.catalog import catalog
from models import EventRecord

CALENDAR = "calendar"


def reason(calendar_id: int, since: datetime, moved: tuple[datetime, datetime]) -> str:
    """As a span keeps it; `since` = when the span before it began. The edit is 0 when the limit
    moved without one, as when a country moves a holiday and the program learns of it."""
    edit = last_edit(calendar_id)
    known = edit.id if edit and edit.at >= since else 0
    before, after = (int(at.timestamp()) for at in moved)
    return f"{CALENDAR}:{known}:{before}:{after}"


def told(value: str) -> str:
    """In the reader's language and zone, of what stands after the first colon."""
    number, *limits = map(int, value.split(":"))
    before, after = (stamp(datetime.fromtimestamp(at, UTC)) for at in limits)
    edit = db.session.get(EventRecord, number) if number else None
    if edit is None:
        return _("the calendar changed, limit moved from %(a)s to %(b)s", a=before, b=after)
    row, who = catalog().calendars.get(edit.data["id"]), catalog().staff.get(edit.actor_id)
    return _(
        "calendar “%(calendar)s” changed by %(who)s %(time)s, limit moved from %(a)s to %(b)s",
        calendar=row.name if row else edit.data["name"],
        who=who.name if who else edit.actor.name,
        time=stamp(edit.at),
        a=before,
        b=after,
    )


def last_edit(calendar_id: int) -> EventRecord | None:
    """Asked once in a unit of work, however many clocks it moves."""
    notes, key = bus.unit().notes, f"edit of calendar {calendar_id}"
    if key not in notes:
        bus.write_now()  # it may be of this very unit
        query = (
            select(EventRecord)
            .where(
                EventRecord.kind == "settings_changed",
                EventRecord.data["what"].as_string() == "calendar",
                EventRecord.data["id"].as_integer() == calendar_id,
            )
            .order_by(EventRecord.id.desc())
        )
        notes[key] = db.session.scalars(query.limit(1)).first()
    edit: EventRecord | None = notes[key]
    return edit
