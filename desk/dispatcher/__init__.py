"""The dispatcher: who gets a work, why, and what waits. Pure: no database, no clock; the instant
and everything else are given.

`choose` decides on one work; `admit`, `hand_to` and `hand_out` keep a queue; `told` and its
neighbours say it to people; `packed` and `unpacked` keep it.
"""

from desk.dispatcher.agent import Absence, AbsenceKind, Agent, Limit, SetBy, Shift
from desk.dispatcher.choice import choose, is_fit, reasons_against
from desk.dispatcher.decision import Candidate, Decision, Excluded
from desk.dispatcher.filters import FILTERS
from desk.dispatcher.handing_out import admit, hand_out, hand_to
from desk.dispatcher.modes import DEFAULT, MODES
from desk.dispatcher.overflow import Moved, Overflow, circle_told, circles, overflow
from desk.dispatcher.pace import Pace, pace_of
from desk.dispatcher.packing import packed, packed_short, unpacked
from desk.dispatcher.queue import Queue
from desk.dispatcher.reason import Names, Reason
from desk.dispatcher.roster import Roster
from desk.dispatcher.telling import (
    candidate_told,
    excluded_told,
    reason_told,
    sticky_told,
    told,
    why_chosen,
)
from desk.dispatcher.work import Channel, Demand, Work

__all__ = [
    "DEFAULT",
    "FILTERS",
    "MODES",
    "Absence",
    "AbsenceKind",
    "Agent",
    "Candidate",
    "Channel",
    "Decision",
    "Demand",
    "Excluded",
    "Limit",
    "Moved",
    "Names",
    "Overflow",
    "Pace",
    "Queue",
    "Reason",
    "Roster",
    "SetBy",
    "Shift",
    "Work",
    "admit",
    "candidate_told",
    "choose",
    "circle_told",
    "circles",
    "excluded_told",
    "hand_out",
    "hand_to",
    "is_fit",
    "overflow",
    "pace_of",
    "packed",
    "packed_short",
    "reason_told",
    "reasons_against",
    "sticky_told",
    "told",
    "unpacked",
    "why_chosen",
]
