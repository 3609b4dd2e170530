"""What a search answers."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from desk.search.analysis import LITTLE, terms

DOUBTFUL = 0.3


class Hit(NamedTuple):
    """An article found; `marked` and `snippet` are safe HTML with <mark> around what was found."""

    article_id: int
    locale: str
    slug: str
    title: str
    marked: Markup
    snippet: Markup
    category: str
    category_slug: str
    score: float
    updated_at: datetime


@dataclass(frozen=True)
class SearchResult:
    """`count` may be larger than the hits shown. `locale` is theirs: another one than was asked
    for when only that had an answer. `understood` differs from `original` when it was repaired.
    `confidence` = how likely the answer is among the first three, 0 to 1."""

    original: str
    understood: str
    locale: str
    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    confidence: float = 0.0

    @property
    def says_little(self) -> bool:
        """There is nothing in it to look for: no word, or such as stand everywhere."""
        return LITTLE.issuperset(terms(self.original))

    @property
    def is_doubtful(self) -> bool:
        """Better offer to write to us first: two in three such find no answer."""
        return self.confidence < DOUBTFUL

    @property
    def is_repaired(self) -> bool:
        return self.understood != self.original
