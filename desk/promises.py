"""When we say that we will answer: working minutes of the settings, on the company's calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_timezone_location
from sqlalchemy import select

from core import clock, i18n
from core.db import plain_rows
from core.i18n import N_, _, format_datetime, format_time
from desk import settings
from desk.business_time import NoWorkingTime, WorkCalendar, add_working_time, is_working
from desk.calendars import work_calendar
from desk.catalog import catalog
from desk.events import StatusChanged
from desk.hours import show_hours
from models import Calendar, Case, EventRecord, StatusCategory

WEEKDAYS = (
    N_("on Monday"),
    N_("on Tuesday"),
    N_("on Wednesday"),
    N_("on Thursday"),
    N_("on Friday"),
    N_("on Saturday"),
    N_("on Sunday"),
)


@dataclass(frozen=True)
class Asked:
    """What is known of a request before it is sent."""

    direction_id: int | None = None
    type_id: int | None = None


Counted = Callable[[Asked | Case, datetime], datetime | None]
_counted: list[Counted] = []


def counted(limit: Counted) -> Counted:
    """A clock that the desk itself keeps to: no promise ends before it."""
    _counted.append(limit)
    return limit


def answer_by(asked: Asked | Case | None = None, since: datetime | None = None) -> datetime | None:
    """The instant by which we answer what came at `since` (now); None when nothing is promised.

    The one place that says so: the form, the mails and the page of a request all ask here.
    """
    calendar, minutes = calendar_in_force(), settings.get("promise_minutes")
    since = since or clock.now()
    if calendar is None or not minutes:
        return None
    try:
        promise = add_working_time(calendar, since, timedelta(minutes=minutes))
    except NoWorkingTime:
        return None
    limits = (limit(asked or Asked(), since) for limit in _counted)
    return max([promise, *(at for at in limits if at is not None)])


def answer_to(case: Case) -> datetime | None:
    """When the client is promised the next answer; None when the next word is not ours.

    What was over meanwhile is not late since then: a colleague who opens it again promises anew.
    """
    if case.is_solved or case.is_answered or case.category == StatusCategory.PENDING:
        return None
    since = case.last_client_at or case.created_at
    promise = answer_by(case, since)
    if promise is None or promise >= clock.now():
        return promise
    again = _opened_again(case)
    return answer_by(case, again) if again and again > since else promise


def _opened_again(case: Case) -> datetime | None:
    """When it was last."""
    changes = (
        select(EventRecord.at, EventRecord.changes)
        .where(EventRecord.case_id == case.id, EventRecord.kind == StatusChanged.kind)
        .order_by(EventRecord.id.desc())
    )
    for row in plain_rows(changes):
        before, after = row.changes["status"]
        if _is_over(before) and not _is_over(after):
            return cast(datetime, row.at)
    return None


def _is_over(status: int) -> bool:
    found = catalog().statuses.get(status)
    return found is not None and found.category in (StatusCategory.SOLVED, StatusCategory.CLOSED)


def is_open_now() -> bool:
    calendar = calendar_in_force()
    return calendar is not None and is_working(calendar, clock.now())


def in_words(at: datetime) -> str:
    """11:05 today, 9:30 tomorrow, 10:00 on Monday, 9 March: fits behind "by".

    With the place whose time it is, for readers elsewhere than the company.
    """
    if i18n.zone() == i18n.company_zone():
        return _moment_in_words(at)
    place = get_timezone_location(ZoneInfo(i18n.zone()), locale=i18n.locale(), return_city=True)
    return f"{_moment_in_words(at)} ({place})"


def _moment_in_words(at: datetime) -> str:
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


def office_hours() -> str:
    """The week in one line: Mon–Fri 09:00–18:00, Sat 10:00–14:00 (Moscow). Empty for none."""
    row = _row()
    if row is None:
        return ""
    names = get_day_names("abbreviated", context="stand-alone", locale=i18n.locale())
    days = [
        (hours, [names[number] for number, _hours in group])
        for hours, group in groupby(enumerate(map(show_hours, row.week)), key=itemgetter(1))
    ]
    said = [f"{_from_to(named)} {hours}" for hours, named in days if hours]
    place = get_timezone_location(row.zone, locale=i18n.locale(), return_city=True)
    return f"{', '.join(said)} ({place})" if said else ""


def _from_to(days: list[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"


def calendar_in_force() -> WorkCalendar | None:
    row = _row()
    return work_calendar(row) if row else None


def _row() -> Calendar | None:
    try:
        row: Calendar = catalog().by_key("calendars", settings.get("calendar"))
    except LookupError:
        return None
    return row
