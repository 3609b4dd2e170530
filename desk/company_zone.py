"""The time zone of the company: the one of people who have none of their own."""

from core import i18n
from desk import settings
from desk.catalog import catalog


def in_force() -> str:
    return settings.get("zone") or of_calendar()


def of_calendar() -> str:
    """Of the calendar that promises are computed by."""
    key = settings.get("calendar")
    rows = (row for row in catalog().calendars.values() if row.key == key)
    row = next(rows, None)
    return row.zone if row else i18n.DEFAULT_ZONE


i18n.company_zone_is(in_force)
