"""What is kept in memory of the articles of a language: their postings and vocabularies."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select

from core import garbage
from core.db import plain_rows, streamed, table
from desk import revision
from desk.search.postings import Held, Postings
from desk.search.vocabulary import Vocabulary
from models.search import ArticleIndex, SearchWord

REVISION = "search"
_INDEX, _WORDS = table(ArticleIndex), table(SearchWord)
_HELD = select(_INDEX.c.text_id, _INDEX.c.audience, _INDEX.c.length, _INDEX.c.entries)
_MUCH = 20  # of so many articles one was changed: what few changes hardly touch is made anew
_FEW = 500  # changed articles that are always followed


class Lookup:
    """Of one language, as of a revision; see `revision.followed`."""

    def __init__(self, locale: str) -> None:
        rows = streamed(_HELD.where(_INDEX.c.locale == locale, _INDEX.c.audience != ""))
        self.locale = locale
        self.postings = Postings(map(_held, rows))
        self._vocabularies: dict[tuple[str, ...], Vocabulary] = {}
        self._changed = 0
        garbage.give_back()

    def vocabulary(self, audiences: Sequence[str]) -> Vocabulary:
        """The words that these may read."""
        scope = tuple(audiences)
        if scope not in self._vocabularies:
            self._vocabularies[scope] = self._read(scope)
            garbage.give_back()
        return self._vocabularies[scope]

    def follow(self, since: int) -> bool:
        """Take over what changed after a revision; False when that is too much."""
        mine = _INDEX.c.locale == self.locale
        changed = plain_rows(_HELD.where(mine, _INDEX.c.number > since))
        self._changed += len(changed)
        if self.postings.added + len(changed) > _FEW + self.postings.count // _MUCH:
            return False
        for row in changed:
            self.postings.put(_held(row))
        for scope, words in self._vocabularies.items():
            self._recount(scope, words, since)
            for row in changed:
                words.digests.pop(row.text_id, None)
            if self._changed * _MUCH > words.articles:
                words.forget_sizes()
        if self._changed * _MUCH > self.postings.count:
            self._changed = 0
        return True

    def _size(self, scope: Sequence[str]) -> tuple[int, float]:
        """Articles, and their mean length."""
        readable = self.postings.readable(scope, self.postings.count)
        lengths = self.postings.lengths[: self.postings.count][readable]
        return len(lengths), float(lengths.mean()) if len(lengths) else 0.0

    def _read(self, scope: Sequence[str]) -> Vocabulary:
        rows = streamed(
            select(_WORDS.c.stem, _WORDS.c.word, _WORDS.c.articles)
            .where(_WORDS.c.locale == self.locale, _WORDS.c.audience.in_(scope))
            .where(_WORDS.c.articles > 0)
            .order_by(_WORDS.c.audience.desc(), _WORDS.c.stem)
        )
        articles, mean = self._size(scope)
        known = ((row.stem, row.word, row.articles) for row in rows)
        return Vocabulary(known, articles=articles, mean_length=mean)

    def _recount(self, scope: Sequence[str], words: Vocabulary, since: int) -> None:
        mine = (_WORDS.c.locale == self.locale, _WORDS.c.audience.in_(scope))
        touched = select(_WORDS.c.stem).where(*mine, _WORDS.c.number > since)
        rows = plain_rows(
            select(
                _WORDS.c.stem,
                func.max(_WORDS.c.word).label("word"),
                func.sum(_WORDS.c.articles).label("articles"),
            )
            .where(*mine, _WORDS.c.stem.in_(touched))
            .group_by(_WORDS.c.stem)
        )
        articles, mean = self._size(scope)
        counts = {row.stem: (row.word, int(row.articles)) for row in rows}
        words.recount(counts, articles=articles, mean_length=mean)


def _held(row: Row[Any]) -> Held:
    return Held(row.text_id, row.audience, row.length, row.entries)


def lookup(locale: str) -> Lookup:
    """As of the revision in force."""
    return revision.followed(REVISION, locale, lambda: Lookup(locale), Lookup.follow)


def vocabulary(locale: str, audiences: Sequence[str]) -> Vocabulary:
    return lookup(locale).vocabulary(audiences)
