"""Working calendars out of their rows; each remembers the stretches of time it has laid out."""

import json
from functools import lru_cache

from desk.business_time import WorkCalendar
from models import Calendar


def work_calendar(row: Calendar) -> WorkCalendar:
    """One and the same object for rows that say the same. ValueError for one that can't be."""
    return _made(row.zone, json.dumps(row.week), row.holidays, json.dumps(row.exceptions))


@lru_cache(maxsize=64)
def _made(zone: str, week: str, holidays: str | None, exceptions: str) -> WorkCalendar:
    return WorkCalendar.from_row(zone, json.loads(week), holidays, json.loads(exceptions))
