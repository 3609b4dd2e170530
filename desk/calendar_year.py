"""A calendar as a year of twelve months: what each day is, and why, in words."""

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from core import clock
from core.i18n import N_, _, format_datetime, locale, zone
from desk.business_time import WorkCalendar
from desk.calendar_preview import said_hours
from desk.holidays_of import holidays_of

BACK, AHEAD = 5, 10  # years that can be looked at


class Mark(StrEnum):
    """What makes a day what it is; each has a shape of its own on the page."""

    WORK = "work"
    OFF = "off"
    HOLIDAY = "holiday"
    WORKED = "worked"  # a day of the weekend, in exchange for a day off
    OWN_OFF = "own-off"
    OWN_HOURS = "own-hours"


LEGEND = {
    Mark.HOLIDAY: N_("holiday"),
    Mark.WORKED: N_("worked in exchange"),
    Mark.OWN_OFF: N_("special: day off"),
    Mark.OWN_HOURS: N_("special: own hours"),
}


@dataclass(frozen=True)
class YearDay:
    day: date
    mark: Mark
    hours: str
    holiday: str
    name: str = ""  # of a special day

    @property
    def said(self) -> str:
        """For the list below its month; empty for a day as any other."""
        if self.mark == Mark.HOLIDAY:
            return self.holiday
        if self.mark == Mark.WORKED:
            return _("worked in exchange, %(hours)s", hours=self.hours)
        if self.mark == Mark.OWN_HOURS:
            told = _("special: %(hours)s", hours=self.hours)
            return f"{self.name}, {told}" if self.name else told
        return (self.name or _("special: day off")) if self.mark == Mark.OWN_OFF else ""

    @property
    def label(self) -> str:
        """Read aloud: 9 May, Saturday: Victory Day."""
        usual = self.hours or _("day off")
        return f"{written(self.day, 'd MMMM, EEEE')}: {self.said or usual}"


@dataclass(frozen=True)
class Month:
    """`weeks` from Monday, with None outside the month. `named` = days and what they are."""

    name: str
    number: int
    weeks: list[list[YearDay | None]]
    named: list[tuple[str, str, Mark]]


def months(calendar: WorkCalendar, year: int) -> Iterator[Month]:
    for number in range(1, 13):
        weeks = [
            [_day(calendar, day) if day.month == number else None for day in week]
            for week in Weeks().monthdatescalendar(year, number)
        ]
        days = [day for week in weeks for day in week if day]
        name = written(date(year, number, 1), "LLLL")
        yield Month(name, number, weeks, list(_named(days)))


def day_of(calendar: WorkCalendar, day: date) -> YearDay:
    return _day(calendar, day)


def _day(calendar: WorkCalendar, day: date) -> YearDay:
    windows, country = calendar.windows_on(day), calendar.holidays_country
    known = holidays_of(country, day.year, locale()) if country else None
    holiday = known.off.get(day, "") if known else ""
    if day in calendar.exceptions:
        mark = Mark.OWN_HOURS if windows else Mark.OWN_OFF
    elif holiday:
        mark = Mark.HOLIDAY
    elif known and day in known.worked and windows:
        mark = Mark.WORKED
    else:
        mark = Mark.WORK if windows else Mark.OFF
    return YearDay(day, mark, said_hours(windows), holiday, calendar.names.get(day, ""))


def _named(days: list[YearDay]) -> Iterator[tuple[str, str, Mark]]:
    """Neighbours that are the same together: 1–8, New Year's holidays."""
    for (said, mark), run in groupby(days, key=lambda each: (each.said, each.mark)):
        its = list(run)
        if said:
            first, last = its[0].day.day, its[-1].day.day
            yield (str(first) if first == last else f"{first}–{last}"), said, mark


def shown_year(asked: int | None) -> int:
    """The year asked for, within what can be looked at; else this year."""
    now = clock.now().year
    return min(max(asked or now, now - BACK), now + AHEAD)


def written(day: date, style: str) -> str:
    noon = datetime.combine(day, time(12), ZoneInfo(zone()))
    return format_datetime(noon, style)
