"""What a query means to an index: its words, repaired where none such is known. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.text import folded, words
from desk.search.analysis import LITTLE, term
from desk.search.keyboard import as_typed, by_sound, other_layout
from desk.search.vocabulary import Vocabulary

MOST_PARTS = 24  # words of a query that are read
LONGEST_CHUNK = 80  # letters without a space
LOOKED_AT = 40  # chunks that tell the keyboard layout
MOST_REPAIRS = 16
LITTLE_WEIGHT = 0.3
REPAIRED = 0.9  # what a repaired word counts beside one that was typed so
COMPLETED = 0.6
Way = Callable[[str], str]
WAYS: tuple[Way, ...] = (as_typed, other_layout, by_sound)


@dataclass(frozen=True)
class Part:
    """One word of the query: the stems that may stand for it, likeliest first, and its weight."""

    shown: str
    stems: tuple[tuple[str, float], ...]
    weight: float = 1.0
    is_repaired: bool = False

    @property
    def stem(self) -> str:
        return self.stems[0][0]


@dataclass(frozen=True)
class Reading:
    """`understood` is the query in the words that were searched; `known` = parts known as typed."""

    parts: tuple[Part, ...]
    understood: str
    is_repaired: bool
    known: int


def read(
    text: str, vocabulary: Vocabulary, *, exact: bool = False, most: int = MOST_PARTS
) -> Reading:
    """`exact` leaves every word as it was typed; else the last one may be unfinished."""
    chunks = [chunk[:LONGEST_CHUNK] for chunk in text.split(maxsplit=most)[:most]]
    if exact:
        every = [part for chunk in chunks for part in _plain(chunk, as_typed)]
    else:
        every = _Reader(chunks, vocabulary).parts(is_unfinished=text[-1:].isalnum())
    repaired = any(part.is_repaired for part in every)
    understood = " ".join(part.shown for part in every) if repaired else " ".join(chunks)
    parts = tuple({part.stem: part for part in reversed(every)}.values())[::-1][:most]
    return Reading(parts, understood, repaired, sum(_is_known(part, vocabulary) for part in parts))


def _is_known(part: Part, vocabulary: Vocabulary) -> bool:
    return not part.is_repaired and part.stem not in LITTLE and part.stem in vocabulary


class _Reader:
    def __init__(self, chunks: list[str], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.chunks = chunks
        self.repairs_left = MOST_REPAIRS
        some = chunks[:LOOKED_AT]
        # The first of equals: as typed.
        main = max(WAYS, key=lambda way: sum(self._knows(way(chunk)) for chunk in some))
        self.ways = (main, *(way for way in WAYS if way is not main))

    def parts(self, *, is_unfinished: bool) -> list[Part]:
        found: list[Part] = []
        for number, chunk in enumerate(self.chunks, start=1):
            found += self._read(chunk, is_unfinished and number == len(self.chunks))
        return found

    def _read(self, chunk: str, is_unfinished: bool) -> list[Part]:
        known = next((way for way in self.ways if self._knows(way(chunk))), None)
        parts = list(_plain(chunk, known)) if known else []
        if is_unfinished and (completed := self._completed(parts, chunk, known)):
            return completed
        return parts or self._repaired(chunk) or list(_plain(chunk, self.ways[0]))

    def _knows(self, chunk: str) -> bool:
        stems = [term(word) for word in words(chunk)]
        return bool(stems) and all(stem in self.vocabulary or stem in LITTLE for stem in stems)

    def _completed(self, parts: list[Part], chunk: str, known: Way | None) -> list[Part]:
        """The same with what the last word may become; empty when no known word begins so."""
        for way in (known,) if known else self.ways:
            plain = parts or list(_plain(chunk, way))
            longer = self.vocabulary.completions(folded(plain[-1].shown)) if plain else []
            if longer:
                last = plain[-1]
                own = last.stems if last.stem in self.vocabulary else ()
                stems = own + tuple((stem, COMPLETED) for stem in longer if stem != last.stem)
                return [*plain[:-1], Part(last.shown, stems, last.weight, last.is_repaired)]
        return []

    def _repaired(self, chunk: str) -> list[Part]:
        for way in self.ways:
            if self.repairs_left <= 0:
                break
            self.repairs_left -= 1
            parts = [self._repair(word) for word in words(way(chunk))[:MOST_PARTS]]
            if parts and all(parts):
                return [part for part in parts if part]
        return []

    def _repair(self, word: str) -> Part | None:
        stem = term(word)
        if stem in self.vocabulary or stem in LITTLE:
            return next(_plain(word, as_typed), None)
        found = self.vocabulary.repairs(folded(word), stem)
        if not found:
            return None
        stems = tuple((known, likelihood * REPAIRED) for known, _word, likelihood in found)
        return Part(found[0][1], stems, is_repaired=True)


def _plain(chunk: str, way: Way) -> Iterator[Part]:
    for word in words(way(chunk)):
        if stem := term(word):
            weight = LITTLE_WEIGHT if stem in LITTLE else 1.0
            yield Part(word, ((stem, 1.0),), weight, way is not as_typed)
