"""What a group is expected to end, and when, on any calendar and any past."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from desk.business_time import WorkCalendar, add_working_time, working_time_between
from desk.deadlines.forecast import Coming
from desk.deadlines.pace import FEW, Pace, Queue, Stretch, _joined, _pace

NOW = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
OFFICE = WorkCalendar("UTC", (DAY,) * 5 + ((), ()), {})


@st.composite
def stretches(draw: st.DrawFn) -> list[Stretch]:
    """Of whole minutes, in the two days before now."""
    found = []
    for _number in range(draw(st.integers(0, 8))):
        begin = draw(st.integers(1, 2 * 24 * 60))
        found.append((NOW - begin * MINUTE, NOW - draw(st.integers(0, begin)) * MINUTE))
    return found


def minutes_of(found: list[Stretch]) -> set[datetime]:
    return {
        begin + at * MINUTE for begin, end in found for at in range(int((end - begin) / MINUTE))
    }


@given(stretches())
def test_joined_is_the_same_time_once(found: list[Stretch]) -> None:
    joined = _joined(found)
    assert minutes_of(joined) == minutes_of(found)
    assert sum(len(minutes_of([each])) for each in joined) == len(minutes_of(found))
    assert all(first[1] < second[0] for first, second in zip(joined, joined[1:], strict=False))
    assert _joined(joined) == joined


@given(stretches(), st.integers(0, 2 * 24 * 60))
def test_busy_time_is_what_was_worked_while_something_waited(
    ended: list[Stretch], waits: int
) -> None:
    open_since, since = NOW - waits * MINUTE, NOW - timedelta(days=2)
    with clock.freeze(NOW):
        pace = _pace(OFFICE, ended, open_since, since)
    worked = [each for each in ended if working_time_between(OFFICE, *each)]
    waited = minutes_of([*worked, (open_since, NOW)])
    walked = [at for at in waited if working_time_between(OFFICE, at, at + MINUTE)]
    assert pace == Pace(len(worked), len(walked) * MINUTE)


@given(st.integers(FEW, 50), st.integers(0, 5_000), st.integers(1, 40), st.integers(0, 10))
def test_who_stands_further_back_or_works_slower_is_never_sooner(
    ended: int, busy: int, place: int, more: int
) -> None:
    with clock.freeze(NOW):
        expected = Pace(ended, busy * MINUTE).until(place, OFFICE)
        further = Pace(ended, busy * MINUTE).until(place + more, OFFICE)
        slower = Pace(ended, (busy + more) * MINUTE).until(place, OFFICE)
        faster = Pace(ended + more, busy * MINUTE).until(place, OFFICE)
    assert expected is not None
    assert further is not None
    assert slower is not None
    assert faster is not None
    assert faster <= expected <= min(further, slower)
    share = timedelta(microseconds=round(busy * 60_000_000 / ended)) * place
    measured = working_time_between(OFFICE, NOW, expected)
    assert abs(measured - share) <= timedelta(microseconds=place)


def test_with_few_there_is_no_pace_and_without_hours_no_end() -> None:
    never = WorkCalendar("UTC", ((),) * 7, {})
    with clock.freeze(NOW):
        assert Pace(FEW - 1, timedelta(hours=1)).until(1, OFFICE) is None
        assert Pace(FEW, timedelta(hours=1)).until(1, never) is None


@pytest.mark.parametrize(
    ("limit", "left"),
    [
        (NOW, 0),
        (NOW + 30 * MINUTE, 30),
        (NOW + timedelta(hours=18), 150 + 30),  # to the evening, and from nine in the morning
        (NOW - 10 * MINUTE, -10),
        (NOW - timedelta(hours=2), -90),  # past the break
    ],
)
def test_left_is_working_time_before_and_after_the_limit(limit: datetime, left: int) -> None:
    policy = cast(Any, SimpleNamespace(calendar=OFFICE))
    nothing = cast(Any, None)
    with clock.freeze(NOW):
        row = Coming(nothing, "", policy, limit, None, Queue("solution", None), 1, None)
        assert row.left == left * MINUTE
        late = add_working_time(OFFICE, max(NOW, limit), 45 * MINUTE)
        expected = Coming(nothing, "", policy, limit, None, row.queue, 1, late)
        assert expected.late_by == 45 * MINUTE + max(-row.left, timedelta())
