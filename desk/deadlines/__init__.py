"""Counters: clocks on cases. Started, paused, stopped by events; what is due fires exactly once."""

from desk.deadlines import follow
from desk.deadlines.calendars import change_calendar
from desk.deadlines.fire import fire_due
from desk.deadlines.policies import save_policy
from desk.deadlines.summary import CounterView, summary

__all__ = ["CounterView", "change_calendar", "fire_due", "follow", "save_policy", "summary"]
