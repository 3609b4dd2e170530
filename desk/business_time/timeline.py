"""The windows of a calendar on the line of UTC microseconds, laid out four weeks at a time."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

Window = tuple[int, int]
Windows = tuple[Window, ...]

DAY_MINUTES = 1440
DAY_SECONDS = 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
SECOND = 1_000_000
MICROSECOND = timedelta(microseconds=1)
BLOCK_DAYS = 28
BLOCK = BLOCK_DAYS * DAY_SECONDS * SECOND


class Block(NamedTuple):
    """Windows that start within one block, and the working time from its start to each end."""

    starts: list[int]
    ends: list[int]
    worked: list[int]

    @property
    def total(self) -> int:
        return self.worked[-1] if self.worked else 0


class Timeline:
    """An instant works when the local wall clock shows a time inside a window.

    So what the clocks skip in spring is not counted, and what they repeat in autumn counts twice.
    """

    def __init__(self, zone: ZoneInfo, windows_on: Callable[[date], Windows]) -> None:
        self.zone = zone
        self._windows_on = windows_on
        self._blocks: dict[int, Block] = {}

    def block(self, number: int) -> Block:
        known = self._blocks.get(number)
        if known is None:
            known = self._blocks[number] = self._lay_out(number)
        return known

    def _lay_out(self, number: int) -> Block:
        first = EPOCH_DAY + number * BLOCK_DAYS
        # A local day may begin up to a day away from the UTC day of the same date.
        days = range(max(first - 1, 1), min(first + BLOCK_DAYS + 1, date.max.toordinal()))
        laid = sorted(
            (start * SECOND, end * SECOND)
            for day in map(date.fromordinal, days)
            for start, end in seconds_of(self.zone, day, self._windows_on(day))
        )
        inside = [piece for piece in laid if piece[0] // BLOCK == number]
        worked = list(accumulate(end - start for start, end in inside))
        return Block([start for start, _ in inside], [end for _, end in inside], worked)

    def position(self, at: int) -> tuple[int, int]:
        """The block that `at` falls in and the working time from the block's start to `at`.

        A window that runs over the edge belongs to the block of its start.
        """
        number = at // BLOCK
        block = self.block(number)
        index = bisect_right(block.starts, at) - 1
        if index >= 0:
            return number, block.worked[index] - max(block.ends[index] - at, 0)
        before = self.block(number - 1)
        if before.ends and before.ends[-1] > at:
            return number - 1, before.total - (before.ends[-1] - at)
        return number, 0

    def windows(self, start: int, end: int) -> Iterator[Window]:
        """Whole windows that share an instant with [start, end), in order."""
        if start >= end:
            return
        for number in range(self.position(start)[0], end // BLOCK + 1):
            block = self.block(number)
            for index in range(bisect_right(block.ends, start), len(block.starts)):
                if block.starts[index] >= end:
                    return
                yield block.starts[index], block.ends[index]


def seconds_of(zone: ZoneInfo, day: date, windows: Windows) -> list[Window]:
    """A local day's windows in UTC seconds; a window cut by a change of the clock is in pieces."""
    if not windows:
        return []
    midnight = (day.toordinal() - EPOCH_DAY) * DAY_SECONDS
    before, after = _offset(zone, day, 0), _offset(zone, day + timedelta(days=1), 1)
    local = [(midnight + start * 60, midnight + end * 60) for start, end in windows]
    if before == after:
        return [(start - before, end - before) for start, end in local]
    turn = _turn(zone, midnight - max(before, after), midnight + DAY_SECONDS - min(before, after))
    old = [(start - before, min(end - before, turn)) for start, end in local]
    new = [(max(start - after, turn), end - after) for start, end in local]
    return _joined(sorted(piece for piece in old + new if piece[0] < piece[1]), turn)


def _joined(pieces: list[Window], turn: int) -> list[Window]:
    joined: list[Window] = []
    for start, end in pieces:
        if joined and joined[-1][1] == start == turn:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _offset(zone: ZoneInfo, day: date, fold: int) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone, fold=fold)
    return _seconds(midnight.utcoffset())


def _turn(zone: ZoneInfo, low: int, high: int) -> int:
    """The second between `low` and `high` at which the zone's offset changes."""
    old = _offset_at(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset_at(zone, middle) == old else (low, middle)
    return high


def _offset_at(zone: ZoneInfo, second: int) -> int:
    return _seconds((EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset())


def _seconds(offset: timedelta | None) -> int:
    return int((offset or timedelta()).total_seconds())


def micros(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def instant(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)
