"""How near a limit is: one rule for notices, badges, lists and the board."""

from datetime import datetime, timedelta

from core import clock
from desk.business_time import WorkCalendar, add_working_time

NOT_NEAR, NEAR, LATE = range(3)
WORDS = ("ok", "soon", "late")  # of a badge, by stage


def quarter_of(limit: timedelta) -> timedelta:
    """The end of a limit, in working time, in which it is near: at most an hour."""
    return min(limit / 4, timedelta(hours=1))


def near_at(calendar: WorkCalendar, since: datetime, left: timedelta, limit: timedelta) -> datetime:
    """When a limit begins to be near of which `left` is left at `since`; not before that."""
    return add_working_time(calendar, since, max(left - quarter_of(limit), timedelta()))


def stage_of(limit_at: datetime, near_at: datetime | None) -> int:
    """NOT_NEAR, NEAR or LATE, as `Counter.told` keeps it; without `near_at` it is not known yet."""
    now = clock.now()
    if limit_at <= now:
        return LATE
    return NEAR if near_at is not None and near_at <= now else NOT_NEAR
