"""Word conditions: phrases found in a text by the roots of their words (product.md, D2)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from core.roots import root
from core.text import folded, words
from desk.automation.negation import (
    ADJECTIVE,
    OF_ALL,
    SMALL_WORDS,
    denied_by,
    is_denying,
    is_missed,
    word_set,
)
from desk.automation.reading import Reading, read

Mode = Literal["any", "all", "phrase", "near", "exact", "none"]
_LEFT_ASIDE = SMALL_WORDS | word_set("и а но же ли бы что the and")
_VERB = re.compile(r"[а-я]{2,}(?:л|ла|ло|ли|ет|ют|ит|ят|ут)(?:ся|сь)?")


class Span(NamedTuple):
    """A place in the text that was asked about, for highlighting."""

    start: int
    end: int


class Term(NamedTuple):
    """One word of a phrase; `denied` if the phrase denies it, `guarded` if the text must not."""

    root: str
    denied: bool
    guarded: bool


@dataclass(frozen=True)
class Words:
    """Phrases compiled once; a phrase is one word or several.

    any, all, none: of the phrases, at least one, every one, not one is found; near: the same as
    any. The words of a phrase may stand in any order with at most `within` others between
    neighbours; small words (prepositions, articles, "ещё") are neither sought nor counted.
    phrase: its words stand side by side, in its order. exact: besides, in its very forms.

    A phrase that denies ("не доставили", "no receipt") is found where its word is denied. Any other
    is not found where its main word is, unless `guard_negation` is off; exact looks at no meaning.
    """

    phrases: tuple[str, ...]
    mode: Mode = "any"
    within: int = 3
    guard_negation: bool = True
    _finders: tuple[Callable[[Reading], list[Span]], ...] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        spoken = [phrase for phrase in self.phrases if words(phrase)]
        if not spoken:
            raise ValueError("a word condition without words")
        if self.mode not in get_args(Mode) or self.within < 0:
            raise ValueError(f"words cannot be looked for by {self.mode!r} within {self.within}")
        object.__setattr__(self, "_finders", tuple(self._finder(phrase) for phrase in spoken))

    def find(self, text: str) -> list[Span]:
        """What was found, in order; for none: what spoils it; for all: nothing unless all."""
        reading = read(text)
        found = [finder(reading) for finder in self._finders]
        if self.mode == "all" and not all(found):
            return []
        return sorted({span for spans in found for span in spans})

    def holds(self, text: str) -> bool:
        reading = read(text)
        if self.mode == "all":
            return all(finder(reading) for finder in self._finders)
        return any(finder(reading) for finder in self._finders) != (self.mode == "none")

    def _finder(self, phrase: str) -> Callable[[Reading], list[Span]]:
        if self.mode == "exact":
            sought = [folded(word) for word in words(phrase)]
            return lambda reading: list(_letter_for_letter(sought, reading))
        terms = _terms(phrase, guard=self.guard_negation, whole=self.mode == "phrase")
        roots = frozenset(term.root for term in terms)
        look = _side_by_side if self.mode == "phrase" else self._close_together
        return lambda reading: list(look(terms, reading)) if roots <= reading.present else []

    def _close_together(self, terms: list[Term], reading: Reading) -> Iterator[Span]:
        """Runs of matching words with no gap over `within` in which every term occurs."""
        sought = {term.root for term in terms}
        run: list[tuple[int, str]] = []
        places = sorted((at, term.root) for term in set(terms) for at in _matches(term, reading))
        for at, known in [*places, (-1, "")]:
            if run and (at < 0 or _words_between(reading, run[-1][0], at) > self.within):
                if {found for _, found in run} == sought:
                    yield from (Span(*reading.places[place]) for place, _ in run)
                run = []
            run.append((at, known))


def _words_between(reading: Reading, first: int, second: int) -> int:
    between = reading.plain[first + 1 : second]
    return len(between) - sum(word in _LEFT_ASIDE for word in between)


def _matches(term: Term, reading: Reading) -> list[int]:
    """Where the term's word stands, denied or not as the term asks."""
    found = reading.positions(term.root)
    if term.denied:
        return [at for at in found if denied_by(reading, at) is not None]
    if term.guarded:
        return [at for at in found if denied_by(reading, at) is None or is_missed(reading, at)]
    return found


def _side_by_side(terms: list[Term], reading: Reading) -> Iterator[Span]:
    matches = [set(_matches(term, reading)) for term in terms]
    for first in sorted(matches[0]):
        start = at = first
        for term, places in zip(terms[1:], matches[1:], strict=True):
            # What denies the next word stands between, and belongs to it.
            after = next((n for n in range(at + 1, at + 5) if n in places), None)
            if after is None or _foremost(term, reading, after) != at + 1:
                break
            at = after
        else:
            start = min(start, _foremost(terms[0], reading, start))
            yield Span(reading.places[start][0], reading.places[at][1])


def _foremost(term: Term, reading: Reading, at: int) -> int:
    """The first word of a match: that which denies it, if the term is a denied one."""
    denying = denied_by(reading, at) if term.denied else None
    return at if denying is None else min(at, denying)


def _letter_for_letter(sought: list[str], reading: Reading) -> Iterator[Span]:
    plain, size = reading.plain, len(sought)
    for at in range(len(plain) - size + 1):
        if plain[at] == sought[0] and plain[at : at + size] == sought:
            yield Span(reading.places[at][0], reading.places[at + size - 1][1])


def _terms(phrase: str, *, guard: bool, whole: bool) -> list[Term]:
    said: list[tuple[str, bool]] = []
    denied = False
    for word in map(folded, words(phrase)):
        if is_denying(word):
            denied = True
        elif (whole and not denied) or word not in _LEFT_ASIDE:
            said.append((word, denied))
            denied = False
    if denied and said:  # "чека нет"
        said[-1] = said[-1][0], True
    if not said:
        return [Term(root(word), denied=False, guarded=False) for word in words(phrase)]
    guard = guard and not any(denied or word in OF_ALL for word, denied in said)
    main = _main_words([word for word, _ in said]) if guard else range(0)
    return [Term(root(word), no, guarded=at in main) for at, (word, no) in enumerate(said)]


def _main_words(said: list[str]) -> range:
    """Which words must not be denied: of Russian nouns the first, with its adjective; else all.

    «Задержка доставки» is about a delay: "не доставили, задержка" has one, "доставка без задержки"
    has none. Where a verb or English tells of it, any word may carry the sense.
    """
    verbs = any(_VERB.fullmatch(word) for word in said)
    if verbs or not all("а" <= word[0] <= "я" for word in said):
        return range(len(said))
    first_noun = (at for at, word in enumerate(said) if not ADJECTIVE.fullmatch(word))
    return range(next(first_noun, len(said) - 1) + 1)
