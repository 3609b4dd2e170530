"""The only place the program reads the time."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _system


def now() -> datetime:
    """The present instant, aware, UTC."""
    return _source()


def today(zone: str) -> date:
    """The calendar day it is now in the given IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def stopwatch() -> Callable[[], float]:
    """Start measuring; calling the result gives elapsed milliseconds. Never frozen."""
    began = time.perf_counter()
    return lambda: (time.perf_counter() - began) * 1000


class Frozen:
    """A clock that moves only when told to."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("naive datetime")
        self.at = at.astimezone(UTC)

    def advance(self, **delta: float) -> datetime:
        """Move on by a timedelta given in keywords (minutes=15) and return the new instant."""
        self.at += timedelta(**delta)
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)


@contextmanager
def freeze(at: datetime) -> Iterator[Frozen]:
    """Stop the clock of the whole process at an aware instant."""
    global _source  # the one switch of the one clock
    before, frozen = _source, Frozen(at)
    _source = lambda: frozen.at  # noqa: E731 - a two-line def would say no more
    try:
        yield frozen
    finally:
        _source = before
