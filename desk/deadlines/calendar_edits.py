"""Edits of calendars in the ledgers of clocks: whose, how far the limit moved, the hours before."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select

from core import bus
from core.db import db
from core.i18n import _
from core.when import stamp, working
from desk import revision
from desk.business_time import WorkCalendar
from desk.calendars import work_calendar
from desk.catalog import catalog
from desk.deadlines.counted import Hours
from desk.deadlines.policies import Policy
from models import Calendar, EventRecord

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


def hours_before(edit: EventRecord, policy: Policy) -> Hours | None:
    """By which stretches counted before an edit. None when that is not known."""
    was, edited = edit.data.get("was"), edit.data["id"]
    if was is None:
        return None
    before = work_calendar(Calendar(**was))
    return lambda own: before if (own or policy.calendar_id) == edited else policy.hours(own)


def hours_at(policy: Policy, at: datetime) -> Hours:
    """By which stretches counted at an instant, whatever was edited later."""

    def hours(own: int | None) -> WorkCalendar:
        later = _edits().get(own or policy.calendar_id, ())
        was = next((was for edited_at, was in later if edited_at > at), None)
        return work_calendar(Calendar(**was)) if was else policy.hours(own)

    return hours


Edits = dict[int, list[tuple[datetime, dict[str, Any]]]]
"""By calendar, the oldest first: when, and its HOURS before."""


def _edits() -> Edits:
    """In memory: the page of each ticket with a clock that ended asks for them."""
    return revision.kept("calendar_edits", _read_edits)


def _read_edits() -> Edits:
    bus.write_now()  # the last may be of this very unit
    edits: Edits = {}
    query = _of_calendars().order_by(EventRecord.id)
    for at, data in db.session.execute(query.with_only_columns(EventRecord.at, EventRecord.data)):
        if "was" in data:  # older ones do not keep it
            edits.setdefault(data["id"], []).append((at, data["was"]))
    return edits


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
        mine = EventRecord.data["id"].as_integer() == calendar_id
        query = _of_calendars().where(mine).order_by(EventRecord.id.desc())
        notes[key] = db.session.scalars(query.limit(1)).first()
    edit: EventRecord | None = notes[key]
    return edit


def _of_calendars() -> Select[EventRecord]:
    return select(EventRecord).where(
        EventRecord.kind == "settings_changed", EventRecord.data["what"].as_string() == "calendar"
    )
