"""Gaps in what we tell: found in searches, tickets and votes, ranked by how many need it."""

from desk.gaps.drafting import from_case, from_gap
from desk.gaps.finding import KIND, find, find_again
from desk.gaps.shelf import counted, decide, gap_for, mean, shelf, written

__all__ = [
    "KIND",
    "counted",
    "decide",
    "find",
    "find_again",
    "from_case",
    "from_gap",
    "gap_for",
    "mean",
    "shelf",
    "written",
]
