"""Working time against two other libraries, a minute walk and a peer's own cases.

The cases are not part of this repository: LINIYA_ORACLES names their folder.
"""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desk.business_time import (
    WorkCalendar,
    add_working_time,
    is_working,
    next_window,
    working_time_between,
)

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "reliability"
CASES = Path(os.environ.get("LINIYA_ORACLES", SHARED)) / "sla"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

if not CASES.is_dir():
    pytest.skip(f"no oracle cases in {CASES} (set LINIYA_ORACLES)", allow_module_level=True)


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return found


def weekly(case: dict[str, Any]) -> WorkCalendar:
    week = [list(case["hours"].get(day, {}).items()) for day in DAYS]
    return WorkCalendar.from_row(case["zone"], week, None, {day: [] for day in case["holidays"]})


def answers(case: dict[str, Any]) -> tuple[datetime, float]:
    calendar, start = weekly(case), datetime.fromisoformat(case["start_utc"])
    due = add_working_time(calendar, start, timedelta(minutes=case["add_minutes"]))
    between = working_time_between(calendar, start, datetime.fromisoformat(case["end_utc"]))
    return due, between.total_seconds()


def test_every_case_on_which_the_others_agree() -> None:
    agreed = cases("differential_agreed")
    for case in agreed:
        expected = datetime.fromisoformat(case["due_utc"]), case["working_seconds_between"]
        assert answers(case) == expected, case["id"]
        start = datetime.fromisoformat(case["start_utc"])
        assert is_working(weekly(case), start) == case["start_in_hours"], case["id"]
    assert len(agreed) >= 1_425


def sides(case: dict[str, Any]) -> tuple[str, str]:
    """Who gives our due time and who our amount: b(iz), w(orking_hours), m(inute walk)."""
    due, between = answers(case)
    others = [(name[0], case[name]) for name in ("biz", "working_hours", "minute_walk")]
    with_due = [n for n, theirs in others if datetime.fromisoformat(theirs["due_utc"]) == due]
    return "".join(with_due), "".join(n for n, theirs in others if theirs["within"] == between)


def has_clock_change(case: dict[str, Any]) -> bool:
    zone, start = ZoneInfo(case["zone"]), datetime.fromisoformat(case["start_utc"])
    days = (start + timedelta(days=n) for n in range(60))
    return len({day.astimezone(zone).utcoffset() for day in days}) > 1


def test_disputed_an_amount_used_up_by_a_windows_end_is_due_there() -> None:
    """Biz waits for the next window; the rule says: at that instant."""
    disputed = [case for case in cases("differential_disputed") if sides(case) == ("wm", "bwm")]
    for case in disputed:
        calendar, (due, _) = weekly(case), answers(case)
        assert not is_working(calendar, due)
        assert is_working(calendar, due - timedelta(seconds=1))
        assert next_window(calendar, due)[0] == datetime.fromisoformat(case["biz"]["due_utc"])
    assert len(disputed) == 82


def test_disputed_elapsed_seconds_count_when_clocks_change() -> None:
    """Working_hours subtracts wall clocks, an hour more or less; the rule says: elapsed seconds."""
    with_biz = {("bm", "bm"), ("bwm", "bm"), ("bm", "bwm")}
    disputed = [case for case in cases("differential_disputed") if sides(case) in with_biz]
    assert all(has_clock_change(case) for case in disputed)
    assert len(disputed) == 38


def test_disputed_a_window_that_ends_in_the_changed_hour_follows_the_wall_clock() -> None:
    """Both libraries move such an edge by their own habit; we count each instant whose clock shows
    a time inside the window, as the minute walk does: skipped minutes never, repeated ones twice.
    """
    with_nobody = {("m", "m"), ("bwm", "m")}
    disputed = [case for case in cases("differential_disputed") if sides(case) in with_nobody]
    assert all(has_clock_change(case) for case in disputed)
    assert len(disputed) == 15


def test_every_dispute_is_one_of_those_three() -> None:
    assert len(cases("differential_disputed")) == 82 + 38 + 15


def otobo(case: dict[str, Any], years: range = range(2010, 2020)) -> WorkCalendar:
    hours = case["WorkingHoursConfig"]
    week = [[(hour * 60, hour * 60 + 60) for hour in hours.get(d.title(), [])] for d in DAYS]
    yearly = [
        (int(month), int(day)) for month, days in case["VacationDaysConfig"].items() for day in days
    ]
    off = {date(year, month, day): () for year in years for month, day in yearly}
    return WorkCalendar(case["TimeZone"], tuple(tuple(day) for day in week), off)


def local(case: dict[str, Any], key: str) -> datetime:
    naive = datetime.fromisoformat(case[f"{key}DateTimeString"])
    return naive.replace(tzinfo=ZoneInfo(case["TimeZone"])).astimezone(UTC)


# What the peer refuses: years are not a span of time here, and a negative amount goes back.
REFUSED = {
    "Using parameter Years to add working time - must fail": {"Years": 2},
    "Using negative hours to add working time - must fail": {"Hours": -2},
}


@pytest.mark.parametrize("case", cases("otobo_add_working_time"), ids=lambda case: case["Name"])
def test_otobo_adds(case: dict[str, Any]) -> None:
    start, end = local(case, "Start"), local(case, "ExpectedEnd")
    refused = REFUSED.get(case["Name"])
    if refused is None:
        amount = timedelta(**{unit.lower(): n for unit, n in case["WorkingTimeToAdd"].items()})
        assert add_working_time(otobo(case), start, amount) == end
        return
    assert case["WorkingTimeToAdd"] == refused
    assert start == end
    if "Hours" in refused:
        two_hours = timedelta(hours=2)
        assert add_working_time(otobo(case), start, -two_hours) == start - two_hours


@pytest.mark.parametrize("case", cases("otobo_delta_working_time"), ids=lambda case: case["Name"])
def test_otobo_measures(case: dict[str, Any]) -> None:
    between = working_time_between(otobo(case), local(case, "Start"), local(case, "End"))
    assert between.total_seconds() == case["ExpectedResult"]["AbsoluteSeconds"]
