"""A text read once: its words, their roots, and where one clause ends and the next begins."""

import re
from bisect import bisect_left
from collections.abc import Set
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from sys import intern
from typing import NamedTuple

from core.roots import root
from core.text import folded, words
from desk.automation.sentence_ends import sentence_ends
from desk.automation.small_words import LEFT_ASIDE

KEPT_LENGTH = 20_000
_CLAUSE_END = re.compile(r"[,.;:!?()\n…]|\s[-–—]+\s")


class Word(NamedTuple):
    """What is asked of a word, whatever text it stands in."""

    root: str
    plain: str
    written: str
    counts: bool  # between the words of a phrase


class _Pieces(dict[str, tuple[Word, ...]]):
    """What stands between spaces -> its words; splitting at spaces is the fast part."""

    longest = 60
    most = 1 << 16

    def __missing__(self, piece: str) -> tuple[Word, ...]:
        # One object for each root: what is the same object is known to be equal at once.
        found = tuple(map(_word, words(piece)))
        if len(piece) <= self.longest:
            if len(self) >= self.most:
                self.clear()
            self[piece] = found
        return found


def _word(written: str) -> Word:
    plain = folded(written)
    return Word(intern(root(written)), plain, written, plain not in LEFT_ASIDE)


_words_of = _Pieces()
_root, _plain = itemgetter(0), itemgetter(1)


class Reading:
    """What word conditions ask of a text; the costly parts are made when first asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(chain.from_iterable(map(_words_of.__getitem__, text.split())))
        self._positions: dict[str, list[int]] = {}
        self.denials: dict[tuple[int, bool], int | None] = {}  # what desk.automation.negation found

    @cached_property
    def roots(self) -> list[str]:
        return list(map(_root, self.words))

    @cached_property
    def present(self) -> frozenset[str]:
        return frozenset(self.roots)

    @cached_property
    def plain(self) -> list[str]:
        return list(map(_plain, self.words))

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        found, at, text = [], 0, self.text
        for word in self.words:
            at = text.index(word.written, at)
            found.append((at, at := at + len(word.written)))
        return found

    @cached_property
    def _ends(self) -> list[int]:
        return sentence_ends(self.text, _words_of.__getitem__)

    def is_parted(self, first: int, second: int) -> bool:
        """Does a sentence end between these two words?"""
        ends = self._ends
        return bool(ends) and bisect_left(ends, first) < bisect_left(ends, second)

    def look_for(self, wanted: frozenset[str]) -> Set[str]:
        """Find the places of all of these at once, and tell which there are."""
        found: dict[str, list[int]] = {}
        for at, each in enumerate(map(_root, self.words)):
            if each in wanted:
                if each in found:
                    found[each].append(at)
                else:
                    found[each] = [at]
        self._positions.update(found)
        return found.keys()

    def positions(self, wanted: str) -> list[int]:
        """Where a root stands, in order."""
        found = self._positions.get(wanted)
        if found is None:
            found = [at for at, each in enumerate(self.roots) if each == wanted]
            self._positions[wanted] = found
        return found

    def joined(self, index: int) -> bool:
        """Are the words at `index` and after it of one clause?"""
        gap = self.text[self.places[index][1] : self.places[index + 1][0]]
        return gap == " " or not _CLAUSE_END.search(gap)


def read(text: str) -> Reading:
    """The reading of a text; the last few are remembered, for many rules ask about one message."""
    return _remembered(text) if len(text) <= KEPT_LENGTH else Reading(text)


_remembered = lru_cache(maxsize=64)(Reading)
