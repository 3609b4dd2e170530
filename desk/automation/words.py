"""Word conditions: phrases found in a text by the roots of their words (product.md, D2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from core.roots import root
from core.synonyms import NO_SYNONYMS, Synonyms
from core.text import Span, folded, words
from desk.automation.clauses import is_over, is_supposed, is_thanked_for, is_well, turn_between
from desk.automation.matters import is_parted_matter
from desk.automation.negation import denied_by, is_missed
from desk.automation.reading import Reading, read
from desk.automation.set_phrases import says_nothing
from desk.automation.terms import Term, terms_of

Mode = Literal["any", "all", "phrase", "near", "exact", "none"]


Run = tuple[int, int]  # the first and the last word of what was found


class Finder(NamedTuple):
    """How one phrase is looked for; a text without all of `needs` can't have it."""

    needs: frozenset[str]
    look: Callable[[Reading], list[Run]]

    def found_in(self, reading: Reading) -> list[Run]:
        return self.look(reading) if self.needs <= reading.present else []


@dataclass(frozen=True)
class Words:
    """Phrases compiled once; a phrase is one word or several.

    any, all, none: of the phrases, at least one, every one, not one is found; near: the same as
    any. The words of a phrase may stand in any order with at most `within` others and no full stop
    between neighbours; small words (prepositions, articles, "ещё") are neither sought nor counted.
    phrase: its words stand side by side, in its order. exact: besides, in its very forms.

    A phrase that denies ("не доставили", "no receipt") is found where its word is denied. Any other
    is not found where its main word is, unless `guard_negation` is off; exact looks at no meaning
    and no synonyms. `finders` holds for each phrase one for each way to say it.
    """

    phrases: tuple[str, ...]
    mode: Mode = "any"
    within: int = 3
    guard_negation: bool = True
    synonyms: Synonyms = field(default=NO_SYNONYMS, repr=False, compare=False)
    finders: tuple[tuple[Finder, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spoken = [phrase for phrase in self.phrases if words(phrase)]
        if not spoken:
            raise ValueError("a word condition without words")
        if self.mode not in get_args(Mode) or self.within < 0:
            raise ValueError(f"words cannot be looked for by {self.mode!r} within {self.within}")
        object.__setattr__(self, "finders", tuple(map(self._ways, spoken)))

    def find(self, text: str) -> list[Span]:
        """What was found, in order; for none: what spoils it; for all: nothing unless all."""
        reading = read(text)
        found = [[run for way in ways for run in way.found_in(reading)] for ways in self.finders]
        if self.mode == "all" and not all(found):
            return []
        places = reading.places if any(found) else []
        runs = {run for each in found for run in each}
        return sorted({Span(places[first][0], places[last][1]) for first, last in runs})

    def holds(self, text: str) -> bool:
        return self.holds_in(read(text))

    def holds_in(self, reading: Reading) -> bool:
        said = (any(way.found_in(reading) for way in ways) for ways in self.finders)
        return all(said) if self.mode == "all" else any(said) != (self.mode == "none")

    def _ways(self, phrase: str) -> tuple[Finder, ...]:
        if self.mode == "exact":
            return (_exact(phrase),)
        return tuple(self._finder(each) for each in self.synonyms.alternatives(phrase))

    def _finder(self, phrase: str) -> Finder:
        terms = terms_of(phrase, guard=self.guard_negation, whole=self.mode == "phrase")
        look = _side_by_side if self.mode == "phrase" else self._close_together
        needs = frozenset(term.root for term in terms)
        return Finder(needs, lambda reading: list(look(terms, reading)))

    def _close_together(self, terms: list[Term], reading: Reading) -> Iterator[Run]:
        """Runs of matching words with no gap over `within` in which every term occurs."""
        standing = {term.root: reading.positions(term.root) for term in terms}
        if not _runs(standing, reading, self.within):  # denied or not: the cheap part first
            return
        matching: dict[str, list[int]] = {}
        for term in terms:
            matching[term.root] = matching.get(term.root, []) + _matches(term, reading)
        for run in _runs(matching, reading, self.within):
            if not self.guard_negation or _is_said(run, len(matching), reading):
                yield from ((at, at) for at in run)


def _runs(standing: dict[str, list[int]], reading: Reading, within: int) -> list[list[int]]:
    """Places that lie close together, with all of the roots among them."""
    if len(standing) == 1:
        return [[at] for found in standing.values() for at in sorted(set(found))]
    if len(standing) == 2:
        some, others = standing.values()
        if _far(some, others, reading, within):
            return []
    places = sorted({(at, each) for each, found in standing.items() for at in found})
    runs: list[list[tuple[int, str]]] = []
    last = -1
    for place in places:
        at = place[0]
        if last >= 0 and not _apart(reading, last, at, within):
            runs[-1].append(place)
        else:
            runs.append([place])
        last = at
    needed = len(standing)
    return [
        [at for at, _root in run]
        for run in runs
        if len(run) >= needed and len({root for _at, root in run}) == needed
    ]


def _is_said(run: list[int], needed: int, reading: Reading) -> bool:
    """Of one matter, neither over by the end of the sentence nor only supposed."""
    parts = [[run[0]]]
    for before, at in pairwise(run):
        if turn_between(reading, before, at) or is_parted_matter(reading, before, at, run):
            parts.append([])
        parts[-1].append(at)
    whole = any(len({reading.roots[at] for at in part}) == needed for part in parts)
    if not whole or is_over(reading, run[-1]) or is_supposed(reading, run[0]):
        return False
    return not (is_thanked_for(reading, run) or is_well(reading, run))


def _far(some: list[int], others: list[int], reading: Reading, within: int) -> bool:
    """Nothing of two words stands close: quick to see, and nearly always so."""
    for one in some:
        for other in others:
            first, second = (one, other) if one < other else (other, one)
            if not _apart(reading, first, second, within):
                return False
    return True


def _apart(reading: Reading, first: int, second: int, within: int) -> bool:
    """Do more than `within` words that count stand between two places, or does a sentence end?"""
    if second - first - 1 > within:
        left, said = within, reading.words
        for at in range(first + 1, second):
            if said[at].counts:
                if not left:
                    return True
                left -= 1
    return reading.is_parted(first, second)


def _matches(term: Term, reading: Reading) -> list[int]:
    """Where the term's word stands, denied or not as the term asks."""
    found = reading.positions(term.root)
    if term.free:
        found = [at for at in found if not says_nothing(reading.plain, at)]
    if term.denied:
        return [at for at in found if denied_by(reading, at, missing=True) is not None]
    if term.guarded:
        return [at for at in found if denied_by(reading, at) is None or is_missed(reading, at)]
    return found


def _side_by_side(terms: list[Term], reading: Reading) -> Iterator[Run]:
    matches = [set(_matches(term, reading)) for term in terms]
    for first in sorted(matches[0]):
        start = at = first
        for term, places in zip(terms[1:], matches[1:], strict=True):
            # What denies the next word stands between, and belongs to it.
            after = next((n for n in range(at + 1, at + 5) if n in places), None)
            if after is None or _foremost(term, reading, after) != at + 1:
                break
            if reading.is_parted(at, after):
                break
            at = after
        else:
            start = min(start, _foremost(terms[0], reading, start))
            yield start, at


def _foremost(term: Term, reading: Reading, at: int) -> int:
    """The first word of a match: that which denies it, if the term is a denied one."""
    denying = denied_by(reading, at, missing=True) if term.denied else None
    return at if denying is None else min(at, denying)


def _exact(phrase: str) -> Finder:
    sought = [folded(word) for word in words(phrase)]
    needs = frozenset(map(root, sought))
    return Finder(needs, lambda reading: list(_letter_for_letter(sought, reading)))


def _letter_for_letter(sought: list[str], reading: Reading) -> Iterator[Run]:
    plain, size = reading.plain, len(sought)
    for at in range(len(plain) - size + 1):
        last = at + size - 1
        is_said = plain[at] == sought[0] and plain[at : last + 1] == sought
        if is_said and not reading.is_parted(at, last):
            yield at, last
