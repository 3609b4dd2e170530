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


def of_limit(edit: EventRecord | None, limits: tuple[datetime, datetime], minutes: int) -> str:
    """As a span keeps it; `limits` = before and after, `minutes` = counted more, or less."""
    before, after = (int(at.timestamp()) for at in limits)
    return f"{CALENDAR}:{edit.id if edit else 0}:{before}:{after}:{minutes}"


def of_pause(edit: EventRecord, minutes: int) -> str:
    """The same of a clock that stands: nobody knows its limit."""
    return f"{CALENDAR}:{edit.id}:{minutes}"


def is_of(reason: str, edit: EventRecord) -> bool:
    return reason.startswith(f"{CALENDAR}:{edit.id}:")


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
    return _who_edited(number) + _moved(limits) + gained(more)


def _whole(value: str) -> str:
    """Older ones with limits do not keep what it gave or took."""
    return f"{value}:0" if value.count(":") == 2 else value


def _who_edited(number: int) -> str:
    edit = db.session.get(EventRecord, number) if number else None
    if edit is None:
        return _("the calendar changed")
    row, who = catalog().calendars.get(edit.data["id"]), catalog().staff.get(edit.actor_id)
    return _(
        "calendar “%(calendar)s” changed by %(who)s %(time)s",
        calendar=row.name if row else edit.data["name"],
        who=who.name if who else edit.actor.name,
        time=stamp(edit.at),
    )


def _moved(limits: list[int]) -> str:
    if not limits:
        return ""
    if len(set(limits)) == 1:
        return _(", limit stays as it is")
    before, after = (stamp(datetime.fromtimestamp(at, UTC)) for at in limits)
    return _(", limit moved from %(a)s to %(b)s", a=before, b=after)


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
