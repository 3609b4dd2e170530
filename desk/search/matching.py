"""BM25 of the words of a query over all articles of a language. Pure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desk.search.postings import Postings
from desk.search.reading import Part, Reading
from desk.search.vocabulary import Vocabulary

SATURATION, LENGTH = 1.2, 0.75  # k1 and b of BM25
MOST_LOOKED_AT = 400_000  # entries of one query, rare words first; some 4 ms


class Match(NamedTuple):
    """`score` is scaled so that the best has 1; `coverage` = what of the query's weight was found,
    up to 1."""

    score: float
    coverage: float


class Matches:
    """How well each article has the words of a query."""

    def __init__(
        self,
        reading: Reading,
        postings: Postings,
        vocabulary: Vocabulary,
        audiences: Sequence[str],
    ) -> None:
        self._postings, self._vocabulary = postings, vocabulary
        self._count = postings.count
        lengths = postings.lengths[: self._count] / vocabulary.mean_length
        self._norms = SATURATION * (1 - LENGTH + LENGTH * lengths)
        self._readable = postings.readable(audiences, self._count)
        self._scores = np.zeros(self._count, np.float32)
        self._covered = np.zeros(self._count, np.float32)
        self._whole = sum(telling(part, vocabulary) for part in reading.parts) or 1.0
        for part in self._affordable(reading):
            self._add(part)
        self._scores[~self._readable] = 0.0
        self._top = float(self._scores.max(initial=0.0)) or 1.0

    def best(self, most: int) -> list[int]:
        """The texts that match best."""
        scores = self._scores
        if np.count_nonzero(scores) > most:
            places = np.argpartition(-scores, most)[:most]
        else:
            places = np.flatnonzero(scores)
        texts = self._postings.texts
        ordered = sorted(places.tolist(), key=lambda place: (-scores[place], texts[place]))
        return [int(texts[place]) for place in ordered]

    def of(self, text: int) -> Match:
        place = self._postings.place(text)
        if place is None or place >= self._count:
            return Match(0.0, 0.0)
        score, covered = float(self._scores[place]), float(self._covered[place])
        return Match(score / self._top, covered / self._whole)

    def _affordable(self, reading: Reading) -> list[Part]:
        """Without the commonest words where there are too many of them."""
        counts = self._vocabulary.counts
        chosen: list[Part] = []
        spent = 0
        every = [part for part in reading.parts if any(stem in counts for stem, _w in part.stems)]
        for part in sorted(every, key=lambda part: sum(counts[stem] for stem, _w in part.stems)):
            spent += sum(counts[stem] for stem, _weight in part.stems)
            if chosen and spent > MOST_LOOKED_AT:
                break
            chosen.append(part)
        return chosen

    def _add(self, part: Part) -> None:
        """The best of the stems that the part may stand for."""
        found = [
            self._gains(stem, part.weight * weight)
            for stem, weight in part.stems
            if stem in self._vocabulary
        ]
        if len(found) == 1:
            places, gains = found[0]
        else:
            every = np.concatenate([places for places, _gains in found])
            places, inverse = np.unique(every, return_inverse=True)
            gains = np.zeros(len(places), np.float32)
            np.maximum.at(gains, inverse, np.concatenate([gains for _places, gains in found]))
        self._scores[places] += gains
        self._covered[places] += telling(part, self._vocabulary)

    def _gains(self, stem: str, weight: float) -> tuple[NDArray[Any], NDArray[Any]]:
        places, often = self._postings.of(stem)
        if len(places) and places[-1] >= self._count:  # put by somebody meanwhile
            known = places < self._count
            places, often = places[known], often[known]
        gain = weight * self._vocabulary.idf(stem) * (SATURATION + 1)
        counted = often.astype(np.float32)
        return places, gain * counted / (counted + self._norms[places])


def telling(part: Part, vocabulary: Vocabulary) -> float:
    """What a part says of what is meant."""
    return part.weight * max(vocabulary.idf(stem) for stem, _weight in part.stems)
