"""An edit of a calendar in the ledger of a clock: whose it was, and how far it moved the limit."""

from datetime import UTC, datetime

from sqlalchemy import select

from core import bus
from core.db import db
from core.i18n import _
from core.when import stamp, working
from desk.business_time import WorkCalendar
from desk.catalog import catalog
from models import EventRecord

CALENDAR = "calendar"
HOURS = ("zone", "week", "holidays", "exceptions")


def reason(
    calendar_id: int, since: datetime, moved: tuple[datetime, datetime], minutes: int
) -> str:
    """As a span keeps it; `since` = when the span before it began, `minutes` = counted more, or
    less. The edit is 0 when the limit moved without one, as when a country moves a holiday and the
    program learns of it."""
    edit = last_edit(calendar_id)
    known = edit.id if edit and edit.at >= since else 0
    before, after = (int(at.timestamp()) for at in moved)
    return f"{CALENDAR}:{known}:{before}:{after}:{minutes}"


def gained(minutes: int) -> str:
    """To stand behind what changed: counted minutes that it gave or took back."""
    if not minutes:
        return ""
    amount = working(abs(minutes) * 60)
    if minutes > 0:
        return _("; %(time)s more are counted", time=amount)
    return _("; %(time)s counted before count no more", time=amount)


def calendar_before(calendar_id: int) -> WorkCalendar | None:
    """As it was before its last edit. None when that is not known."""
    edit = last_edit(calendar_id)
    was = edit.data.get("was") if edit else None
    if was is None:
        return None
    notes, key = bus.unit().notes, f"calendar {calendar_id} before"
    if key not in notes:
        notes[key] = WorkCalendar.from_row(*(was[name] for name in HOURS))
    before: WorkCalendar = notes[key]
    return before


def told(value: str) -> str:
    """In the reader's language and zone, of what stands after the first colon."""
    number, *limits, more = map(int, _whole(value).split(":"))
    before, after = (stamp(datetime.fromtimestamp(at, UTC)) for at in limits)
    return _moved(number, before, after) + gained(more)


def _whole(value: str) -> str:
    """Older ones do not keep what it gave or took."""
    return value if value.count(":") == 3 else f"{value}:0"


def _moved(number: int, before: str, after: str) -> str:
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
