"""Making and changing calendars: every counter that runs on one is computed anew at once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from core import clock
from core.db import db
from core.i18n import _
from core.security import new_token
from desk import catalog, events, history, revision
from desk.business_time import NoWorkingTime, WorkCalendar, add_working_time
from desk.calendars import work_calendar
from desk.deadlines import anew, calendar_edits, policies
from desk.deadlines.names import check_names
from desk.errors import Invalid, Stale
from models import Calendar, Participant

MAX_EXCEPTIONS = 500


def new_calendar(
    *,
    by: Participant,
    names: Mapping[str, str],
    week: Sequence[Any],
    exceptions: Mapping[str, Any],
    holidays: str | None,
    zone: str,
) -> Calendar:
    """Invalid when impossible."""
    last = db.session.scalar(select(func.max(Calendar.position))) or 0
    calendar = Calendar(key=f"calendar_{new_token()[:8]}", position=last + 1)
    rename_calendar(calendar, names)
    _fill(calendar, week=week, exceptions=exceptions, holidays=holidays, zone=zone)
    db.session.add(calendar)
    _record(calendar, by)
    return calendar


def change_calendar(
    calendar: Calendar,
    *,
    by: Participant,
    week: Sequence[Any],
    exceptions: Mapping[str, Any],
    holidays: str | None,
    zone: str,
) -> bool:
    """Change a calendar; every running counter on it is computed anew: whether there is any.
    Invalid when impossible."""
    was = {each: getattr(calendar, each) for each in calendar_edits.HOURS}
    _fill(calendar, week=week, exceptions=exceptions, holidays=holidays, zone=zone)
    _record(calendar, by, was=was)
    revision.bump("calendar_edits")
    revision.bump("policies")
    try:
        return _recompute(calendar)
    except NoWorkingTime as error:
        text = _("A counter that runs on this calendar would never come to its end.")
        raise Invalid(text, "week") from error


def rename_calendar(calendar: Calendar, names: Mapping[str, str]) -> None:
    """`names` = {"ru", "en"}; to be followed by `change_calendar`, which records it. Invalid."""
    check_names(calendar, names, _("Another calendar has this name."))
    calendar.name_ru, calendar.name_en = names["ru"], names["en"]


def expect_calendar(calendar: Calendar, seen: str) -> None:
    """Stale when its `fingerprint` is no longer the one that an editor has seen."""
    if seen != fingerprint(calendar):
        raise Stale(_("Somebody saved this calendar meanwhile."))


def fingerprint(calendar: Calendar) -> str:
    """Equal as long as nobody changed it."""
    said = [calendar.name_ru, calendar.name_en, calendar.zone, calendar.holidays]
    whole = json.dumps([*said, calendar.week, calendar.exceptions], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _fill(
    calendar: Calendar,
    *,
    week: Sequence[Any],
    exceptions: Mapping[str, Any],
    holidays: str | None,
    zone: str,
) -> None:
    if len(exceptions) > MAX_EXCEPTIONS:
        raise Invalid(_("At most %(n)s special days.", n=MAX_EXCEPTIONS), "exceptions")
    try:
        WorkCalendar.from_row(zone, week, holidays, exceptions)
    except (ValueError, KeyError) as error:
        raise Invalid(_("The calendar can't be: %(why)s", why=error), "week") from error
    if not any(week):
        raise Invalid(_("The week needs working hours on one day at least."), "week")
    calendar.week, calendar.exceptions = list(week), dict(exceptions)
    calendar.holidays, calendar.zone = holidays, zone


def _record(calendar: Calendar, by: Participant, **more: Any) -> None:
    """`was` = its hours before, to tell clocks what the edit gave them or took."""
    db.session.flush()
    data = {"what": "calendar", "id": calendar.id, "name": calendar.name_ru, **more}
    history.record(events.SettingsChanged, by=by, data=data)
    catalog.changed()


def _recompute(calendar: Calendar) -> bool:
    for policy in policies.in_force().values():
        if policy.calendar_id == calendar.id:
            add_working_time(work_calendar(calendar), clock.now(), policy.longest)
    return anew.of_calendar(calendar.id)
