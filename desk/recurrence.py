"""Turns of calendar events that repeat (RFC 5545, RRULE), as far as people use them.

Walked period by period up to an end, so a rule that never fits ends too: what a general library
does then is look on until the year 9999. Pure.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = {
    *("FREQ", "INTERVAL", "WKST", "COUNT", "UNTIL"),
    *("BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"),
}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """`days` = (which one in its month or year, 0 for each; weekday)."""

    frequency: str
    interval: int
    days: tuple[tuple[int, int], ...]
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    places: tuple[int, ...]  # of all in one period
    week_start: int

    @classmethod
    def of(cls, parts: Mapping[str, Sequence[Any]]) -> Self:
        """ValueError for what is not understood."""
        unknown = set(parts) - PARTS
        frequency, interval = str(parts["FREQ"][0]), int(parts.get("INTERVAL", [1])[0])
        if unknown or frequency not in _DAYS_OF or interval < 1:
            raise ValueError(dict(parts))
        return cls(
            frequency,
            interval,
            tuple(_weekday(str(each)) for each in parts.get("BYDAY", ())),
            tuple(int(each) for each in parts.get("BYMONTHDAY", ())),
            tuple(int(each) for each in parts.get("BYMONTH", ())),
            tuple(int(each) for each in parts.get("BYSETPOS", ())),
            WEEKDAYS.index(str(parts.get("WKST", ["MO"])[0])),
        )

    def turns(self, begins: datetime, until: datetime) -> Iterator[datetime]:
        """From `begins` on, in order, none after `until`; each at the time of day of the first."""
        for period in self._periods(begins.date(), until.date()):
            for day in self._placed(sorted(_DAYS_OF[self.frequency](self, period, begins.date()))):
                turn = datetime.combine(day, begins.time())
                if begins <= turn <= until:
                    yield turn

    def _periods(self, first: date, last: date) -> Iterator[date]:
        """The first day of each."""
        if self.frequency in ("DAILY", "WEEKLY"):
            back = (first.weekday() - self.week_start) % 7 if self.frequency == "WEEKLY" else 0
            at, step = first - back * DAY, (7 if self.frequency == "WEEKLY" else 1) * self.interval
            while at <= last:
                yield at
                at += step * DAY
            return
        months = self.interval * (12 if self.frequency == "YEARLY" else 1)
        number = first.year * 12 + (0 if self.frequency == "YEARLY" else first.month - 1)
        while number <= last.year * 12 + last.month - 1:
            yield date(number // 12, number % 12 + 1, 1)
            number += months

    def _placed(self, days: list[date]) -> Iterator[date]:
        if not self.places:
            yield from days
            return
        count = len(days)
        found = {at - 1 if at > 0 else count + at for at in self.places if at}
        yield from (days[at] for at in sorted(found) if 0 <= at < count)

    def _fits(self, day: date) -> bool:
        """The month, the day of the month, the weekday, where they are asked for."""
        if self.months and day.month not in self.months:
            return False
        if self.month_days and day not in _month_days(day, self.month_days):
            return False
        return not self.days or day.weekday() in {weekday for _which, weekday in self.days}

    def _in_month(self, month: date, day: int) -> set[date]:
        """Of one month; `day` = of the first turn, for a rule that names none."""
        if self.months and month.month not in self.months:
            return set()
        if self.month_days:
            return {each for each in _month_days(month, self.month_days) if self._fits(each)}
        last = monthrange(month.year, month.month)[1]
        if self.days:
            return _weekdays(month, month.replace(day=last), self.days)
        return {month.replace(day=day)} if day <= last else set()


def _of_day(rule: Rule, period: date, first: date) -> set[date]:
    return {period} if rule._fits(period) else set()


def _of_week(rule: Rule, period: date, first: date) -> set[date]:
    week = [period + number * DAY for number in range(7)]
    if not rule.days:
        week = [day for day in week if day.weekday() == first.weekday()]
    return {day for day in week if rule._fits(day)}


def _of_month(rule: Rule, period: date, first: date) -> set[date]:
    return rule._in_month(period, first.day)


def _of_year(rule: Rule, period: date, first: date) -> set[date]:
    if rule.days and not rule.months and not rule.month_days:
        return _weekdays(period, period.replace(month=12, day=31), rule.days)
    months = rule.months or (range(1, 13) if rule.month_days else (first.month,))
    return {
        day for month in months for day in rule._in_month(period.replace(month=month), first.day)
    }


_DAYS_OF = {"DAILY": _of_day, "WEEKLY": _of_week, "MONTHLY": _of_month, "YEARLY": _of_year}


def _month_days(month: date, wanted: Sequence[int]) -> set[date]:
    """Counted from the end when negative."""
    last = monthrange(month.year, month.month)[1]
    days = {each if each > 0 else last + 1 + each for each in wanted}
    return {month.replace(day=day) for day in days if 1 <= day <= last}


def _weekdays(first: date, last: date, wanted: Sequence[tuple[int, int]]) -> set[date]:
    """Each such day from the first to the last, or the which-th from the start or the end."""
    found: set[date] = set()
    for which, weekday in wanted:
        at = first + (weekday - first.weekday()) % 7 * DAY
        every = [at + number * 7 * DAY for number in range(((last - at).days // 7) + 1)]
        if not which:
            found.update(every)
        elif abs(which) <= len(every):
            found.add(every[which - 1 if which > 0 else which])
    return found


def _weekday(text: str) -> tuple[int, int]:
    """MO, 2TU, -1FR."""
    which = text[:-2]
    return int(which) if which else 0, WEEKDAYS.index(text[-2:])
