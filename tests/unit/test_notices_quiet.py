"""Quiet hours and digests: when a mail that comes up at an instant may leave."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desk.notices.quiet import (
    AT_ONCE,
    DAILY,
    DIGEST,
    HOURLY,
    QUIET,
    STORM,
    Quiet,
    due,
    held_by,
    quiet_until,
)

MOSCOW = "Europe/Moscow"
NIGHTS = Quiet(on=True, since="20:00", until="08:00")
WORKDAYS = frozenset(range(5))
WEEKENDS = Quiet(on=True, days=WORKDAYS, since="20:00", until="08:00", days_off=frozenset({5, 6}))


def local(text: str, zone: str = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("quiet", "at", "ends"),
    [
        (NIGHTS, "2026-03-02T12:00", None),
        (NIGHTS, "2026-03-02T19:59", None),
        (NIGHTS, "2026-03-02T20:00", "2026-03-03T08:00"),
        (NIGHTS, "2026-03-03T07:59", "2026-03-03T08:00"),
        (NIGHTS, "2026-03-03T08:00", None),
        (WEEKENDS, "2026-03-06T21:00", "2026-03-09T00:00"),  # Friday evening up to Monday
        (WEEKENDS, "2026-03-08T13:00", "2026-03-09T00:00"),
        (WEEKENDS, "2026-03-09T01:00", None),  # the night of a Sunday was not asked for
        (Quiet(on=False), "2026-03-02T23:00", None),
        (Quiet(on=True, since="13:00", until="14:00"), "2026-03-02T13:30", "2026-03-02T14:00"),
        (
            Quiet(on=True, days=frozenset({0}), since="22:00", until="06:00"),
            "2026-03-04T01:00",
            None,
        ),
    ],
)
def test_quiet_ends(quiet: Quiet, at: str, ends: str | None) -> None:
    assert quiet_until(quiet, MOSCOW, local(at)) == (local(ends) if ends else None)


def test_the_night_on_which_clocks_change() -> None:
    """In Berlin 28 March 2026, 23:00, to the next morning at 8 is an hour shorter than it looks."""
    began = local("2026-03-28T23:00", "Europe/Berlin")
    ends = quiet_until(NIGHTS, "Europe/Berlin", began)
    assert ends == local("2026-03-29T08:00", "Europe/Berlin")
    assert ends is not None
    assert (ends - began.astimezone(ends.tzinfo)).total_seconds() == 8 * 3600


@pytest.mark.parametrize(
    ("quiet", "digest", "at", "leaves"),
    [
        (Quiet(), HOURLY, "2026-03-02T12:10", "2026-03-02T13:00"),
        (Quiet(), HOURLY, "2026-03-02T12:00", "2026-03-02T13:00"),
        (Quiet(), DAILY, "2026-03-02T08:59", "2026-03-02T09:00"),
        (Quiet(), DAILY, "2026-03-02T09:00", "2026-03-03T09:00"),
        (NIGHTS, HOURLY, "2026-03-02T19:30", "2026-03-03T08:00"),
        (NIGHTS, DAILY, "2026-03-02T23:00", "2026-03-03T09:00"),
        (WEEKENDS, DAILY, "2026-03-06T12:00", "2026-03-09T00:00"),
    ],
)
def test_a_digest_leaves(quiet: Quiet, digest: str, at: str, leaves: str) -> None:
    assert due(quiet, digest, "09:00", MOSCOW, local(at)) == local(leaves)


def test_the_hour_is_that_of_the_wall() -> None:
    """In Kathmandu full hours come fifteen minutes after those of Greenwich."""
    at = local("2026-03-02T12:10", "Asia/Kathmandu")
    leaves = due(Quiet(), HOURLY, "09:00", "Asia/Kathmandu", at)
    assert leaves == local("2026-03-02T13:00", "Asia/Kathmandu")


@pytest.mark.parametrize(
    ("quiet", "digest", "leaves", "why"),
    [
        (NIGHTS, AT_ONCE, "2026-03-03T08:00", QUIET),
        (NIGHTS, AT_ONCE, "2026-03-03T12:10", STORM),
        (Quiet(), AT_ONCE, "2026-03-03T08:00", STORM),
        (NIGHTS, HOURLY, "2026-03-03T08:00", QUIET),
        (NIGHTS, HOURLY, "2026-03-03T12:00", DIGEST),
        (NIGHTS, DAILY, "2026-03-03T09:00", DIGEST),
        (NIGHTS, DAILY, "2026-03-03T08:00", QUIET),
        (Quiet(on=True, since="20:00", until="09:00"), DAILY, "2026-03-03T09:00", DIGEST),
        (Quiet(), DAILY, "2026-03-03T09:01", DIGEST),  # the clock on the wall jumped over it
    ],
)
def test_what_holds_a_mail(quiet: Quiet, digest: str, leaves: str, why: str) -> None:
    assert held_by(quiet, digest, "09:00", MOSCOW, local(leaves)) == why
