"""Counters: clocks on cases. Started, paused, stopped by events; what is due fires exactly once."""

from desk.deadlines import anew, follow, promised
from desk.deadlines.ahead_again import ahead_again
from desk.deadlines.calendars import (
    change_calendar,
    expect_calendar,
    fingerprint,
    new_calendar,
    rename_calendar,
)
from desk.deadlines.fire import fire_due, is_anything_due
from desk.deadlines.kinds import KINDS
from desk.deadlines.runs import SHOWN_RUNS, runs
from desk.deadlines.saving import save_policy
from desk.deadlines.steering import move, retry, switch
from desk.deadlines.summary import CounterView, summary
from desk.deadlines.unreachable import taken_by

__all__ = [
    "KINDS",
    "SHOWN_RUNS",
    "CounterView",
    "ahead_again",
    "anew",
    "change_calendar",
    "expect_calendar",
    "fingerprint",
    "fire_due",
    "follow",
    "is_anything_due",
    "move",
    "new_calendar",
    "promised",
    "rename_calendar",
    "retry",
    "runs",
    "save_policy",
    "summary",
    "switch",
    "taken_by",
]
