"""Working time: what an amount of it comes to on the clock, and how much lies between two instants.

Pure. All instants are aware and come back in UTC; amounts are seconds that really pass, through
nights on which the clocks change too (reliability.md, rule 5).
"""

from desk.business_time.amounts import (
    HORIZON_YEARS,
    NoWorkingTime,
    add_working_time,
    is_working,
    next_window,
    working_time_between,
)
from desk.business_time.calendar import WorkCalendar, named
from desk.business_time.ledger import Reason, Span, spans
from desk.business_time.rotation import Rotation

__all__ = [
    "HORIZON_YEARS",
    "NoWorkingTime",
    "Reason",
    "Rotation",
    "Span",
    "WorkCalendar",
    "add_working_time",
    "is_working",
    "named",
    "next_window",
    "spans",
    "working_time_between",
]
