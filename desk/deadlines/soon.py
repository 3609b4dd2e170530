"""How near a limit is: one rule for notices, badges, lists and the board."""

from datetime import datetime, timedelta

from core import clock

NOT_NEAR, NEAR, LATE = range(3)
WORDS = ("ok", "soon", "late")  # of a badge, by stage


def near_after(limit: timedelta) -> timedelta:
    """The working time after which a limit is near: the last quarter of it, at most an hour."""
    return limit - min(limit / 4, timedelta(hours=1))


def stage_of(limit_at: datetime, near_at: datetime | None) -> int:
    """NOT_NEAR, NEAR or LATE, as `Counter.told` keeps it; without `near_at` it is not known yet."""
    now = clock.now()
    if limit_at <= now:
        return LATE
    return NEAR if near_at is not None and near_at <= now else NOT_NEAR
