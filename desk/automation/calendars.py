"""Working hours by a calendar of the catalogue."""

from datetime import datetime

from desk.business_time import is_working
from desk.calendars import work_calendar
from desk.catalog import catalog


def is_working_by(calendar_id: int, at: datetime) -> bool | None:
    """None for a calendar that has been removed."""
    row = catalog().calendars.get(calendar_id)
    return is_working(work_calendar(row), at) if row else None
