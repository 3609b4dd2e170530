"""Articles as the ranking reads them: made once, then kept as long as the index stands."""

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import bindparam, select

from core.db import plain_rows, table
from desk.search.vocabulary import Vocabulary
from models.search import ArticleIndex

TITLE, ALIASES, TOPIC, BODY = 6.0, 4.0, 2.0, 1.0  # SQLite and PostgreSQL get the same
OPENING = 30  # words that begin the body
MOST_KEPT = 4_000  # texts; of each some 7 KB

_ROWS = table(ArticleIndex)
_OF_TEXTS = select(
    *(_ROWS.c[name] for name in ("text_id", "length", "title", "aliases", "topic", "body"))
).where(_ROWS.c.text_id.in_(bindparam("texts", expanding=True)))

# The stems of a passage, by their numbers in the vocabulary, and the length of its vector.
Wording = tuple[tuple[int, ...], float]


class Indexed(Protocol):
    """An article's stems, each with a space before and after; aliases have one a line."""

    text_id: int
    length: int
    title: str
    aliases: str
    topic: str
    body: str


class Digest(NamedTuple):
    """`often` = how often each stem stands in it, by the worth of the field."""

    text_id: int
    length: int
    often: dict[str, int]
    opening: Wording
    title: Wording
    aliases: tuple[Wording, ...]


def digests(texts: Sequence[int], vocabulary: Vocabulary) -> list[Digest]:
    """Of these texts, in their order."""
    kept: dict[int, Digest] = vocabulary.digests
    missing = [each for each in texts if each not in kept]
    if missing and len(kept) + len(missing) > MOST_KEPT:
        kept.clear()
        missing = list(texts)
    if missing:
        for row in plain_rows(_OF_TEXTS, {"texts": missing}):
            kept[row.text_id] = digest_of(row, vocabulary)
    found = map(kept.get, texts)
    return [each for each in found if each is not None]


def digest_of(article: Indexed, vocabulary: Vocabulary) -> Digest:
    body = _stems(article.body)
    title, topic = _stems(article.title), _stems(article.topic)
    aliases = [_stems(alias) for alias in article.aliases.splitlines()]
    often: dict[str, int] = defaultdict(int)
    for worth, field in ((TITLE, title), (TOPIC, topic), (BODY, body)):
        _count(field, int(worth), often)
    for alias in aliases:
        _count(alias, int(ALIASES), often)
    return Digest(
        text_id=article.text_id,
        length=article.length,
        often=dict(often),
        opening=_wording(body[:OPENING], vocabulary),
        title=_wording(title, vocabulary),
        aliases=tuple(_wording(alias, vocabulary) for alias in aliases),
    )


def _stems(field: str) -> list[str]:
    return list(map(sys.intern, field.split()))  # articles share most of them


def _count(stems: Iterable[str], worth: int, often: dict[str, int]) -> None:
    """A word said twice in a row counts once."""
    last = ""
    for stem in stems:
        if stem == last:
            last = ""
        else:
            often[stem] += worth
            last = stem


def _wording(stems: Sequence[str], vocabulary: Vocabulary) -> Wording:
    """The length is taken as if its words shared no trigram, so that a word's own share can be
    remembered: the same order at a tenth of the time."""
    numbers, sizes = vocabulary.numbers, vocabulary.sizes
    known = tuple(numbers[stem] for stem in stems if stem in numbers)
    return known, math.sqrt(sum(sizes[stem] for stem in stems))
