"""Working time on any calendar: adding and measuring agree, and both equal a walk by minutes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.business_time import (
    Reason,
    WorkCalendar,
    add_working_time,
    is_working,
    next_window,
    spans,
    working_time_between,
)
from desk.business_time.timeline import Windows

ZONES = (
    *("Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
    *("Asia/Kathmandu", "America/Havana", "America/Sao_Paulo"),
)
MINUTE = timedelta(minutes=1)
# Around changes of the clock in 2026, a leap day, the turn of a year, an edge of a block.
MOMENTS = (
    *(datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC)),
    *(datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, tzinfo=UTC)),
    *(datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 11, 1, 5, tzinfo=UTC)),
    *(datetime(2028, 2, 28, 20, tzinfo=UTC), datetime(2026, 12, 31, 20, tzinfo=UTC)),
    *(datetime(2015, 2, 22, 2, tzinfo=UTC), datetime(2015, 10, 18, 3, tzinfo=UTC)),
    datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=28 * 730),
)


@st.composite
def day_windows(draw: st.DrawFn) -> Windows:
    edges = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple((start * 15, end * 15) for start, end in pairs)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    week = list(draw(st.tuples(*[day_windows()] * 7)))
    week[draw(st.integers(0, 6))] = ((0, 120), (135, 150), (1380, 1440))  # never without any
    days = st.dates(date(2026, 3, 1), date(2026, 11, 30))
    exceptions = draw(st.dictionaries(days, day_windows(), max_size=3))
    return WorkCalendar(draw(st.sampled_from(ZONES)), tuple(week), exceptions)


def near() -> st.SearchStrategy[datetime]:
    minutes = st.integers(-2_000, 2_000).map(lambda n: n * MINUTE)
    return st.builds(lambda moment, off: moment + off, st.sampled_from(MOMENTS), minutes)


amounts = st.integers(1, 60 * 24 * 40).map(lambda n: n * MINUTE)
seconds = st.integers(-10_000_000, 10_000_000).map(lambda n: timedelta(milliseconds=n))


@given(calendars(), near(), amounts, seconds)
def test_what_was_added_is_what_is_measured(
    calendar: WorkCalendar, start: datetime, amount: timedelta, jitter: timedelta
) -> None:
    start, amount = start + jitter, amount + abs(jitter)
    due = add_working_time(calendar, start, amount)
    assert working_time_between(calendar, start, due) == amount
    back = add_working_time(calendar, start, -amount)
    assert working_time_between(calendar, back, start) == amount
    assert working_time_between(calendar, start, back) == -amount
    assert is_working(calendar, due - timedelta(microseconds=1))
    assert is_working(calendar, back)


@given(calendars(), near(), amounts, amounts)
def test_more_is_later_and_sums_add_up(
    calendar: WorkCalendar, start: datetime, amount: timedelta, more: timedelta
) -> None:
    due = add_working_time(calendar, start, amount)
    later = add_working_time(calendar, start, amount + more)
    assert start < due < later
    assert add_working_time(calendar, due, more) == later
    assert due <= add_working_time(calendar, start + more, amount)


@given(calendars(), near(), st.integers(1, 3_000))
@settings(max_examples=60)
def test_it_equals_a_walk_by_minutes(calendar: WorkCalendar, start: datetime, length: int) -> None:
    zone, worked = ZoneInfo(calendar.zone), 0
    for minute in range(length):
        at = start + minute * MINUTE
        local = at.astimezone(zone)
        clock = local.hour * 60 + local.minute
        counts = any(a <= clock < b for a, b in calendar.windows_on(local.date()))
        worked += counts
        if counts:
            assert add_working_time(calendar, start, worked * MINUTE) == at + MINUTE
        if minute % 97 == 0:
            assert is_working(calendar, at) == counts
    assert working_time_between(calendar, start, start + length * MINUTE) == worked * MINUTE


@given(calendars(), near(), st.integers(0, 30_000))
def test_the_ledger_is_whole_and_its_sum_is_the_working_time(
    calendar: WorkCalendar, start: datetime, length: int
) -> None:
    end = start + length * MINUTE
    ledger = list(spans(calendar, start, end))
    assert [s.start for s in ledger[1:]] == [s.end for s in ledger[:-1]]
    assert (ledger[0].start, ledger[-1].end) == (start, end) if length else not ledger
    assert all(s.start < s.end and s.counts == (s.reason is Reason.WINDOW) for s in ledger)
    counted = sum((s.end - s.start for s in ledger if s.counts), timedelta())
    assert counted == working_time_between(calendar, start, end)


@given(calendars(), near())
def test_the_next_window_is_the_first_that_is_not_over(
    calendar: WorkCalendar, at: datetime
) -> None:
    opens, closes = next_window(calendar, at)
    assert at < closes
    assert is_working(calendar, at) == (opens <= at)
    assert working_time_between(calendar, opens, closes) == closes - opens
    assert working_time_between(calendar, at, max(at, opens)) == timedelta()
