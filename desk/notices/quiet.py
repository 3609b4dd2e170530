"""Quiet hours and digests: when a mail that comes up now may leave. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

AT_ONCE, HOURLY, DAILY = "at_once", "hourly", "daily"
QUIET, DIGEST, STORM = "quiet", "digest", "storm"
AHEAD = 9  # days that are looked at: a week that is quiet altogether is refused when saved
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Quiet:
    """Hours on some days of the week (0 = Monday) and whole days, in the person's zone.

    Hours that end before they begin end the next morning. `late_breaks`: a ticket that is late is
    told of nevertheless, at once.
    """

    on: bool = False
    days: frozenset[int] = frozenset(range(7))
    since: str = "20:00"
    until: str = "08:00"
    days_off: frozenset[int] = frozenset()
    late_breaks: bool = False


def quiet_until(quiet: Quiet, zone: str, at: datetime) -> datetime | None:
    """When the quiet that reigns at this instant ends; None when it is not quiet."""
    if not quiet.on:
        return None
    end: datetime | None = None
    for begins, ends in sorted(_stretches(quiet, ZoneInfo(zone), at)):
        if begins <= (end or at) < ends:
            end = ends
    return end


def due(quiet: Quiet, digest: str, digest_at: str, zone: str, at: datetime) -> datetime:
    """When a mail that comes up at this instant may leave; the instant itself = at once."""
    place = ZoneInfo(zone)
    leaves = at
    if digest == HOURLY:
        leaves = _next_hour(at, place)
    elif digest == DAILY:
        leaves = _next_time(at, time.fromisoformat(digest_at), place)
    return quiet_until(quiet, zone, leaves) or leaves


def held_by(quiet: Quiet, digest: str, digest_at: str, zone: str, until: datetime) -> str:
    """What keeps a mail that leaves at this instant; by what is chosen now, which moves it."""
    if digest == DAILY and f"{until.astimezone(ZoneInfo(zone)):%H:%M}" == digest_at:
        return DIGEST
    if quiet_until(quiet, zone, until - timedelta(microseconds=1)) == until:
        return QUIET
    return STORM if digest == AT_ONCE else DIGEST


def _stretches(quiet: Quiet, zone: ZoneInfo, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    today = at.astimezone(zone).date()
    since, until = time.fromisoformat(quiet.since), time.fromisoformat(quiet.until)
    for day in (today + DAY * ahead for ahead in range(-1, AHEAD)):
        if day.weekday() in quiet.days:
            last = day if since < until else day + DAY
            yield _instant(day, since, zone), _instant(last, until, zone)
        if day.weekday() in quiet.days_off:
            yield _instant(day, time(), zone), _instant(day + DAY, time(), zone)


def _next_hour(at: datetime, zone: ZoneInfo) -> datetime:
    """The next full hour of the clock on the wall; counted in elapsed time, so never skipped."""
    local = at.astimezone(zone)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return at - past + timedelta(hours=1)


def _next_time(at: datetime, wanted: time, zone: ZoneInfo) -> datetime:
    today = at.astimezone(zone).date()
    for day in (today, today + DAY):
        found = _instant(day, wanted, zone)
        if found > at:
            return found
    return _instant(today + 2 * DAY, wanted, zone)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
