"""How times and sizes are said on the pages of clients."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core import clock
from core.i18n import _, format_date, format_number, format_time, zone
from core.when import MINUTE, duration

KILOBYTE = 1024


def said_when(at: datetime) -> str:
    """today at 10:04, yesterday at 10:04, 17 November at 10:04"""
    here = ZoneInfo(zone())
    day, today = at.astimezone(here).date(), clock.now().astimezone(here).date()
    if day == today:
        return _("today at %(time)s", time=format_time(at))
    if day == today - timedelta(days=1):
        return _("yesterday at %(time)s", time=format_time(at))
    date = format_date(at, "d MMMM" if day.year == today.year else "d MMMM y")
    return _("%(date)s at %(time)s", date=date, time=format_time(at))


def solved_in(seconds: float) -> str:
    if seconds < MINUTE:
        return _("Solved in less than a minute.")
    return _("Solved in %(time)s.", time=duration(seconds))


def waits_for(expected: timedelta) -> str:
    """How long it is still expected to take, in whole minutes or more."""
    return duration(max(expected.total_seconds(), MINUTE), 1)


def size(octets: int) -> str:
    if octets < KILOBYTE:
        return _("%(n)s B", n=octets)
    if octets < KILOBYTE**2:
        return _("%(n)s KB", n=format_number(round(octets / KILOBYTE)))
    return _("%(n)s MB", n=format_number(round(octets / KILOBYTE**2, 1)))
