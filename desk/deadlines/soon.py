"""How near a limit is."""

from datetime import datetime, timedelta

from core import clock
from models import Counter

SOON = timedelta(minutes=15)
NOT_NEAR, NEAR, LATE = range(3)


def stage_of(limit_at: datetime) -> int:
    """NOT_NEAR, NEAR (within SOON) or LATE, as `Counter.told` keeps it."""
    left = limit_at - clock.now()
    if left <= timedelta():
        return LATE
    return NEAR if left <= SOON else NOT_NEAR


def is_near_from_the_start(counter: Counter) -> bool:
    """A limit no longer than SOON: there is no moment at which it comes near."""
    return timedelta(minutes=counter.limit_minutes) <= SOON


def quarter_of(limit: timedelta) -> timedelta:
    """The end of a limit, in working time, in which its badge says “soon”: at most an hour."""
    return min(limit / 4, timedelta(hours=1))
