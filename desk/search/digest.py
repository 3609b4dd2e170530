"""The wordings of articles as the ranking compares them: made once, then kept for a while."""

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, select

from core.db import plain_rows, table
from desk.search.vocabulary import Vocabulary
from models.search import ArticleIndex

MOST_KEPT = 4_000  # texts; of each some 4 KB

_ROWS = table(ArticleIndex)
_OF_TEXTS = select(
    _ROWS.c.text_id,
    _ROWS.c.title,
    _ROWS.c.aliases,
    _ROWS.c.opening,
).where(_ROWS.c.text_id.in_(bindparam("texts", expanding=True)))

# The stems of a passage, and the length of its vector.
Wording = tuple[tuple[str, ...], float]


class Indexed(Protocol):
    """An article's stems, each with a space before and after; aliases have one a line."""

    text_id: int
    title: str
    aliases: str
    opening: str


class Digest(NamedTuple):
    text_id: int
    opening: Wording
    title: Wording
    aliases: tuple[Wording, ...]


def digests(texts: Sequence[int], vocabulary: Vocabulary) -> dict[int, Digest]:
    """Of those of the texts that are in the index."""
    kept: dict[int, Digest] = vocabulary.digests
    missing = [each for each in texts if each not in kept]
    if missing and len(kept) + len(missing) > MOST_KEPT:
        kept.clear()
        missing = list(texts)
    if missing:
        for row in plain_rows(_OF_TEXTS, {"texts": missing}):
            kept[row.text_id] = digest_of(row, vocabulary)
    return {each: kept[each] for each in texts if each in kept}


def digest_of(article: Indexed, vocabulary: Vocabulary) -> Digest:
    return Digest(
        text_id=article.text_id,
        opening=_wording(article.opening.split(), vocabulary),
        title=_wording(article.title.split(), vocabulary),
        aliases=tuple(
            _wording(alias.split(), vocabulary) for alias in article.aliases.splitlines()
        ),
    )


def _wording(stems: Sequence[str], vocabulary: Vocabulary) -> Wording:
    """The length is taken as if its words shared no trigram, so that a word's own share can be
    remembered: the same order at a tenth of the time."""
    sizes = vocabulary.sizes
    return tuple(stems), math.sqrt(sum(map(sizes.__getitem__, stems)))
