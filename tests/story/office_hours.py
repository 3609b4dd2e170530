"""Working time by counting minutes, one after the other: slow, and easy to believe."""

from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.story.timetable import MOSCOW

MINUTE = timedelta(minutes=1)
FIRST = datetime(2026, 3, 6, 0, 0, tzinfo=MOSCOW)
DAYS = 14
DAYS_OFF = {(3, 9)}  # for 8 March, International Women's Day, which is a Sunday in 2026


def _office(at: datetime) -> bool:
    at_work = 9 <= at.hour < 13 or 14 <= at.hour < 18
    return at.weekday() < 5 and (at.month, at.day) not in DAYS_OFF and at_work


def _couriers(at: datetime) -> bool:
    return 8 <= at.hour < 22


def _open(is_open: Callable[[datetime], bool]) -> list[datetime]:
    minutes = (FIRST + MINUTE * number for number in range(DAYS * 24 * 60))
    return [minute for minute in minutes if is_open(minute)]


OPEN = {"office": _open(_office), "couriers": _open(_couriers)}


def between(calendar: str, start: datetime, end: datetime) -> int:
    """Working minutes."""
    return bisect_left(OPEN[calendar], end) - bisect_left(OPEN[calendar], start)


def after(calendar: str, start: datetime, minutes: int) -> datetime:
    """The end of the last of so many working minutes, of which the first begins at `start`."""
    first = bisect_left(OPEN[calendar], start)
    return OPEN[calendar][first + minutes - 1] + MINUTE
