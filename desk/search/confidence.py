"""How likely the answer is among the first three: a logistic curve over what is known of them.

Fitted on questions of which a third had lost its article (a bank in English, a video service in
Russian); what the weights mean and how well they tell is in docs/search.md.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from desk.search.ranking import Ranked


class _Weights(NamedTuple):
    """Of the first answer, and of how far the second stays behind it."""

    base: float
    likeness: float
    coverage: float
    nearness: float
    lead: float


BY_MEANING = _Weights(-3.56, 0.72, 0.88, 3.92, 2.41)
BY_WORDS = _Weights(-2.57, 3.95, 1.66, 0.0, 0.0)


def confidence(ranked: Sequence[Ranked]) -> float:
    """0 to 1; 0 for nothing found."""
    if not ranked:
        return 0.0
    first, second = ranked[0], ranked[1].score if len(ranked) > 1 else 0.0
    by = BY_MEANING if first.nearness else BY_WORDS
    weighed = (
        by.base
        + by.likeness * first.likeness
        + by.coverage * first.coverage
        + by.nearness * first.nearness
        + by.lead * (first.score - second)
    )
    return 1 / (1 + math.exp(-weighed))
