"""What a calendar comes to: the days ahead, and when amounts of working time are over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

from core import clock
from core.i18n import format_datetime, locale, use_locale, zone
from core.when import stamp
from desk.business_time import NoWorkingTime, WorkCalendar, add_working_time

AHEAD = 30
EXAMPLES = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=8))
FIRST_HOUR, LAST_HOUR = 8, 18  # what a week shows at least


@dataclass(frozen=True)
class Day:
    """`windows` in minutes of the day; `holiday` = its name; `special`: by an exception, which
    may have a `name`."""

    day: date
    windows: tuple[tuple[int, int], ...]
    holiday: str | None
    special: bool
    name: str = ""

    @property
    def written(self) -> str:
        """2 Nov."""
        noon = datetime.combine(self.day, time(12), ZoneInfo(zone()))
        return format_datetime(noon, "d MMM")

    @property
    def hours(self) -> str:
        return said_hours(self.windows)


def said_hours(windows: Iterable[tuple[int, int]]) -> str:
    """9:00–13:00, 14:00–18:00."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in windows)


def days(calendar: WorkCalendar, count: int = AHEAD) -> list[Day]:
    """From today in the calendar's own zone; holidays named in the reader's language."""
    today = clock.today(calendar.zone)
    return [_day(calendar, today + timedelta(days=number)) for number in range(count)]


def _day(calendar: WorkCalendar, day: date) -> Day:
    return Day(
        day,
        calendar.windows_on(day),
        calendar.holiday_on(day, locale()),
        day in calendar.exceptions,
        calendar.names.get(day, ""),
    )


def examples(calendar: WorkCalendar) -> list[tuple[timedelta, datetime | None]]:
    """Amounts of working time from now, and when each is over; None for never."""
    minutes = [int(amount.total_seconds()) // 60 for amount in EXAMPLES]
    return list(zip(EXAMPLES, due(calendar, minutes), strict=True))


def due(calendar: WorkCalendar, minutes: Iterable[int]) -> Iterator[datetime | None]:
    """When so many working minutes from now are over; None for never."""
    for each in minutes:
        try:
            yield add_working_time(calendar, clock.now(), timedelta(minutes=each))
        except NoWorkingTime:
            yield None


def there(calendar: WorkCalendar, at: datetime) -> str:
    """In the calendar's own time, as its week is drawn; with the place, if readers have another."""
    with use_locale(locale(), calendar.zone):
        said = stamp(at)
    place = elsewhere(calendar)
    return f"{said} ({place})" if place else said


def elsewhere(calendar: WorkCalendar) -> str:
    """The place whose time the calendar goes by; empty when it is the reader's time."""
    if calendar.zone == zone():
        return ""
    return get_timezone_location(ZoneInfo(calendar.zone), locale=locale(), return_city=True)


def usual_week(calendar: WorkCalendar) -> int:
    """Working time of a usual week, seconds."""
    return sum(end - start for day in calendar.week for start, end in day) * 60


def bounds(shown: list[Day]) -> tuple[int, int]:
    """The first and the last even hour that a drawing of these days needs."""
    windows = [window for each in shown for window in each.windows]
    first = min([FIRST_HOUR, *(start // 60 for start, _end in windows)])
    last = max([LAST_HOUR, *(-(-end // 60) for _start, end in windows)])
    return first - first % 2, last + last % 2


def minute_now(calendar: WorkCalendar) -> int:
    local = clock.now().astimezone(ZoneInfo(calendar.zone))
    return local.hour * 60 + local.minute


def short(start: int, end: int) -> str:
    """9–18, 9:30–13."""
    return f"{_clock(start).removesuffix(':00')}–{_clock(end).removesuffix(':00')}"


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
