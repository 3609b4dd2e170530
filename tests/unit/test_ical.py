"""Calendar files of Google, Outlook and others, and those that want to do harm."""

from datetime import date, timedelta

import pytest

from core import clock
from desk import ical
from desk.errors import Invalid

SINCE, UNTIL = date(2026, 1, 1), date(2028, 1, 1)
OFF: tuple[tuple[int, int], ...] = ()

GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Выходные
X-WR-TIMEZONE:Europe/Moscow
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260612
DTEND;VALUE=DATE:20260613
DTSTAMP:20250801T000000Z
UID:russia-day@google.com
CLASS:PUBLIC
STATUS:CONFIRMED
SUMMARY:День России
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20260101
DTEND;VALUE=DATE:20260109
DTSTAMP:20250801T000000Z
UID:new-year@google.com
SUMMARY:Новогодние
  каникулы
END:VEVENT
BEGIN:VEVENT
DTSTART:20260306T060000Z
DTEND:20260306T130000Z
DTSTAMP:20250801T000000Z
UID:short@google.com
SUMMARY:Короткий день
END:VEVENT
END:VCALENDAR
"""

OUTLOOK = """BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Russian Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
DTSTART;TZID="Russian Standard Time":20260504T000000
DTEND;TZID="Russian Standard Time":20260506T000000
DTSTAMP:20260301T090000Z
SUMMARY;LANGUAGE=ru:Переезд
UID:040000008200E00074C5B7101A82E008
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
X-MICROSOFT-CDO-BUSYSTATUS:OOF
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID="Russian Standard Time":20260508T090000
DTEND;TZID="Russian Standard Time":20260508T150000
DTSTAMP:20260301T090000Z
SUMMARY;LANGUAGE=ru:До праздника
UID:040000008200E00074C5B7101A82E009
END:VEVENT
END:VCALENDAR
"""


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"])


def file(*events: str) -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    return "\r\n".join("\n".join([*head, *events, "END:VCALENDAR", ""]).split("\n")).encode()


def read(data: bytes, zone: str = "Europe/Moscow") -> ical.Read:
    return ical.read(data, zone, SINCE, UNTIL)


def days(data: bytes, zone: str = "Europe/Moscow") -> dict[str, tuple[tuple[int, int], ...]]:
    return {each.day.isoformat(): each.windows for each in read(data, zone).days}


def test_of_google() -> None:
    found = read(GOOGLE.encode())
    assert (found.events, found.earlier, found.unclear) == (3, 0, 0)
    by_day = {each.day.isoformat(): (each.windows, each.name) for each in found.days}
    assert by_day["2026-06-12"] == (OFF, "День России")
    assert by_day["2026-01-08"] == (OFF, "Новогодние каникулы")
    assert "2026-01-09" not in by_day
    assert by_day["2026-03-06"] == (((540, 960),), "Короткий день")
    assert len(by_day) == 10


def test_of_outlook() -> None:
    """Midnight to midnight is whole days; its names of zones are understood."""
    assert days(OUTLOOK.encode()) == {
        "2026-05-04": OFF,
        "2026-05-05": OFF,
        "2026-05-08": ((540, 900),),
    }


def test_times_are_those_of_the_calendars_zone() -> None:
    data = file(event("UID:1", "DTSTART:20260306T200000Z", "DTEND:20260306T230000Z"))
    assert days(data, "UTC") == {"2026-03-06": ((1200, 1380),)}
    assert days(data, "Europe/Moscow") == {"2026-03-06": ((1380, 1440),), "2026-03-07": ((0, 120),)}
    floating = file(event("UID:1", "DTSTART:20260306T100000", "DURATION:PT2H"))
    assert days(floating, "Asia/Tokyo") == {"2026-03-06": ((600, 720),)}


def test_a_zone_that_nobody_knows_is_told() -> None:
    mars = event("UID:1", "DTSTART;TZID=Mars/Olympus:20260306T100000", "DURATION:PT2H")
    read = ical.read(file(mars), "Asia/Tokyo", SINCE, UNTIL)
    assert (read.zones, read.days[0].windows) == ({"Mars/Olympus"}, ((600, 720),))
    known = event("UID:1", "DTSTART;TZID=Europe/Berlin:20260306T100000", "DURATION:PT2H")
    floating = event("UID:2", "DTSTART:20260306T100000", "DURATION:PT2H")
    assert ical.read(file(known, floating), "Asia/Tokyo", SINCE, UNTIL).zones == set()


def test_several_of_one_day_are_its_hours() -> None:
    data = file(
        event("UID:1", "DTSTART;VALUE=DATE:20260310"),
        event("UID:2", "DTSTART:20260310T060000Z", "DTEND:20260310T080000Z"),
        event("UID:3", "DTSTART:20260310T073000Z", "DTEND:20260310T090000Z"),
        event("UID:4", "DTSTART:20260310T110000Z", "DTEND:20260310T120000Z"),
    )
    assert days(data) == {"2026-03-10": ((540, 720), (840, 900))}


def test_what_repeats_is_laid_out_within_the_time() -> None:
    yearly = event("UID:1", "DTSTART;VALUE=DATE:19990509", "RRULE:FREQ=YEARLY")
    assert list(days(file(yearly))) == ["2026-05-09", "2027-05-09"]
    counted = event("UID:1", "DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert list(days(file(counted))) == ["2026-01-05", "2026-01-12", "2026-01-19"]
    last = "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260401T000000Z"
    fridays = event("UID:1", "DTSTART:20260130T060000Z", "DTEND:20260130T120000Z", last)
    assert list(days(file(fridays))) == ["2026-01-30", "2026-02-27", "2026-03-27"]


def test_turns_that_were_moved_or_taken_out() -> None:
    data = file(
        event(
            "UID:1",
            "DTSTART;VALUE=DATE:20260105",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE;VALUE=DATE:20260112",
            "RDATE;VALUE=DATE:20260301",
        ),
        event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260119", "DTSTART;VALUE=DATE:20260121"),
        event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260126", "STATUS:CANCELLED"),
    )
    assert list(days(data)) == ["2026-01-05", "2026-01-21", "2026-03-01"]


def test_the_hour_stays_when_the_clocks_change() -> None:
    data = file(
        event(
            "UID:1",
            "DTSTART;TZID=Europe/Berlin:20260323T090000",
            "DTEND;TZID=Europe/Berlin:20260323T120000",
            "RRULE:FREQ=WEEKLY;COUNT=2",
        )
    )
    assert days(data, "Europe/Berlin") == {
        "2026-03-23": ((540, 720),),
        "2026-03-30": ((540, 720),),
    }
    assert days(data)["2026-03-30"] == ((600, 780),)


def test_what_cannot_be_understood_is_counted_and_left_out() -> None:
    data = file(
        event("UID:1", "SUMMARY:без начала"),
        event("UID:2", "DTSTART:вчера"),
        event("UID:3", "DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=SECONDLY"),
        event("UID:4", "DTSTART:20260105T100000Z"),
        event("UID:5", "DTSTART;VALUE=DATE:20250105"),
        event("UID:6", "DTSTART;VALUE=DATE:20260106"),
    )
    found = read(data)
    assert [each.day.isoformat() for each in found.days] == ["2026-01-06"]
    assert (found.events, found.earlier, found.unclear) == (6, 2, 3)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "Привет".encode("cp1251"),
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        file(*[event(f"UID:{n}", "DTSTART;VALUE=DATE:20260105") for n in range(2001)]),
        file(*[event(f"UID:{n}", "DTSTART:20260105", "RRULE:FREQ=DAILY") for n in range(201)]),
        b"x" * (ical.MAX_BYTES + 1),
    ],
    ids=["empty", "picture", "text", "cut", "no event", "many", "many that repeat", "large"],
)  # fmt: skip
def test_files_that_are_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read(data)
    assert refused.value.field == "ics"


def test_turns_without_end_are_stopped() -> None:
    old = ("DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=DAILY")
    with pytest.raises(Invalid, match="слишком часто|too often"):
        read(file(*[event(f"UID:{n}", *old) for n in range(3)]))
    elapsed = clock.stopwatch()
    never = ("DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    assert read(file(event("UID:1", *never))).days == []
    assert elapsed() < timedelta(seconds=5) / timedelta(milliseconds=1)
