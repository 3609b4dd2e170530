"""The one ranking of both engines: BM25 over fields, and likeness to title and aliases. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desk.search.analysis import LITTLE
from desk.search.digest import Digest, Wording
from desk.search.reading import Part, Reading
from desk.search.vocabulary import Vocabulary, trigrams

SATURATION, LENGTH = 1.2, 0.75  # k1 and b of BM25
NAMED = 0.8  # likeness, at least, of a title that has the one word that was looked for
LIKENESS = 2.0  # of title or alias, beside the best BM25, which is scaled to 1
OPENING_LIKENESS = 0.4  # what the likeness of the words that begin the body counts


class Ranked(NamedTuple):
    """`likeness` and `coverage` (what of the query's weight was found) are absolute, 0 to 1."""

    text_id: int
    score: float
    likeness: float
    coverage: float

    @property
    def confidence(self) -> float:
        """How far the article answers just this, 0 to 1."""
        return math.sqrt(self.likeness * self.coverage)


def rank(reading: Reading, articles: Sequence[Digest], vocabulary: Vocabulary) -> list[Ranked]:
    """Best first; the text's number decides between equals."""
    terms = [_Term(part, vocabulary) for part in reading.parts]
    likeness = _Likeness(reading.parts, vocabulary)
    matches = [_match(terms, each, vocabulary.mean_length) for each in articles]
    top = max((score for score, _covered in matches), default=0.0) or 1.0
    whole = sum(term.telling for term in terms) or 1.0
    telling = [term for term in terms if not term.is_little]
    named = telling[0] if len(telling) == 1 else None  # of more words, likeness tells more
    ranked = []
    for each, (score, covered) in zip(articles, matches, strict=True):
        like, opening = likeness.of(each)
        if named and named.is_in(each.title):
            like = NAMED + (1 - NAMED) * like
        total = score / top + LIKENESS * like + OPENING_LIKENESS * opening
        ranked.append(Ranked(each.text_id, total, like, covered / whole))
    return sorted(ranked, key=lambda found: (-found.score, found.text_id))


class _Term:
    """A part of the query, made ready to be looked for in many articles."""

    def __init__(self, part: Part, vocabulary: Vocabulary) -> None:
        self.is_little = part.stem in LITTLE
        self.telling = part.weight * max(vocabulary.idf(stem) for stem, _weight in part.stems)
        self.numbers = [
            vocabulary.numbers[stem] for stem, _weight in part.stems if stem in vocabulary
        ]
        self.stems = [
            (stem, part.weight * weight * vocabulary.idf(stem) * (SATURATION + 1))
            for stem, weight in part.stems
            if stem in vocabulary
        ]

    def is_in(self, title: Wording) -> bool:
        return any(number in title[0] for number in self.numbers)


def _match(terms: Iterable[_Term], article: Digest, mean_length: float) -> tuple[float, float]:
    """BM25, and the weight of the parts that were found."""
    norm = SATURATION * (1 - LENGTH + LENGTH * article.length / mean_length)
    found = article.often
    score = covered = 0.0
    for term in terms:
        best = 0.0
        for stem, gain in term.stems:
            if stem in found:
                often = found[stem]
                best = max(best, gain * often / (often + norm))
        if best:
            score += best
            covered += term.telling
    return score, covered


class _Likeness:
    """Cosine of query and wording as bags of trigrams weighted by idf."""

    def __init__(self, parts: Sequence[Part], vocabulary: Vocabulary) -> None:
        query: dict[str, float] = defaultdict(float)
        for part in parts:
            for trigram in trigrams(part.stem):
                query[trigram] += vocabulary.trigram_weight(trigram, part.stem)
        self._length = math.sqrt(sum(x * x for x in query.values())) or 1.0
        self._share = vocabulary.shares(query).__getitem__

    def of(self, article: Digest) -> tuple[float, float]:
        """Of the title or the likest alias, and of the opening."""
        like = max(map(self._of, (article.title, *article.aliases)))
        return like, self._of(article.opening)

    def _of(self, wording: Wording) -> float:
        stems, length = wording
        shared = sum(map(self._share, stems))
        return shared / self._length / length if shared else 0.0
