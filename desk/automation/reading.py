"""A text read once: its words, their roots, and where one clause ends and the next begins."""

import re
from functools import cached_property, lru_cache

from core.roots import root
from core.text import folded, places, words

KEPT_LENGTH = 20_000
_CLAUSE_END = re.compile(r"[,.;:!?()\n…]|\s[-–—]+\s")


class Reading:
    """What word conditions ask of a text; the costly parts are made when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = words(text)
        self.roots = [root(word) for word in self._words]
        self.present = frozenset(self.roots)

    @cached_property
    def plain(self) -> list[str]:
        return [folded(word) for word in self._words]

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        return places(self.text)

    def positions(self, wanted: str) -> list[int]:
        return [index for index, known in enumerate(self.roots) if known == wanted]

    def joined(self, index: int) -> bool:
        """Are the words at `index` and after it of one clause?"""
        gap = self.text[self.places[index][1] : self.places[index + 1][0]]
        return gap == " " or not _CLAUSE_END.search(gap)


def read(text: str) -> Reading:
    """The reading of a text; the last few are remembered, for many rules ask about one message."""
    return _remembered(text) if len(text) <= KEPT_LENGTH else Reading(text)


_remembered = lru_cache(maxsize=64)(Reading)
