"""When the demo company's stories happen, seen from any present."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo import read
from demo.furnish import week_of
from demo.timetable import Timetable, amount
from desk.business_time import WorkCalendar, is_working

MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY_NOON = datetime(2026, 11, 20, 12, 8, tzinfo=MOSCOW)
PRESENTS = {
    "friday noon": FRIDAY_NOON,
    "monday midnight": datetime(2026, 11, 23, 0, 5, tzinfo=MOSCOW),
    "sunday evening": datetime(2026, 11, 22, 23, 50, tzinfo=MOSCOW),
    "early morning": datetime(2026, 9, 1, 6, 30, tzinfo=MOSCOW),
    "in the holidays of new year": datetime(2027, 1, 4, 15, 0, tzinfo=MOSCOW),
    "after the holidays of may": datetime(2027, 5, 11, 9, 1, tzinfo=MOSCOW),
    "lunch": datetime(2028, 2, 29, 13, 30, tzinfo=MOSCOW),
}


def calendar(number: int) -> WorkCalendar:
    row = read.company()["calendars"][number]
    return WorkCalendar.from_row(row["zone"], week_of(row["week"]), row["holidays"], {})


def timetable(now: datetime) -> Timetable:
    office, couriers = calendar(0), calendar(1)
    hours = {
        person["key"]: couriers if person.get("hours") == "couriers" else office
        for person in read.company()["staff"]
    }
    return Timetable(now, office, hours)


@pytest.mark.parametrize("now", PRESENTS.values(), ids=PRESENTS)
def test_every_story_is_over_when_it_is_told(now: datetime) -> None:
    times = timetable(now)
    for story in read.stories():
        found = times.of(story)
        assert found == sorted(found), story.key
        assert found[-1] < now, story.key
        assert found[0] > now - timedelta(days=60), story.key


@pytest.mark.parametrize("now", PRESENTS.values(), ids=PRESENTS)
def test_stories_are_opened_in_the_order_of_the_files(now: datetime) -> None:
    opened = [timetable(now).opened(story.opened) for story in read.stories()]
    assert opened == sorted(opened)


@pytest.mark.parametrize("now", PRESENTS.values(), ids=PRESENTS)
def test_the_staff_keep_their_hours(now: datetime) -> None:
    times = timetable(now)
    for story in read.stories():
        for moment, at in zip(story.then, times.of(story)[1:], strict=True):
            if moment.by in times.hours and moment.after:
                just_before = at - timedelta(seconds=1)
                assert is_working(times.hours[moment.by], just_before), (story.key, moment.after)


def test_working_days_leave_out_weekends_and_holidays() -> None:
    monday = timetable(datetime(2026, 11, 23, 10, 0, tzinfo=MOSCOW))
    assert monday.working_day(1).isoformat() == "2026-11-20"
    january = timetable(datetime(2027, 1, 4, 15, 0, tzinfo=MOSCOW))
    assert january.working_day(1) < datetime(2027, 1, 1).date()  # noqa: DTZ001 - a day, no instant


def test_lengths_of_time_are_read() -> None:
    assert amount("1h 5m") == timedelta(hours=1, minutes=5)
    assert amount("2d", day=timedelta(hours=8)) == timedelta(hours=16)
    for wrong in ("", "soon", "5"):
        with pytest.raises(ValueError, match="not a length"):
            amount(wrong)


def test_a_day_is_read_in_moscow() -> None:
    opened = timetable(FRIDAY_NOON).opened("1d 09:12")
    assert opened == datetime(2026, 11, 19, 9, 12, tzinfo=MOSCOW)
    assert timetable(FRIDAY_NOON).opened("42m ago") == FRIDAY_NOON - timedelta(minutes=42)
