"""How often each stem stands in articles, by the worth of where it stands. Pure.

Of many articles at once: their stems are numbered, and numpy counts the numbers.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.text import folded, words
from desk.search.analysis import MOST_TERMS, term
from desk.search.postings import key_of, pack

WORTH = {"title": 6, "aliases": 4, "topic": 2, "body": 1}
OPENING = 30  # words that begin the body
LONGEST_WORD = 64
MOST_WORDS = 400_000  # whose number is remembered: some 40 MB

Array = NDArray[Any]
Fields = Sequence[tuple[str, Sequence[int]]]  # names in WORTH, and numbers of stems


class Said(NamedTuple):
    """An article's words; of each of the aliases."""

    title: str
    aliases: Sequence[str]
    topic: str
    body: str


class Counted(NamedTuple):
    """An article's stems: how many; the numbers of the different ones; how often each by `pack`;
    and as they stand, a space before and after each: aliases one a line, the body's opening."""

    length: int
    different: Array
    entries: bytes
    fields: dict[str, str]


class Counting:
    """Articles, some at a time, and the stems that were met in them.

    `stems` by number, `shown` = a word that has each: of the first article, and there of the title
    rather than of the body.
    """

    def __init__(self) -> None:
        self.stems: list[str] = []
        self.shown: list[str] = []
        self._keys = np.zeros(0, np.uint32)
        self._numbers = _Numbers(self.stems, self.shown)

    def count(self, articles: Sequence[Said]) -> list[Counted]:
        """A stem twice in a row counts once."""
        read = [_fields(said, self._numbers) for said in articles]
        new = [key_of(stem) for stem in self.stems[len(self._keys) :]]
        self._keys = np.concatenate([self._keys, np.array(new, np.uint32)])
        return [
            Counted(
                sum(len(found) for _name, found in fields),
                different,
                pack(self._keys[different], often),
                _as_they_stand(fields, self.stems),
            )
            for fields, (different, often) in zip(read, _often(read, len(self.stems)), strict=True)
        ]


class _Numbers(dict[str, int]):
    """The number of each word's stem, given when it is first met; of a word without one, -1."""

    def __init__(self, stems: list[str], shown: list[str]) -> None:
        super().__init__()
        self._stems, self._shown = stems, shown
        self._of_stem = {"": -1}

    def __missing__(self, word: str) -> int:
        stem = term(word)
        number = self._of_stem.setdefault(stem, len(self._stems))
        if number == len(self._stems):
            self._stems.append(stem)
            self._shown.append(folded(word)[:LONGEST_WORD])
        if len(self) == MOST_WORDS:
            self.clear()
        self[word] = number
        return number

    def of(self, text: str) -> list[int]:
        every = list(map(self.__getitem__, islice(words(text), MOST_TERMS)))
        return [number for number in every if number >= 0] if -1 in every else every


def _fields(said: Said, numbers: _Numbers) -> Fields:
    return [
        ("title", numbers.of(said.title)),
        *(("aliases", numbers.of(alias)) for alias in said.aliases),
        ("topic", numbers.of(said.topic)),
        ("body", numbers.of(said.body)),
    ]


def _often(articles: Sequence[Fields], stems: int) -> Iterator[tuple[Array, Array]]:
    """Of each article the numbers of its stems, each once, and how often it stands there."""
    every = list(chain.from_iterable(articles))
    lengths = np.array([len(found) for _name, found in every])
    number = np.fromiter(chain.from_iterable(found for _name, found in every), np.int64)
    article = np.repeat(
        np.repeat(np.arange(len(articles)), [len(fields) for fields in articles]), lengths
    )
    worth = np.repeat(np.array([WORTH[name] for name, _found in every]), lengths)
    field = np.repeat(np.arange(len(every)), lengths)
    is_new = np.ones(len(number), bool)
    is_new[1:] = (number[1:] != number[:-1]) | (field[1:] != field[:-1])
    both, place = np.unique((article * stems + number)[is_new], return_inverse=True)
    often = np.bincount(place, worth[is_new]).astype(np.int64)
    bounds = np.searchsorted(both, np.arange(len(articles) + 1) * stems)
    for at, (first, end) in enumerate(pairwise(bounds)):
        yield both[first:end] - at * stems, often[first:end]


def _as_they_stand(fields: Fields, stems: Sequence[str]) -> dict[str, str]:
    lines: dict[str, list[str]] = {"title": [], "aliases": [], "topic": [], "opening": []}
    for name, found in fields:
        stand = ("opening", found[:OPENING]) if name == "body" else (name, found)
        lines[stand[0]].append(f" {' '.join([stems[number] for number in stand[1]])} ")
    return {name: "\n".join(its) for name, its in lines.items()}
