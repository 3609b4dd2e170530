"""Sums of working time on a calendar."""

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta

from desk.business_time.calendar import WorkCalendar
from desk.business_time.rotation import Rotation
from desk.business_time.timeline import (
    BLOCK,
    DAY_SECONDS,
    MICROSECOND,
    SECOND,
    Block,
    Timeline,
    instant,
    micros,
)

HORIZON_YEARS = 20
_HORIZON = HORIZON_YEARS * 366 * DAY_SECONDS * SECOND
_HORIZON_BLOCKS = _HORIZON // BLOCK


class NoWorkingTime(Exception):  # noqa: N818 - named for what is the matter
    """The calendar has no window, or not enough of them, within HORIZON_YEARS."""


def add_working_time(calendar: WorkCalendar, start: datetime, amount: timedelta) -> datetime:
    """The instant at which `amount` of working time from `start` is over; `start` itself for none.

    What is used up by the end of a window is due at that end, not at the next start. A negative
    amount goes back, and stops at the start of a window in the same way.
    """
    at, added = micros(start), amount // MICROSECOND
    if not added:
        return instant(at)
    number, worked = calendar.timeline.position(at)
    find = _forward if added > 0 else _backward
    return instant(find(calendar.timeline, number, worked + added))


def _forward(line: Timeline, number: int, left: int) -> int:
    for block in map(line.block, range(number, number + _HORIZON_BLOCKS)):
        if left <= block.total:
            return _instant_in(block, bisect_left(block.worked, left), left)
        left -= block.total
    raise NoWorkingTime(f"not enough working time in the {HORIZON_YEARS} years after the start")


def _backward(line: Timeline, number: int, left: int) -> int:
    for earlier in range(number, number - _HORIZON_BLOCKS, -1):
        block = line.block(earlier)
        if left >= 0:
            return _instant_in(block, bisect_right(block.worked, left), left)
        left += line.block(earlier - 1).total
    raise NoWorkingTime(f"not enough working time in the {HORIZON_YEARS} years before the start")


def _instant_in(block: Block, index: int, worked: int) -> int:
    return block.ends[index] - (block.worked[index] - worked)


def working_time_between(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """Working time from `start` to `end`; negative when `end` is the earlier one."""
    line, at, until = calendar.timeline, micros(start), micros(end)
    first, before = line.position(min(at, until))
    last, worked = line.position(max(at, until))
    whole = sum(line.block(number).total for number in range(first, last))
    return timedelta(microseconds=(whole + worked - before) * (1 if at <= until else -1))


def next_window(calendar: WorkCalendar | Rotation, at: datetime) -> tuple[datetime, datetime]:
    """The whole window that `at` is in, else the next one; the end of a window is outside it."""
    start = micros(at)
    for window in calendar.timeline.windows(start, start + _HORIZON):
        return instant(window[0]), instant(window[1])
    raise NoWorkingTime(f"no working time in the {HORIZON_YEARS} years after {at.isoformat()}")


def is_working(calendar: WorkCalendar | Rotation, at: datetime) -> bool:
    start = micros(at)
    return any(True for _ in calendar.timeline.windows(start, start + 1))
