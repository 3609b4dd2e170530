"""Special days out of an iCalendar file (.ics), as Google, Outlook and others write them.

An event of whole days makes days off; one with times gives the hours of its day. Pure.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from core.i18n import _
from desk.errors import Invalid
from desk.recurrence import Rule
from desk.texts import decoded

MAX_BYTES = 512 * 1024
MAX_EVENTS = 2_000
MAX_REPEATING = 200
MAX_TURNS = 50_000  # of all events that repeat, together
DAY = timedelta(days=1)

Window = tuple[int, int]


@dataclass(frozen=True)
class Day:
    """`windows` in minutes of the day, empty for a day off; `name` = what the events are called."""

    day: date
    windows: tuple[Window, ...]
    name: str


@dataclass
class Read:
    """`earlier` = events that lie outside the time asked for; `unclear` = those left out because
    they can't be understood; `zones` = those that nobody knows, whose times were taken for the
    calendar's own."""

    days: list[Day] = field(default_factory=list)
    events: int = 0
    earlier: int = 0
    unclear: int = 0
    zones: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Event:
    """One that happens once; `start` and `end` by the wall clock of the calendar's zone."""

    start: datetime
    end: datetime
    is_whole: bool
    name: str


def read(data: bytes, zone: str, since: date, until: date) -> Read:
    """The days from `since` to before `until`. Invalid when it is no such file."""
    if len(data) > MAX_BYTES:
        raise Invalid(_("The file is too large: at most %(kb)s KB.", kb=MAX_BYTES // 1024), "ics")
    parts = _parts(data)
    found, happening = Read(), _Happening(ZoneInfo(zone), since, until, parts)
    events: list[Event] = []
    for part in parts:
        found.events += 1
        try:
            its = list(happening.of(part))
        except Invalid:
            raise
        except Exception:  # files of strangers hold anything; one event must not lose the others
            found.unclear += 1
            continue
        events += its
        found.zones |= _unknown_zone(part) if its else set()
        found.earlier += not its
    found.days = list(_days(events, since, until))
    return found


def _parts(data: bytes) -> list[Any]:
    text = decoded(data)
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
        parts = [part for each in calendars for part in each.walk("VEVENT")]
    except Exception as error:  # whatever the library stumbles over, it is no calendar to us
        raise Invalid(_("This is not a calendar file (.ics)."), "ics") from error
    if not parts and "BEGIN:VCALENDAR" in text and "END:VCALENDAR" not in text:
        raise Invalid(_("The file is cut off: its end is missing."), "ics")
    if not parts:
        raise Invalid(_("There is no event in this file."), "ics")
    if len(parts) > MAX_EVENTS:
        raise Invalid(_("At most %(n)s events in one file.", n=MAX_EVENTS), "ics")
    if sum("RRULE" in part for part in parts) > MAX_REPEATING:
        raise Invalid(_("At most %(n)s events that repeat in one file.", n=MAX_REPEATING), "ics")
    return parts


def _unknown_zone(part: Any) -> set[str]:
    start = part["DTSTART"]
    is_known = not isinstance(start.dt, datetime) or start.dt.tzinfo is not None
    return {str(start.params["TZID"])[:80]} if not is_known and "TZID" in start.params else set()


class _Happening:
    """When events happen, each turn of those that repeat."""

    def __init__(self, zone: ZoneInfo, since: date, until: date, parts: list[Any]) -> None:
        self.zone = zone
        self.moved: dict[str, list[Any]] = defaultdict(list)  # turns with an event of their own
        for part in parts:
            if "RECURRENCE-ID" in part:
                self.moved[str(part.get("UID", ""))].append(part["RECURRENCE-ID"])
        self.first, self.last = (datetime.combine(day, time()) for day in (since, until))
        self.turns = 0

    def of(self, part: Any) -> Iterator[Event]:
        if str(part.get("STATUS", "")).upper() == "CANCELLED":
            return
        start = part["DTSTART"].dt
        is_whole = not isinstance(start, datetime)
        own = ZoneInfo("UTC") if is_whole else start.tzinfo
        begins = datetime.combine(start, time()) if is_whole else start.replace(tzinfo=None)
        lasts = _length(part, start)
        name = " ".join(str(part.get("SUMMARY", "")).split())[:80]
        for turn in self._turns(part, begins, own):
            local, end = turn, turn + lasts
            if own is not None and not is_whole:
                local, end = self._here(turn, own), self._here(end, own)
            if local < self.last and end > self.first:
                whole = is_whole or (local.time() == end.time() == time() and end > local)
                if whole or end > local:
                    yield Event(local, end, whole, name)

    def _here(self, wall: datetime, own: Any) -> datetime:
        return wall.replace(tzinfo=own).astimezone(self.zone).replace(tzinfo=None)

    def _turns(self, part: Any, begins: datetime, own: Any) -> Iterator[datetime]:
        moved = self.moved[str(part.get("UID", ""))] if "RRULE" in part else []
        skipped = {_wall(each.dt, own) for each in [*_listed(part.get("EXDATE")), *moved]}
        turns = self._repeated(part, begins, own) if "RRULE" in part else iter([begins])
        for turn in turns:
            if turn not in skipped:
                yield turn
        for each in _listed(part.get("RDATE")):
            yield _wall(each.dt, own)

    def _repeated(self, part: Any, begins: datetime, own: Any) -> Iterator[datetime]:
        rule = dict(part["RRULE"])
        ends, most = rule.get("UNTIL", [None])[0], rule.get("COUNT", [None])[0]
        until = self.last + DAY
        if ends is not None:
            until = min(until, _end(ends, own))
        for number, turn in enumerate(Rule.of(rule).turns(begins, until)):
            self.turns += 1
            if self.turns > MAX_TURNS:
                raise Invalid(_("The events of this file repeat too often."), "ics")
            if most is not None and number >= most:
                return
            yield turn


def _length(part: Any, start: Any) -> timedelta:
    if "DTEND" in part:
        until: timedelta = part["DTEND"].dt - start
        return max(until, timedelta())
    if "DURATION" in part:
        lasts: timedelta = part["DURATION"].dt
        return max(lasts, timedelta())
    return timedelta() if isinstance(start, datetime) else DAY


def _listed(given: Any) -> list[Any]:
    lists = given if isinstance(given, list) else [given] if given is not None else []
    return [each for one in lists for each in one.dts]


def _wall(at: Any, own: Any) -> datetime:
    """By the wall clock of the event's own zone."""
    if not isinstance(at, datetime):
        return datetime.combine(at, time())
    return (at.astimezone(own) if at.tzinfo and own else at).replace(tzinfo=None)


def _end(until: Any, own: Any) -> datetime:
    is_day = not isinstance(until, datetime)
    return datetime.combine(until, time.max) if is_day else _wall(until, own)


def _days(events: list[Event], since: date, until: date) -> Iterator[Day]:
    """Hours win over whole days: on a day off with a duty, the duty is worked."""
    windows: dict[date, list[Window]] = {}
    names: dict[date, dict[str, None]] = {}
    for event in events:
        day = max(event.start.date(), since)
        while day < until and (day < event.end.date() or _touches(event, day)):
            its = windows.setdefault(day, [])
            if not event.is_whole:
                its.append(_window(event, day))
            names.setdefault(day, {})[event.name] = None
            day += DAY
    for day in sorted(windows):
        name = ", ".join(filter(None, names[day]))
        yield Day(day, tuple(_joined(windows[day])), name)


def _touches(event: Event, day: date) -> bool:
    return day == event.end.date() and event.end.time() != time()


def _window(event: Event, day: date) -> Window:
    midnight = datetime.combine(day, time())
    start = max(event.start - midnight, timedelta())
    end = min(event.end - midnight, DAY)
    return int(start.total_seconds()) // 60, int(end.total_seconds()) // 60


def _joined(windows: list[Window]) -> Iterator[Window]:
    last: Window | None = None
    for start, end in sorted(window for window in windows if window[0] < window[1]):
        if last and start <= last[1]:
            last = last[0], max(end, last[1])
            continue
        if last:
            yield last
        last = start, end
    if last:
        yield last
