"""Calendars, amounts of working time, windows, and the ledger of what counts."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from desk.business_time import (
    NoWorkingTime,
    Reason,
    WorkCalendar,
    add_working_time,
    is_working,
    next_window,
    spans,
    working_time_between,
)

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
LUNCH_AT_ONE = [["09:00", "13:00"], ["14:00", "18:00"]]
WORKDAYS = [LUNCH_AT_ONE] * 5 + [[], []]


def office(**changes: object) -> WorkCalendar:
    row = {"zone": "Europe/Moscow", "week": WORKDAYS, "holidays_country": "RU", "exceptions": {}}
    return WorkCalendar.from_row(**(row | changes))  # type: ignore[arg-type]


def moscow(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=MOSCOW)  # type: ignore[arg-type]


def hours(amount: float) -> timedelta:
    return timedelta(hours=amount)


class TestAdding:
    def test_lunch_and_night_are_left_out(self) -> None:
        start = moscow(2026, 3, 18, 12, 50)
        assert add_working_time(office(), start, timedelta(minutes=15)) == moscow(
            2026, 3, 18, 14, 5
        )
        assert add_working_time(office(), start, hours(5)) == moscow(2026, 3, 19, 9, 50)

    def test_an_amount_used_up_by_the_end_of_a_window_is_due_at_that_end(self) -> None:
        friday = moscow(2026, 3, 20, 16)
        assert add_working_time(office(), friday, hours(2)) == moscow(2026, 3, 20, 18)
        assert add_working_time(office(), friday, hours(2) + timedelta(seconds=1)) == moscow(
            2026, 3, 23, 9, 0, 1
        )

    def test_an_amount_taken_back_to_the_start_of_a_window_stops_there(self) -> None:
        monday = moscow(2026, 3, 23, 11)
        assert add_working_time(office(), monday, -hours(2)) == moscow(2026, 3, 23, 9)
        assert add_working_time(office(), monday, -hours(2.5)) == moscow(2026, 3, 20, 17, 30)
        assert add_working_time(office(), moscow(2026, 3, 22, 5), -hours(1)) == moscow(
            2026, 3, 20, 17
        )

    def test_nothing_added_is_the_start_itself(self) -> None:
        sunday = moscow(2026, 3, 22, 5)
        assert add_working_time(office(), sunday, timedelta()) == sunday

    def test_answers_are_in_utc_and_keep_microseconds(self) -> None:
        start = moscow(2026, 3, 18, 10, 0, 0, 7)
        due = add_working_time(office(), start, hours(1))
        assert due.tzinfo is UTC
        assert due.isoformat() == "2026-03-18T08:00:00.000007+00:00"

    def test_thirty_working_days_pass_over_holidays_and_the_year(self) -> None:
        start = moscow(2025, 12, 22, 9)
        due = add_working_time(office(), start, hours(8 * 30))
        assert due == moscow(2026, 2, 11, 18)

    def test_a_leap_day_is_a_day(self) -> None:
        start = moscow(2028, 2, 28, 18)
        assert add_working_time(office(), start, hours(8)) == moscow(2028, 2, 29, 18)

    def test_day_and_night(self) -> None:
        start = datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN)
        due = add_working_time(WorkCalendar.always("Europe/Berlin"), start, hours(24))
        assert due == start.astimezone(UTC) + hours(24)
        assert due.astimezone(BERLIN).hour == 23  # that day had 25 hours

    def test_a_naive_start_is_refused(self) -> None:
        with pytest.raises(TypeError):
            add_working_time(office(), datetime(2026, 3, 18), hours(1))  # noqa: DTZ001


class TestClockChanges:
    """Berlin: 29 March 2026 has no 02:30, 25 October has it twice."""

    NIGHT = WorkCalendar("Europe/Berlin", (((60, 240),),) * 7)
    HALF_HOUR = WorkCalendar("Europe/Berlin", (((130, 160),),) * 7)

    def test_skipped_time_does_not_count(self) -> None:
        start = datetime(2026, 3, 29, 1, tzinfo=BERLIN)
        end = datetime(2026, 3, 29, 4, tzinfo=BERLIN)
        assert working_time_between(self.NIGHT, start, end) == hours(2)
        assert add_working_time(self.NIGHT, start, hours(2)) == end
        assert next_window(self.NIGHT, start) == (start, end)

    def test_repeated_time_counts_twice(self) -> None:
        start = datetime(2026, 10, 25, 1, tzinfo=BERLIN)
        end = datetime(2026, 10, 25, 4, tzinfo=BERLIN)
        assert working_time_between(self.NIGHT, start, end) == hours(4)
        assert next_window(self.NIGHT, start) == (start, end)

    def test_a_window_inside_the_repeated_hour_comes_twice(self) -> None:
        midnight = datetime(2026, 10, 25, tzinfo=BERLIN)
        due = add_working_time(self.HALF_HOUR, midnight, timedelta(minutes=45))
        assert due == datetime(2026, 10, 25, 2, 25, tzinfo=BERLIN, fold=1).astimezone(UTC)

    def test_a_window_inside_the_skipped_hour_does_not_come(self) -> None:
        midnight = datetime(2026, 3, 29, tzinfo=BERLIN)
        opens, _ = next_window(self.HALF_HOUR, midnight)
        assert opens == datetime(2026, 3, 30, 2, 10, tzinfo=BERLIN)

    def test_two_readings_of_one_wall_clock_are_two_instants(self) -> None:
        first = datetime(2026, 10, 25, 2, 15, tzinfo=BERLIN)
        second = first.replace(fold=1)
        always = WorkCalendar.always()
        assert working_time_between(always, first, second) == hours(1)
        assert working_time_between(always, second, first) == -hours(1)

    @pytest.mark.parametrize(
        ("zone", "day", "length"),
        [
            ("America/Sao_Paulo", date(2015, 10, 18), 23),  # 00:00 is skipped
            ("America/Sao_Paulo", date(2015, 2, 21), 25),  # 23:00 is repeated
            ("Asia/Beirut", date(2026, 3, 29), 23),
            ("America/Havana", date(2025, 11, 2), 25),  # 00:00 is repeated
            ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
            ("Pacific/Apia", date(2011, 12, 30), 0),  # the day was left out
            ("Asia/Kathmandu", date(2026, 5, 9), 24),
        ],
    )
    def test_every_hour_of_an_odd_day_is_counted_once(
        self, zone: str, day: date, length: float
    ) -> None:
        only_then = WorkCalendar(zone, ((),) * 7, {day: ((0, 1440),)})
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        around = noon - timedelta(days=3), noon + timedelta(days=3)
        assert working_time_between(only_then, *around) == hours(length)
        ledger = list(spans(only_then, *around))
        assert sum((s.end - s.start for s in ledger), timedelta()) == timedelta(days=6)
        assert sum((s.end - s.start for s in ledger if s.counts), timedelta()) == hours(length)


class TestWindows:
    def test_the_end_of_a_window_is_outside_it(self) -> None:
        assert is_working(office(), moscow(2026, 3, 18, 9))
        assert not is_working(office(), moscow(2026, 3, 18, 13))
        assert is_working(office(), moscow(2026, 3, 18, 17, 59, 59, 999_999))

    def test_the_window_we_are_in_is_whole(self) -> None:
        inside = moscow(2026, 3, 18, 10, 30)
        assert next_window(office(), inside) == (moscow(2026, 3, 18, 9), moscow(2026, 3, 18, 13))

    def test_the_next_one_when_we_are_in_none(self) -> None:
        saturday = moscow(2026, 3, 21, 10)
        assert next_window(office(), saturday)[0] == moscow(2026, 3, 23, 9)

    def test_a_window_may_end_at_midnight(self) -> None:
        late = office(week=[[["20:00", "24:00"]]] * 7, holidays_country=None)
        assert next_window(late, moscow(2026, 3, 18, 12))[1] == moscow(2026, 3, 19)

    def test_a_calendar_without_windows_says_so_in_both_directions(self) -> None:
        empty = office(week=[[]] * 7)
        start = moscow(2026, 3, 18)
        for amount in (hours(1), -hours(1)):
            with pytest.raises(NoWorkingTime, match="20 years"):
                add_working_time(empty, start, amount)
        with pytest.raises(NoWorkingTime, match="2026-03-18"):
            next_window(empty, start)
        assert working_time_between(empty, start, start + timedelta(days=900)) == timedelta()
        assert not is_working(empty, start)

    def test_more_than_twenty_years_of_work_is_refused(self) -> None:
        with pytest.raises(NoWorkingTime):
            add_working_time(office(), moscow(2026, 3, 18), timedelta.max)


class TestHolidays:
    def test_days_off_of_the_country(self) -> None:
        eve = moscow(2026, 5, 8, 18)
        assert next_window(office(), eve)[0] == moscow(2026, 5, 12, 9)  # 11 May is given for 9 May

    def test_a_working_saturday_has_fridays_hours(self) -> None:
        assert is_working(office(), moscow(2025, 11, 1, 17))
        assert not is_working(office(), moscow(2025, 11, 1, 13, 30))
        assert not is_working(office(), moscow(2025, 11, 3, 17))

    def test_a_working_saturday_keeps_its_own_hours(self) -> None:
        shop = office(week=[LUNCH_AT_ONE] * 5 + [[["10:00", "12:00"]], []])
        assert not is_working(shop, moscow(2025, 11, 1, 17))

    def test_the_admins_exceptions_win(self) -> None:
        exceptions = {"2026-05-09": [["10:00", "14:00"]], "2025-11-01": [], "2026-03-18": []}
        ours = office(exceptions=exceptions)
        assert is_working(ours, moscow(2026, 5, 9, 13, 30))
        assert not is_working(ours, moscow(2025, 11, 1, 10))
        assert not is_working(ours, moscow(2026, 3, 18, 10))
        assert ours.holiday_on(date(2026, 5, 9)) is None


class TestLedger:
    def test_each_stretch_has_its_reason(self) -> None:
        told = spans(office(), moscow(2026, 2, 20, 12), moscow(2026, 2, 24, 10), "ru")
        assert [
            (s.start.astimezone(MOSCOW).strftime("%d %H"), s.counts, s.reason, s.holiday)
            for s in told
        ] == [
            ("20 12", True, Reason.WINDOW, None),
            ("20 13", False, Reason.BREAK, None),
            ("20 14", True, Reason.WINDOW, None),
            ("20 18", False, Reason.OUTSIDE, None),
            ("21 00", False, Reason.DAY_OFF, None),
            ("23 00", False, Reason.HOLIDAY, "День защитника Отечества"),
            ("24 00", False, Reason.OUTSIDE, None),
            ("24 09", True, Reason.WINDOW, None),
        ]

    def test_day_and_night_is_one_span(self) -> None:
        start, end = moscow(2026, 2, 20, 12), moscow(2026, 4, 1)
        assert [s[:4] for s in spans(WorkCalendar.always(), start, end)] == [
            (start, end, True, Reason.WINDOW)
        ]

    def test_nothing_lies_between_an_instant_and_itself(self) -> None:
        start = moscow(2026, 2, 20, 12)
        assert list(spans(office(), start, start)) == []
        assert list(spans(office(), start, start - hours(1))) == []


class TestRows:
    def test_calendars_of_one_row_are_equal_and_can_be_keys(self) -> None:
        exceptions = {"2026-05-09": []}
        one, other = office(exceptions=exceptions), office(exceptions=exceptions)
        assert one == other
        assert len({one, other}) == 1
        assert one != office()

    def test_windows_are_put_in_order(self) -> None:
        assert office(week=[LUNCH_AT_ONE[::-1]] * 7).week[0] == ((540, 780), (840, 1080))

    def test_an_empty_country_is_no_country(self) -> None:
        assert office(holidays_country="").holidays_country is None

    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"zone": "Mars/Olympus"}, "unknown time zone: 'Mars/Olympus'"),
            ({"zone": ""}, "unknown time zone"),
            ({"zone": "../etc/passwd"}, "unknown time zone"),
            ({"zone": "Europe"}, "unknown time zone"),
            ({"week": WORKDAYS[:5]}, "a week has 7 days, not 5"),
            ({"week": [[["18:00", "09:00"]]] * 7}, "Monday: a window starts before it ends"),
            ({"week": [[]] * 6 + [[["22:00", "06:00"]]]}, "Sunday: .* written as two windows"),
            ({"week": [[["09:00", "13:00"], ["12:00", "18:00"]]] * 7}, "Monday: windows overlap"),
            ({"week": [[["9", "18"]]] * 7}, "not a time of day: '9'"),
            ({"week": [[["09:00", "24:01"]]] * 7}, "not a time of day: '24:01'"),
            ({"week": [["09:00"]] * 7}, "not a list of windows|not enough|too many"),
            ({"week": [[[9, 18]]] * 7}, "not a list of windows"),
            ({"week": [None] * 7}, "not a list of windows"),
            ({"holidays_country": "XX"}, "no holidays are known for 'XX'"),
            ({"exceptions": {"2026-02-30": []}}, "day is out of range"),
            ({"exceptions": {"2026-05-09": [["10:00", "10:00"]]}}, "2026-05-09: a window"),
        ],
    )
    def test_what_is_wrong_is_said(self, changes: dict[str, object], complaint: str) -> None:
        with pytest.raises(ValueError, match=complaint):
            office(**changes)

    def test_the_start_may_be_in_any_zone(self) -> None:
        start = datetime(2026, 3, 18, 6, tzinfo=timezone(hours(-3)))
        assert add_working_time(office(), start, hours(1)) == moscow(2026, 3, 18, 13)
