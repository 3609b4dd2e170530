"""A text read once: its words, their roots, and where one clause ends and the next begins."""

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from itertools import chain

from core.roots import root
from core.text import folded, words

KEPT_LENGTH = 20_000
_CLAUSE_END = re.compile(r"[,.;:!?()\n…]|\s[-–—]+\s")


class _Pieces(dict[str, tuple[str, ...]]):
    """What stands between spaces -> what its words are; splitting at spaces is the fast part."""

    longest = 60
    most = 1 << 16

    def __init__(self, of_word: Callable[[str], str]) -> None:
        self.of_word = of_word

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = tuple(map(self.of_word, words(piece)))
        if len(piece) <= self.longest:
            if len(self) >= self.most:
                self.clear()
            self[piece] = found
        return found


_roots_of = _Pieces(root)
_plain_of = _Pieces(folded)
_words_of = _Pieces(str)


class Reading:
    """What word conditions ask of a text; the costly parts are made when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = text.split()
        self.roots = list(chain.from_iterable(map(_roots_of.__getitem__, self._pieces)))
        self.present = frozenset(self.roots)
        self._positions: dict[str, list[int]] = {}
        self.denying: list[int] | None = None  # where words stand that may deny others
        self.denials: dict[tuple[int, bool], int | None] = {}  # what desk.automation.negation found

    @cached_property
    def plain(self) -> list[str]:
        return list(chain.from_iterable(map(_plain_of.__getitem__, self._pieces)))

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        found, at, text = [], 0, self.text
        for word in chain.from_iterable(map(_words_of.__getitem__, self._pieces)):
            at = text.index(word, at)
            found.append((at, at := at + len(word)))
        return found

    def look_for(self, wanted: frozenset[str]) -> None:
        """Find the places of all of these at once: they will be asked for."""
        unknown = wanted - self._positions.keys()
        for each in unknown:
            self._positions[each] = []
        for at, each in enumerate(self.roots) if unknown else ():
            if each in unknown:
                self._positions[each].append(at)

    def positions(self, wanted: str) -> list[int]:
        """Where a root stands, in order."""
        if wanted not in self._positions:
            self.look_for(frozenset([wanted]))
        return self._positions[wanted]

    def joined(self, index: int) -> bool:
        """Are the words at `index` and after it of one clause?"""
        gap = self.text[self.places[index][1] : self.places[index + 1][0]]
        return gap == " " or not _CLAUSE_END.search(gap)


def read(text: str) -> Reading:
    """The reading of a text; the last few are remembered, for many rules ask about one message."""
    return _remembered(text) if len(text) <= KEPT_LENGTH else Reading(text)


_remembered = lru_cache(maxsize=64)(Reading)
