"""When we say that we will answer: working minutes of the settings, on the company's calendar."""

import json
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core import clock, i18n
from core.i18n import N_, _, format_datetime, format_time
from desk import settings
from desk.business_time import NoWorkingTime, WorkCalendar, add_working_time, is_working
from desk.catalog import catalog
from models import Calendar, Case

WEEKDAYS = (
    N_("on Monday"),
    N_("on Tuesday"),
    N_("on Wednesday"),
    N_("on Thursday"),
    N_("on Friday"),
    N_("on Saturday"),
    N_("on Sunday"),
)


def answer_by(since: datetime | None = None) -> datetime | None:
    """The instant by which we answer what came at `since` (now); None when nothing is promised."""
    calendar, minutes = _calendar(), settings.get("promise_minutes")
    if calendar is None or not minutes:
        return None
    try:
        return add_working_time(calendar, since or clock.now(), timedelta(minutes=minutes))
    except NoWorkingTime:
        return None


def answer_to(case: Case) -> datetime | None:
    """When the client is promised the next answer; None when the next word is not ours."""
    if case.is_solved or case.category == "pending" or _has_last_word(case):
        return None
    return answer_by(case.last_client_at or case.created_at)


def is_open_now() -> bool:
    calendar = _calendar()
    return calendar is not None and is_working(calendar, clock.now())


def in_words(at: datetime) -> str:
    """11:05 today, 9:30 tomorrow, 10:00 on Monday, 9 March: fits behind "by"."""
    here = ZoneInfo(i18n.zone())
    day, today = at.astimezone(here).date(), clock.now().astimezone(here).date()
    if day == today:
        return _("%(time)s today", time=format_time(at))
    if day == today + timedelta(days=1):
        return _("%(time)s tomorrow", time=format_time(at))
    return _(
        "%(time)s %(on_day)s, %(date)s",
        time=format_time(at),
        on_day=_(WEEKDAYS[day.weekday()]),
        date=format_datetime(at, "d MMMM"),
    )


def _has_last_word(case: Case) -> bool:
    return case.last_agent_at is not None and case.is_answered


def _calendar() -> WorkCalendar | None:
    try:
        row: Calendar = catalog().by_key("calendars", settings.get("calendar"))
    except LookupError:
        return None
    return _read(row.zone, json.dumps(row.week), row.holidays, json.dumps(row.exceptions))


@lru_cache(maxsize=16)
def _read(zone: str, week: str, holidays: str | None, exceptions: str) -> WorkCalendar:
    return WorkCalendar.from_row(zone, json.loads(week), holidays, json.loads(exceptions))
