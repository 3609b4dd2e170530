"""The words an index knows: how telling each is, and what a misspelt or unfinished one may be."""

import math
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from desk.search.analysis import LITTLE, LONGEST_TERM, term
from desk.search.slips import TWO_SLIPS, is_slip

SHORTEST_TO_REPAIR = 4
SHORT = 6  # letters; up to here one typo is looked for, in longer words two
REPAIRS = 3
SHORTEST_TO_COMPLETE = 2
COMPLETIONS = 10
LITTLE_WEIGHT = 0.4
A_SLIP = 0.1


def _trigrams(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


trigrams = lru_cache(maxsize=1 << 12)(_trigrams)


@dataclass(frozen=True)
class Repair:
    """A stem that a word may stand for, a word to show for it, and how likely it is, up to 1.

    `is_near`: begins as the word does, and differs in a letter; a long one, in two.
    """

    stem: str
    shown: str
    likelihood: float
    is_slip: bool
    is_near: bool


class Vocabulary:
    """Stems of one language and audience, each with the number of articles that have it."""

    def __init__(
        self, rows: Iterable[tuple[str, str, int]], *, articles: int, mean_length: float
    ) -> None:
        """`rows`: stem, a word that has it, articles that have it."""
        self.articles, self.mean_length = articles, mean_length or 1.0
        self.counts: Counter[str] = Counter()
        self._word: dict[str, str] = {}
        self._spelt: dict[str, str] = {}
        self._trigrams: Counter[str] = Counter()
        for stem, word, count in rows:
            self.counts[stem] += count
            self._word.setdefault(stem, word)
        for stem, count in self.counts.items():
            for trigram in _trigrams(stem):
                self._trigrams[trigram] += count
        self._spelt.update((word, stem) for stem, word in self._word.items())
        self._spelt.update(zip(self._word, self._word, strict=True))
        self._sorted = sorted(self._spelt)
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for spelling in self._sorted:
            self._alike[spelling[0], len(spelling)].append(spelling)
        self.sizes = _Sizes(self)
        self.digests: dict[int, Any] = {}  # of texts that were found, by their number

    def recount(
        self, counts: Mapping[str, tuple[str, int]], *, articles: int, mean_length: float
    ) -> None:
        """Take over a word and the number of articles of some stems; of none left, 0."""
        self.articles, self.mean_length = articles, mean_length or 1.0
        for stem, (word, count) in counts.items():
            for trigram in _trigrams(stem):
                self._trigrams[trigram] += count - self.counts.get(stem, 0)
            self.counts[stem] = count
            if not count:
                del self.counts[stem]
            elif stem not in self._word:
                self._word[stem] = word
                for spelling in {word, stem}:
                    if spelling in self._spelt:
                        continue
                    insort(self._sorted, spelling)
                    self._alike[spelling[0], len(spelling)].append(spelling)
                self._spelt.update({word: stem, stem: stem})

    def forget_sizes(self) -> None:
        """After many changes; few hardly change how telling a trigram is."""
        self.sizes = _Sizes(self)
        self.digests = {}

    def __contains__(self, stem: str) -> bool:
        return stem in self.counts

    def word(self, stem: str) -> str:
        """A word to show for a stem."""
        return self._word.get(stem, stem)

    def idf(self, stem: str) -> float:
        """How telling a stem is, as BM25 has it; an unknown one is the most telling."""
        count = self.counts.get(stem, 0)
        return math.log(1 + (self.articles - count + 0.5) / (count + 0.5))

    def trigram_weight(self, trigram: str, stem: str) -> float:
        """How telling a trigram is as a part of this stem; one that nothing has, the most."""
        idf = self.trigram_idf(trigram) or math.log(1 + self.articles)
        return idf * LITTLE_WEIGHT if stem in LITTLE else idf

    def trigram_idf(self, trigram: str) -> float:
        """0 for one that nothing has."""
        count = self._trigrams.get(trigram, 0)
        most = max(self.articles, 1)
        return math.log(1 + most / min(most, count)) if count > 0 else 0.0

    def repairs(self, word: str, stem: str) -> list[Repair]:
        """Known stems that an unknown word may be, slips before what is merely like it."""
        if not SHORTEST_TO_REPAIR <= len(word) <= LONGEST_TERM or word.isdigit():
            return []
        best: dict[str, Repair] = {}
        for typed in dict.fromkeys((stem, word)):
            for spelling, distance in self._near(typed, 1 if len(word) <= SHORT else 2):
                if self._spelt[spelling] not in self.counts:
                    continue
                found = self._repair(typed, spelling, distance, word, stem)
                known = best.get(found.stem)
                if known is None or known.likelihood < found.likelihood:
                    best[found.stem] = found
        ordered = sorted(best.values(), key=lambda each: (-each.likelihood, each.stem))[:REPAIRS]
        top = ordered[0].likelihood if ordered else 1.0
        return [replace(each, likelihood=each.likelihood / top) for each in ordered]

    def completions(self, beginning: str) -> list[str]:
        """The most frequent stems of words that begin so."""
        if len(beginning) < SHORTEST_TO_COMPLETE:
            return []
        first = bisect_left(self._sorted, beginning)
        last = bisect_left(self._sorted, beginning + "\U0010ffff")
        found = {
            self._spelt[spelling] for spelling in self._sorted[first:last]
        } & self.counts.keys()
        return sorted(found, key=lambda stem: (-self.counts[stem], stem))[:COMPLETIONS]

    def _near(self, typed: str, most: int) -> Iterable[tuple[str, int]]:
        """Spellings with at most so many slips, of those that begin as it does, or as it would with
        its first two letters swapped or the first left out: few err in the first."""
        for initial in dict.fromkeys(typed[:2]):
            for length in range(len(typed) - most, len(typed) + most + 1):
                choices = self._alike.get((initial, length), ())
                for spelling, distance, _index in process.extract(
                    typed, choices, scorer=OSA.distance, score_cutoff=most, limit=8
                ):
                    yield spelling, int(distance)

    def _repair(self, typed: str, spelling: str, distance: int, word: str, stem: str) -> Repair:
        """Nearer, more frequent, with the same first letter: likelier; a slip, likelier by far."""
        known = self._spelt[spelling]
        slip = is_slip(typed, spelling)
        likelihood = 1 / (1 + distance) + 0.02 * math.log(1 + self.counts[known])
        likelihood += (0.1 if typed[0] == spelling[0] else 0.0) + (A_SLIP if slip else 0.0)
        ending = word[len(stem) :] if typed == stem else ""
        shown = self._shown(spelling, ending) if slip else self.word(known)
        near = typed[0] == spelling[0] and distance <= (2 if len(word) >= TWO_SLIPS else 1)
        return Repair(known, shown, likelihood, slip, near)

    def _shown(self, spelling: str, ending: str) -> str:
        """The known word; of a stem, with the ending that was typed where that is its form."""
        known = self._spelt[spelling]
        if spelling != known:
            return spelling
        form = known + ending
        return form if ending and term(form) == known else self.word(known)


class _Sizes(dict[str, float]):
    """The squared length of each stem's vector, worked out when it is first met."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._weight = vocabulary.trigram_weight

    def __missing__(self, stem: str) -> float:
        self[stem] = size = sum(self._weight(each, stem) ** 2 for each in trigrams(stem))
        return size
