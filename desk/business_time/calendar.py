"""A calendar of working windows: a week, the holidays of a country, exceptions by date."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk.business_time.timeline import DAY_MINUTES, Timeline, Windows
from desk.holidays_of import holidays_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class WorkCalendar:
    """Working windows by local wall clock, in minutes of the day; the end is not included.

    Exceptions win over holidays, holidays over the week: an empty exception is a day off, any
    other gives that day's hours. A weekend day worked in exchange for a day off keeps its own
    hours, or has those of the last working day before it in the week.
    """

    zone: str
    week: tuple[Windows, ...]
    exceptions: Mapping[date, Windows] = field(default_factory=dict, hash=False)
    names: Mapping[date, str] = field(default_factory=dict, hash=False, kw_only=True)  # of these
    holidays_country: str | None = None
    timeline: Timeline = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != len(WEEKDAYS):
            raise ValueError(f"a week has 7 days, not {len(self.week)}")
        for name, windows in zip(WEEKDAYS, self.week, strict=True):
            _check(windows, name)
        for day, windows in self.exceptions.items():
            _check(windows, day.isoformat())
        if self.holidays_country is not None:
            holidays_of(self.holidays_country, 2000)
        object.__setattr__(self, "exceptions", MappingProxyType(dict(self.exceptions)))
        object.__setattr__(self, "timeline", Timeline(_zone(self.zone), self.windows_on))

    @classmethod
    def from_row(
        cls,
        zone: str,
        week: Sequence[Any],
        holidays_country: str | None,
        exceptions: Mapping[str, Any],
    ) -> Self:
        """From what JSON holds: [[["09:00", "13:00"], ...] x 7 from Monday], {"2026-05-09": [] or
        {"name": "Stocktaking", "hours": []}}."""
        special = {date.fromisoformat(day): named(kept) for day, kept in exceptions.items()}
        return cls(
            zone,
            tuple(_windows(day) for day in week),
            {day: _windows(hours) for day, (_name, hours) in special.items()},
            holidays_country or None,
            names={day: name for day, (name, _hours) in special.items() if name},
        )

    @classmethod
    def always(cls, zone: str = "UTC") -> Self:
        """Day and night, every day of the year."""
        return cls(zone, (((0, DAY_MINUTES),),) * 7)

    def windows_on(self, day: date) -> Windows:
        """The windows of a local day."""
        special = self.exceptions.get(day)
        if special is not None:
            return special
        usual = self.week[day.weekday()]
        if self.holidays_country is None:
            return usual
        known = holidays_of(self.holidays_country, day.year)
        if day in known.off:
            return ()
        return usual or (self._hours_before(day.weekday()) if day in known.worked else ())

    def holiday_on(self, day: date, language: str = "en") -> str | None:
        """The name of the holiday that makes this a day off; None when something else does."""
        if self.holidays_country is None or day in self.exceptions:
            return None
        return holidays_of(self.holidays_country, day.year, language).off.get(day)

    def _hours_before(self, weekday: int) -> Windows:
        earlier = (self.week[(weekday - back) % 7] for back in range(1, 7))
        return next(filter(None, earlier), ())


def named(kept: Any) -> tuple[str, Sequence[Any]]:
    """The name of a special day and its hours, as JSON holds it; without a name the hours alone."""
    return (kept["name"], kept["hours"]) if isinstance(kept, Mapping) else ("", kept)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"unknown time zone: {name!r}") from error


def _check(windows: Windows, day: str) -> None:
    last = 0
    for start, end in windows:
        if not 0 <= start < end <= DAY_MINUTES:
            raise ValueError(
                f"{day}: a window starts before it ends, within one day; "
                "a night is written as two windows, up to 24:00 and from 00:00"
            )
        if start < last:
            raise ValueError(f"{day}: windows overlap or are out of order")
        last = end


def _windows(day: Sequence[Sequence[str]]) -> Windows:
    try:
        return tuple(sorted((_minute(start), _minute(end)) for start, end in day))
    except TypeError as error:
        raise ValueError(f"not a list of windows: {day!r}") from error


def _minute(clock: str) -> int:
    parts = re.fullmatch(r"(\d{1,2}):([0-5]\d)", clock)
    minute = int(parts[1]) * 60 + int(parts[2]) if parts else DAY_MINUTES + 1
    if minute > DAY_MINUTES:
        raise ValueError(f"not a time of day: {clock!r}")
    return minute
