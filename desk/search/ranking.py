"""The one ranking of both engines: BM25 over fields, likeness to title and aliases, and, where
vectors are known, nearness in meaning. Pure."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desk.search.analysis import LITTLE
from desk.search.digest import Digest, Wording
from desk.search.matching import Matches
from desk.search.meaning.nearness import Near
from desk.search.reading import Part, Reading
from desk.search.vocabulary import LITTLE_WEIGHT, Vocabulary, trigrams

NAMED = 0.8  # likeness, at least, of a title that has the one word that was looked for
LIKENESS = 2.0  # of title or alias, beside the best BM25, which is scaled to 1
OPENING_LIKENESS = 0.4  # what the likeness of the words that begin the body counts
# Beside all that words can give, which is scaled to 1:
WORDING, CENTRE, PASSAGE, TAUGHT = 0.6, 0.6, 0.1, 1.0
BY_WORDS = 1 + LIKENESS + OPENING_LIKENESS


class Ranked(NamedTuple):
    """`likeness`, `coverage` (what of the query's weight was found) and `nearness` are absolute, 0
    to 1; nearness is 0 where nothing is known of meanings."""

    text_id: int
    score: float
    likeness: float
    coverage: float
    nearness: float = 0.0


def rank(
    reading: Reading,
    articles: Mapping[int, Digest],
    matches: Matches,
    vocabulary: Vocabulary,
    near: Mapping[int, Near] | None = None,
) -> list[Ranked]:
    """Best first; the text's number decides between equals.

    `near` by text; one that has no vectors yet is taken to be as near as the others are.
    """
    likeness = _Likeness(reading.parts, vocabulary)
    named = _only_telling(reading)
    meant = {text: _meant(found) for text, found in (near or {}).items()}
    typical = sum(meant.values()) / len(meant) if meant else 0.0
    ranked = []
    for text, digest in articles.items():
        match = matches.of(text)
        like, opening = likeness.of(digest)
        if named.intersection(digest.title[0]):
            like = NAMED + (1 - NAMED) * like
        total = (match.score + LIKENESS * like + OPENING_LIKENESS * opening) / BY_WORDS
        total += meant.get(text, typical)
        nearness = near[text].wording if near and text in near else 0.0
        ranked.append(Ranked(text, total, like, match.coverage, nearness))
    return sorted(ranked, key=lambda found: (-found.score, found.text_id))


def _only_telling(reading: Reading) -> set[str]:
    """The stems of the one word that was looked for; of more words, likeness tells more."""
    parts = [part for part in reading.parts if part.stem not in LITTLE]
    return {stem for stem, _weight in parts[0].stems} if len(parts) == 1 else set()


def _meant(near: Near) -> float:
    return (
        WORDING * near.wording
        + CENTRE * near.centre
        + PASSAGE * near.passage
        + TAUGHT * near.taught
    )


class _Likeness:
    """Cosine of query and wording as bags of trigrams weighted by idf."""

    def __init__(self, parts: Sequence[Part], vocabulary: Vocabulary) -> None:
        query: dict[str, float] = defaultdict(float)
        for part in parts:
            for trigram in trigrams(part.stem):
                query[trigram] += vocabulary.trigram_weight(trigram, part.stem)
        self._length = math.sqrt(sum(x * x for x in query.values())) or 1.0
        self._worth = {
            trigram: weight * vocabulary.trigram_idf(trigram) for trigram, weight in query.items()
        }
        self._shares: dict[str, float] = {}

    def of(self, article: Digest) -> tuple[float, float]:
        """Of the title or the likest alias, and of the opening."""
        like = max(map(self._of, (article.title, *article.aliases)))
        return like, self._of(article.opening)

    def _of(self, wording: Wording) -> float:
        stems, length = wording
        known = self._shares
        shared = 0.0
        for stem in stems:
            share = known.get(stem)
            if share is None:
                share = known[stem] = self._share(stem)
            shared += share
        return shared / self._length / length if shared else 0.0

    def _share(self, stem: str) -> float:
        """What a stem has in common with the query; a trigram that it has twice counts twice."""
        worth, padded = self._worth, f" {stem} "
        shared = 0.0
        for at in range(len(stem)):
            shared += worth.get(padded[at : at + 3], 0.0)
        return shared * LITTLE_WEIGHT if stem in LITTLE else shared
