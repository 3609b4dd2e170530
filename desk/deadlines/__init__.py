"""Counters: clocks on cases. Started, paused, stopped by events; what is due fires exactly once."""

from desk.deadlines import follow
from desk.deadlines.calendars import (
    change_calendar,
    expect_calendar,
    fingerprint,
    new_calendar,
    rename_calendar,
)
from desk.deadlines.fire import fire_due
from desk.deadlines.policies import KINDS, save_policy
from desk.deadlines.steering import move, retry, switch
from desk.deadlines.summary import CounterView, summary

__all__ = [
    "KINDS",
    "CounterView",
    "change_calendar",
    "expect_calendar",
    "fingerprint",
    "fire_due",
    "follow",
    "move",
    "new_calendar",
    "rename_calendar",
    "retry",
    "save_policy",
    "summary",
    "switch",
]
