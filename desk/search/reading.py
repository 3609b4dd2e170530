"""What a query means to an index: its words, repaired where none such is known. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from core.text import folded, words
from desk.search.analysis import LITTLE, ORDINARY, term
from desk.search.fleeting import twins
from desk.search.keyboard import as_typed, by_sound, other_layout
from desk.search.vocabulary import Vocabulary

MOST_PARTS = 24  # words of a query that are read
LONGEST_CHUNK = 80  # letters without a space
LOOKED_AT = 40  # chunks that tell the keyboard layout
MOST_REPAIRS = 16
LITTLE_WEIGHT = 0.3
REPAIRED = 0.9  # what a repaired word counts beside one that was typed so
GUESSED = 0.9  # what a word counts that is like the one typed, yet hardly a slip for it
COMPLETED = 0.6
SHORTEST_OTHERWISE = 3  # letters of a word in the other layout, or written by its sound
Way = Callable[[str], str]
WAYS: tuple[Way, ...] = (as_typed, other_layout, by_sound)


@dataclass(frozen=True)
class Part:
    """One word of the query: the stems that may stand for it, likeliest first, and its weight.

    `guess` is what an unknown word may stand for that is like it, yet hardly a slip for it: it
    helps other words to find and is not spoken of; alone it is searched for where it `is_near`.
    """

    shown: str
    stems: tuple[tuple[str, float], ...]
    weight: float = 1.0
    is_repaired: bool = False
    guess: str = ""
    is_near: bool = False

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
        found = _Reader(chunks, vocabulary).parts(is_unfinished=text[-1:].isalnum())
        every = _spoken(found, vocabulary)
    repaired = any(part.is_repaired for part in every)
    understood = " ".join(part.shown for part in every) if repaired else " ".join(chunks)
    parts = tuple({part.stem: part for part in reversed(every)}.values())[::-1][:most]
    return Reading(parts, understood, repaired, sum(_is_known(part, vocabulary) for part in parts))


def _is_known(part: Part, vocabulary: Vocabulary) -> bool:
    is_plain = not part.is_repaired and not part.guess
    return is_plain and part.stem not in LITTLE and part.stem in vocabulary


class _Reader:
    def __init__(self, chunks: list[str], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.chunks = chunks
        self.repairs_left = MOST_REPAIRS
        some = chunks[:LOOKED_AT]
        # The first of equals: as typed.
        self.ways = WAYS
        main = max(WAYS, key=lambda way: sum(self._knows(chunk, way) for chunk in some))
        self.ways = (main, *(way for way in WAYS if way is not main))

    def parts(self, *, is_unfinished: bool) -> list[Part]:
        found: list[Part] = []
        for number, chunk in enumerate(self.chunks, start=1):
            found += self._read(chunk, is_unfinished and number == len(self.chunks))
        return found

    def _read(self, chunk: str, is_unfinished: bool) -> list[Part]:
        known = next((way for way in self.ways if self._knows(chunk, way)), None)
        parts = self._known_forms(chunk, known) if known else []
        if is_unfinished and (completed := self._completed(parts, chunk, known)):
            return completed
        return parts or self._repaired(chunk) or list(_plain(chunk, self.ways[0]))

    def _knows(self, chunk: str, way: Way) -> bool:
        said = words(way(chunk))
        stems = [term(word) for word in said]
        known = bool(stems) and all(self._form(stem) or stem in LITTLE for stem in stems)
        return known and self._tells(said, way)

    def _form(self, stem: str) -> str:
        """The stem, or where it is unknown a form of it with the vowel that came or went."""
        return next((form for form in twins(stem) if form in self.vocabulary), "")

    def _known_forms(self, chunk: str, way: Way) -> list[Part]:
        parts = _plain(chunk, way)
        return [replace(p, stems=((self._form(p.stem) or p.stem, 1.0),)) for p in parts]

    def _tells(self, said: list[str], way: Way) -> bool:
        """Two letters, or little words alone, are no reason to read a word in another way."""
        if way is self.ways[0]:
            return bool(said)
        return any(len(word) >= SHORTEST_OTHERWISE and term(word) not in LITTLE for word in said)

    def _completed(self, parts: list[Part], chunk: str, known: Way | None) -> list[Part]:
        """The same with what the last word may become; empty when no known word begins so.

        A little word is whole: "the" is not the beginning of a theme.
        """
        for way in (known,) if known else self.ways:
            plain = parts or list(_plain(chunk, way))
            if not self._may_go_on(plain, way):
                continue
            last = plain[-1]
            if longer := self.vocabulary.completions(folded(last.shown)):
                own = last.stems if last.stem in self.vocabulary else ()
                stems = own + tuple((stem, COMPLETED) for stem in longer if stem != last.stem)
                return [*plain[:-1], replace(last, stems=stems)]
        return []

    def _may_go_on(self, plain: list[Part], way: Way) -> bool:
        """Whether the last word can be a beginning: what stands before it must be known."""
        known = (part.stem in self.vocabulary or part.stem in LITTLE for part in plain[:-1])
        if not plain or plain[-1].stem in LITTLE or not all(known):
            return False
        return way is self.ways[0] or len(plain[-1].shown) >= SHORTEST_OTHERWISE

    def _repaired(self, chunk: str) -> list[Part]:
        for way in self.ways:
            if self.repairs_left <= 0:
                break
            self.repairs_left -= 1
            said = words(way(chunk))[:MOST_PARTS]
            every = [self._repair(word, way) for word in said] if self._tells(said, way) else []
            parts = [part for part in every if part]
            if parts and len(parts) == len(said):
                return parts
        return []

    def _repair(self, word: str, way: Way) -> Part | None:
        stem = term(word)
        if stem in self.vocabulary or stem in (ORDINARY if way is self.ways[0] else LITTLE):
            part = next(_plain(word, as_typed), None)
            return replace(part, is_repaired=way is not as_typed) if part else None
        found = self.vocabulary.repairs(folded(word), stem)
        if not found:
            return None
        best = found[0]
        is_sure = best.is_slip and way is self.ways[0]
        worth = REPAIRED if is_sure else GUESSED
        stems = tuple((each.stem, each.likelihood * worth) for each in found)
        if is_sure:
            return Part(best.shown, stems, is_repaired=True)
        return Part(word, stems, guess=best.shown, is_near=best.is_near)


def _spoken(parts: list[Part], vocabulary: Vocabulary) -> list[Part]:
    """Where nothing is sure, guesses are all there is: near ones are searched for, and said."""
    if any(part.is_repaired or _is_known(part, vocabulary) for part in parts):
        return parts
    return [_said(part) if part.guess else part for part in parts]


def _said(part: Part) -> Part:
    if part.is_near:
        return replace(part, shown=part.guess, is_repaired=True, guess="")
    return Part(part.shown, ((term(part.shown), 1.0),), part.weight)


def _plain(chunk: str, way: Way) -> Iterator[Part]:
    for word in words(way(chunk)):
        if stem := term(word):
            weight = LITTLE_WEIGHT if stem in LITTLE else 1.0
            yield Part(word, ((stem, 1.0),), weight, way is not as_typed)
