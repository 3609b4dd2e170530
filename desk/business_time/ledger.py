"""Stretches of time that count or do not, each with its reason: the ledger shown to people."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from desk.business_time.calendar import WorkCalendar
from desk.business_time.timeline import instant, micros


class Reason(StrEnum):
    """Why time counts or does not."""

    WINDOW = "window"
    BREAK = "break"  # between two windows of one day
    OUTSIDE = "outside"  # before the first window of a working day or after the last
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"


class Span(NamedTuple):
    """A stretch of time of one kind; `holiday` = the name of the holiday or special day."""

    start: datetime
    end: datetime
    counts: bool
    reason: Reason
    holiday: str | None = None


def spans(
    calendar: WorkCalendar, start: datetime, end: datetime, language: str = "en"
) -> Iterator[Span]:
    """[start, end) without gaps, in order; neighbours of one kind come as one span.

    `language` is that of the names of holidays.
    """
    last: Span | None = None
    for piece in _pieces(calendar, start, end, language):
        if last and last[2:] == piece[2:]:
            last = last._replace(end=piece.end)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last


def _pieces(
    calendar: WorkCalendar, start: datetime, end: datetime, language: str
) -> Iterator[Span]:
    at, until = micros(start), micros(end)
    for opens, closes in calendar.timeline.windows(at, until):
        yield from _idle(calendar, at, opens, language)
        at, opens = min(closes, until), max(at, opens)
        yield Span(instant(opens), instant(at), True, Reason.WINDOW)
    yield from _idle(calendar, at, until, language)


def _idle(calendar: WorkCalendar, at: int, until: int, language: str) -> Iterator[Span]:
    """Time between windows, cut at local midnights, for each day has its own reason."""
    while at < until:
        local = instant(at).astimezone(calendar.timeline.zone)
        end = min(until, _midnight_after(calendar, local.date()))
        reason, holiday = _reason(calendar, local, language)
        yield Span(instant(at), instant(end), False, reason, holiday)
        at = end


def _midnight_after(calendar: WorkCalendar, day: date) -> int:
    night = datetime.combine(day + timedelta(days=1), datetime.min.time(), calendar.timeline.zone)
    # Where clocks change at midnight it comes twice or never: the later reading is past the day.
    return max(micros(night), micros(night.replace(fold=1)))


def _reason(calendar: WorkCalendar, local: datetime, language: str) -> tuple[Reason, str | None]:
    windows, own = calendar.windows_on(local.date()), calendar.names.get(local.date())
    if windows:
        minute = local.hour * 60 + local.minute
        inside = windows[0][0] <= minute < windows[-1][1]
        return (Reason.BREAK if inside else Reason.OUTSIDE), own
    holiday = calendar.holiday_on(local.date(), language)
    return (Reason.HOLIDAY if holiday else Reason.DAY_OFF), holiday or own
