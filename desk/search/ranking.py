"""The one ranking of both engines: BM25 over fields, and likeness to title and aliases. Pure."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desk.search.analysis import LITTLE
from desk.search.reading import Part, Reading
from desk.search.vocabulary import Vocabulary, Wording, Wordings, trigrams

TITLE, ALIASES, TOPIC, BODY = 6.0, 4.0, 2.0, 1.0  # SQLite and PostgreSQL get the same
SATURATION, LENGTH = 1.2, 0.75  # k1 and b of BM25
NAMED = 0.8  # likeness, at least, of a title that has the one word that was looked for
LIKENESS = 2.0  # of title or alias, beside the best BM25, which is scaled to 1
MOST_KEPT = 20_000  # texts whose wordings are remembered
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
    telling = [term for term in terms if not term.is_little]
    named = telling[0] if len(telling) == 1 else None  # of more words, likeness tells more
    ranked = []
    for each, (score, covered) in zip(candidates, matches, strict=True):
        like, opening = likeness.of(_remembered(each, vocabulary))
        if named and named.is_in(each.title):
            like = NAMED + (1 - NAMED) * like
        total = score / top + LIKENESS * like + OPENING_LIKENESS * opening
        ranked.append(Ranked(each.text_id, total, like, covered / whole))
    return sorted(ranked, key=lambda found: (-found.score, found.text_id))


def _remembered(candidate: Candidate, vocabulary: Vocabulary) -> Wordings:
    kept = vocabulary.wordings
    found = kept.get(candidate.text_id)
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = kept[candidate.text_id] = _wordings(candidate, vocabulary.sizes.__getitem__)
    return found


class _Term:
    """A part of the query, made ready to be looked for in many articles."""

    def __init__(self, part: Part, vocabulary: Vocabulary) -> None:
        self.is_little = part.stem in LITTLE
        self.telling = part.weight * max(vocabulary.idf(stem) for stem, _weight in part.stems)
        self.stems = [
            (f" {stem} ", part.weight * weight * vocabulary.idf(stem) * (SATURATION + 1))
            for stem, weight in part.stems
            if stem in vocabulary
        ]

    def is_in(self, field: str) -> bool:
        return any(padded in field for padded, _gain in self.stems)


def _match(terms: Iterable[_Term], candidate: Candidate, mean_length: float) -> tuple[float, float]:
    """BM25, and the weight of the parts that were found."""
    norm = SATURATION * (1 - LENGTH + LENGTH * candidate.length / mean_length)
    fields = (
        (TITLE, candidate.title),
        (ALIASES, candidate.aliases),
        (TOPIC, candidate.topic),
        (BODY, candidate.body),
    )
    score = covered = 0.0
    for term in terms:
        best = 0.0
        for padded, gain in term.stems:
            often = 0.0
            for weight, field in fields:
                if padded in field:
                    often += weight * field.count(padded)
            if often:
                best = max(best, gain * often / (often + norm))
        if best:
            score += best
            covered += term.telling
    return score, covered


def _wordings(candidate: Candidate, size: Callable[[str], float]) -> Wordings:
    """Its opening, its title, its aliases: the stems and the length of each as a vector.

    The length is taken as if its words shared no trigram, so that a word's own share can be
    remembered: the same order at a tenth of the time.
    """
    said = [candidate.title.split(), *(alias.split() for alias in candidate.aliases.splitlines())]
    opening = candidate.body.split(maxsplit=OPENING)[:OPENING]
    return tuple((tuple(stems), math.sqrt(sum(map(size, stems)))) for stems in (opening, *said))


class _Likeness:
    """Cosine of query and wording as bags of trigrams weighted by idf."""

    def __init__(self, parts: Sequence[Part], vocabulary: Vocabulary) -> None:
        query: dict[str, float] = defaultdict(float)
        for part in parts:
            for trigram in trigrams(part.stem):
                query[trigram] += vocabulary.trigram_weight(trigram, part.stem)
        self._length = math.sqrt(sum(x * x for x in query.values())) or 1.0
        self._shares = vocabulary.shares(query)

    def of(self, wordings: Wordings) -> tuple[float, float]:
        """Of the title or the likest alias, and of the opening."""
        opening, *others = map(self._of, wordings)
        return max(others), opening

    def _of(self, wording: Wording) -> float:
        stems, length = wording
        shares = self._shares
        shared = sum([shares[stem] for stem in stems if stem in shares])
        return shared / self._length / length if shared else 0.0
