"""Keeping the article index true: called by the verbs of desk.faq, in their unit of work."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from core import html
from core.db import db, plain_rows, table
from desk import revision
from desk.readers import NOBODY, audience_of
from desk.search.analysis import terms
from desk.search.backend import full_text
from desk.search.counting import Counting, Said
from desk.search.lookup import REVISION
from models import Article, ArticleCategory, ArticleState, ArticleText
from models.article import wordings_of
from models.named import named_in
from models.search import ArticleIndex, SearchWord

BATCH = 500
T = TypeVar("T")

_READABLE = (
    select(
        ArticleText.id,
        ArticleText.locale,
        ArticleText.title,
        ArticleText.aliases,
        ArticleText.learned,
        ArticleText.html,
        Article.state,
        Article.category_id,
        ArticleCategory.name_ru,
        ArticleCategory.name_en,
    )
    .join(Article, Article.id == ArticleText.article_id)
    .join(ArticleCategory, ArticleCategory.id == Article.category_id)
    .where(Article.state != ArticleState.DRAFT)
    .order_by(ArticleText.id)
)


def index_article(text: ArticleText) -> None:
    """Make the text found as it is now; one that nobody may read is taken out."""
    is_readable = text.article.state != ArticleState.DRAFT
    there = db.session.get(ArticleIndex, text.id)
    if there is None and not is_readable:
        return  # a draft that is being written: nothing changes for those who search
    number = _next()
    if there is not None:
        _take_out(there, number)
    if is_readable:
        reading = _Reading(number)
        for row in reading.rows(_readable(ArticleText.id == text.id)):
            db.session.merge(ArticleIndex(**row))
        db.session.flush()
        reading.put_words()


def remove_article(text: ArticleText) -> None:
    row = db.session.get(ArticleIndex, text.id)
    if row is not None:
        _take_out(row, _next())


def reindex_all() -> int:
    """Make the index of articles anew; the number of texts in it."""
    reading = _Reading(_next())
    for model in (ArticleIndex, SearchWord):
        db.session.execute(delete(model))
    last = texts = 0
    while batch := _readable(ArticleText.id > last):
        db.session.execute(insert(table(ArticleIndex)), list(reading.rows(batch)))
        last, texts = batch[-1].id, texts + len(batch)
    reading.put_words()
    return texts


def index_if_never_done() -> None:
    """After a migration that made the tables of the index anew."""
    if db.session.scalar(select(func.count()).select_from(ArticleIndex)) == 0:
        reindex_all()


def _next() -> int:
    """The revision that this unit makes; its lock makes those who change the index take turns."""
    revision.bump(REVISION)
    return revision.number(REVISION)


def _take_out(row: ArticleIndex, number: int) -> None:
    _forget_words(row, number)
    row.audience, row.number = NOBODY, number
    db.session.flush()


class _Reading:
    """Articles that are indexed, and in how many of them each stem is."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._counting = Counting()
        self._articles: dict[tuple[str, str], NDArray[np.int64]] = {}

    def rows(self, texts: Sequence[Row[Any]]) -> Iterator[dict[str, Any]]:
        every = [_said(text) for text in texts]
        for text, said, found in zip(texts, every, self._counting.count(every), strict=True):
            audience = audience_of(text.state, text.category_id)
            self._count(text.locale, audience)[found.different] += 1
            yield {
                "text_id": text.id,
                "locale": text.locale,
                "audience": audience,
                "length": found.length,
                "plain": said.body,
                "entries": found.entries,
                "digest": _digest(audience, said),
                "number": self.number,
                **found.fields,
            }

    def _count(self, locale: str, audience: str) -> NDArray[np.int64]:
        """In how many articles of these readers each stem is, by its number."""
        counts = self._articles.get((locale, audience), np.zeros(0, np.int64))
        if len(counts) < (known := len(self._counting.stems)):
            counts = np.concatenate([counts, np.zeros(known - len(counts), np.int64)])
            self._articles[locale, audience] = counts
        return counts

    def put_words(self) -> None:
        """Their stems, added to those that are counted already."""
        stems, shown = self._counting.stems, self._counting.shown
        rows = [
            {
                "locale": locale,
                "audience": audience,
                "stem": stems[each],
                "word": shown[each],
                "articles": count,
                "number": self.number,
            }
            for (locale, audience), counts in sorted(self._articles.items())
            for each, count in sorted(enumerate(counts.tolist()), key=lambda it: stems[it[0]])
            if count
        ]
        for batch in batched(rows):
            full_text().count_words(batch)


def _readable(which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return plain_rows(_READABLE.where(which).limit(BATCH))


def _said(text: Row[Any]) -> Said:
    return Said(
        text.title,
        wordings_of(text.aliases, text.learned),
        named_in(text.locale, text.name_ru, text.name_en),
        html.plain(text.html),
    )


def _digest(audience: str, said: Said) -> str:
    every = "\n".join([audience, said.title, *said.aliases, said.topic, said.body])
    return hashlib.blake2b(every.encode(), digest_size=16).hexdigest()


def _stems(row: ArticleIndex) -> set[str]:
    return {*row.title.split(), *row.aliases.split(), *row.topic.split(), *terms(row.plain)}


def _forget_words(row: ArticleIndex, number: int) -> None:
    """Words that no article has any more stay, counted 0: that is how others hear of it."""
    own = (SearchWord.locale == row.locale, SearchWord.audience == row.audience)
    less = update(SearchWord).values(articles=SearchWord.articles - 1, number=number)
    for batch in batched(sorted(_stems(row))):
        db.session.execute(less.where(*own, SearchWord.stem.in_(batch)))


def batched(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
