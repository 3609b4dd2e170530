"""Work passed between lines and departments: up, down, sideways, back, with what was tried."""

from desk.passing.back import give_back, returnable
from desk.passing.onward import pass_on
from desk.passing.place import Place, place
from desk.passing.rows import Way, begin, way_of
from desk.passing.words import MOST_OF_PART, MOST_OF_REASON, PARTS, Words

__all__ = [
    "MOST_OF_PART",
    "MOST_OF_REASON",
    "PARTS",
    "Place",
    "Way",
    "Words",
    "begin",
    "give_back",
    "pass_on",
    "place",
    "returnable",
    "way_of",
]
