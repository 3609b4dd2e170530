"""The vocabularies in force, kept in memory until the index changes."""

from collections.abc import Sequence

from sqlalchemy import func, select

from core.db import db
from desk import revision
from desk.search.index import REVISION
from desk.search.vocabulary import Vocabulary
from models.search import ArticleIndex, SearchWord

Scope = tuple[str, tuple[str, ...]]


def vocabulary(locale: str, audiences: Sequence[str]) -> Vocabulary:
    """The words of a language that these audiences may read."""
    shelf: dict[Scope, Vocabulary] = revision.kept(REVISION, dict)
    scope = locale, tuple(audiences)
    found = shelf.get(scope)
    if found is None:
        found = shelf[scope] = _load(locale, audiences)
    return found


def _load(locale: str, audiences: Sequence[str]) -> Vocabulary:
    articles, mean = db.session.execute(
        select(func.count(), func.avg(ArticleIndex.length)).where(
            ArticleIndex.locale == locale, ArticleIndex.audience.in_(audiences)
        )
    ).one()
    rows = db.session.execute(
        select(SearchWord.stem, SearchWord.word, SearchWord.articles)
        .where(SearchWord.locale == locale, SearchWord.audience.in_(audiences))
        .order_by(SearchWord.audience.desc(), SearchWord.stem)
    )
    known = ((row[0], row[1], row[2]) for row in rows)
    return Vocabulary(known, articles=articles, mean_length=float(mean or 0))
