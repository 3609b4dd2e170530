"""Working hours by a calendar of the catalogue."""

from datetime import datetime

from desk.business_time import is_working, working_time_between
from desk.calendars import work_calendar
from desk.catalog import catalog


def is_working_by(calendar_id: int, at: datetime) -> bool | None:
    """None for a calendar that has been removed."""
    row = catalog().calendars.get(calendar_id)
    return is_working(work_calendar(row), at) if row else None


def working_minutes(calendar_id: int, since: datetime, until: datetime) -> float | None:
    """Of working time; below nothing when `until` has passed, None for a removed calendar."""
    row = catalog().calendars.get(calendar_id)
    if row is None:
        return None
    first, last = min(since, until), max(since, until)
    minutes = working_time_between(work_calendar(row), first, last).total_seconds() / 60
    return minutes if since <= until else -minutes
