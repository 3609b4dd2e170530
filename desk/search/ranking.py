"""The one ranking of both engines: BM25 over fields, and likeness to title and aliases. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desk.search.reading import Part, Reading
from desk.search.vocabulary import Vocabulary, trigrams

TITLE, ALIASES, TOPIC, BODY = 6.0, 4.0, 2.0, 1.0  # SQLite and PostgreSQL get the same
SATURATION, LENGTH = 1.2, 0.75  # k1 and b of BM25
LIKENESS = 2.0  # of title or alias, beside the best BM25, which is scaled to 1
OPENING, OPENING_LIKENESS = 30, 0.4  # words that begin the body, and what their likeness counts


class Candidate(Protocol):
    """An article's stems, each with a space before and after; aliases have one a line."""

    text_id: int
    length: int
    title: str
    aliases: str
    topic: str
    body: str


@dataclass(frozen=True)
class Ranked:
    """`likeness` and `coverage` (what of the query's weight was found) are absolute, 0 to 1."""

    text_id: int
    score: float
    likeness: float
    coverage: float

    @property
    def confidence(self) -> float:
        """How far the article answers just this, 0 to 1."""
        return math.sqrt(self.likeness * self.coverage)


def rank(reading: Reading, candidates: Sequence[Candidate], vocabulary: Vocabulary) -> list[Ranked]:
    """Best first; the text's number decides between equals."""
    terms = [_Term(part, vocabulary) for part in reading.parts]
    likeness = _Likeness(reading.parts, vocabulary)
    matches = [_match(terms, each, vocabulary.mean_length) for each in candidates]
    top = max((score for score, _covered in matches), default=0.0) or 1.0
    whole = sum(term.telling for term in terms) or 1.0
    ranked = []
    for each, (score, covered) in zip(candidates, matches, strict=True):
        like = likeness.best(each)
        total = score / top + LIKENESS * like + OPENING_LIKENESS * likeness.opening(each)
        ranked.append(Ranked(each.text_id, total, like, covered / whole))
    return sorted(ranked, key=lambda found: (-found.score, found.text_id))


class _Term:
    """A part of the query, made ready to be looked for in many articles."""

    def __init__(self, part: Part, vocabulary: Vocabulary) -> None:
        self.telling = part.weight * max(vocabulary.idf(stem) for stem, _weight in part.stems)
        self.stems = [
            (f" {stem} ", part.weight * weight * vocabulary.idf(stem) * (SATURATION + 1))
            for stem, weight in part.stems
            if stem in vocabulary
        ]


def _match(terms: Iterable[_Term], candidate: Candidate, mean_length: float) -> tuple[float, float]:
    """BM25, and the weight of the parts that were found."""
    norm = SATURATION * (1 - LENGTH + LENGTH * candidate.length / mean_length)
    everything = f"{candidate.title}{candidate.aliases}{candidate.topic}{candidate.body}"
    score = covered = 0.0
    for term in terms:
        best = 0.0
        for padded, gain in term.stems:
            if padded in everything:
                often = _frequency(padded, candidate)
                best = max(best, gain * often / (often + norm))
        if best:
            score += best
            covered += term.telling
    return score, covered


def _frequency(padded: str, candidate: Candidate) -> float:
    return (
        TITLE * candidate.title.count(padded)
        + ALIASES * candidate.aliases.count(padded)
        + TOPIC * candidate.topic.count(padded)
        + BODY * candidate.body.count(padded)
    )


class _Likeness:
    """Cosine of query and wording as bags of trigrams weighted by idf.

    A wording's length is taken as if its words shared no trigram, so that a word's own share can be
    remembered: the same order at a tenth of the time.
    """

    def __init__(self, parts: Sequence[Part], vocabulary: Vocabulary) -> None:
        query: dict[str, float] = defaultdict(float)
        for part in parts:
            for trigram in trigrams(part.stem):
                query[trigram] += vocabulary.trigram_weight(trigram, part.stem)
        self._length = math.sqrt(sum(x * x for x in query.values())) or 1.0
        self._share = _Shares(query, vocabulary).__getitem__
        self._size = vocabulary.sizes.__getitem__

    def best(self, candidate: Candidate) -> float:
        wordings = (candidate.title, *candidate.aliases.splitlines())
        return max(self._of(wording.split()) for wording in wordings)

    def opening(self, candidate: Candidate) -> float:
        return self._of(candidate.body.split(maxsplit=OPENING)[:OPENING])

    def _of(self, stems: Sequence[str]) -> float:
        shared = sum(map(self._share, stems))
        if not shared:
            return 0.0
        return shared / self._length / math.sqrt(sum(map(self._size, stems)))


class _Shares(dict[str, float]):
    """What each stem has in common with the query, worked out when it is first met."""

    def __init__(self, query: Mapping[str, float], vocabulary: Vocabulary) -> None:
        super().__init__()
        self._query, self._trigrams = query, frozenset(query)
        self._weight = vocabulary.trigram_weight

    def __missing__(self, stem: str) -> float:
        common = trigrams(stem) & self._trigrams
        self[stem] = shared = sum(self._query[each] * self._weight(each, stem) for each in common)
        return shared
