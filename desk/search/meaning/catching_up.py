"""Vectors of the articles that have none yet, or whose words have changed since."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, select

from core import bus
from core.db import db
from desk import revision
from desk.search.meaning import encoder
from desk.search.meaning.packing import pack, unit
from desk.search.meaning.passages import passages
from models import Article, ArticleCategory, ArticleText
from models.article import wordings_of
from models.named import named_in
from models.search import ArticleIndex, ArticleVector

REVISION = "meaning"
BATCH = 32  # texts; a third of a second


def catch_up() -> bool:
    """A batch in a unit of its own; whether there was anything to do, so call again.

    Nothing is locked while sentences are encoded; of two processes that do the same, one's work is
    for nothing.
    """
    with bus.unit_of_work(writes=False):
        texts = db.session.execute(_behind()).all()
    if not texts:
        return False
    made = [_vectors(row) for row in texts]
    with bus.unit_of_work():
        revision.bump(REVISION)
        number = revision.number(REVISION)
        there = db.session.scalars(select(ArticleText.id).where(_is_one_of(texts))).all()
        for values in made:
            if values["text_id"] in there:
                db.session.merge(ArticleVector(number=number, **values))
    return True


def _behind() -> Select[*tuple[Any, ...]]:
    """The newest first: somebody has just written them."""
    current = ArticleVector.digest == ArticleIndex.digest
    return (
        select(
            ArticleIndex.text_id,
            ArticleIndex.locale,
            ArticleIndex.audience,
            ArticleIndex.digest,
            ArticleIndex.plain,
            ArticleText.title,
            ArticleText.aliases,
            ArticleText.learned,
            ArticleCategory.name_ru,
            ArticleCategory.name_en,
        )
        .join(ArticleText, ArticleText.id == ArticleIndex.text_id)
        .join(Article, Article.id == ArticleText.article_id)
        .join(ArticleCategory, ArticleCategory.id == Article.category_id)
        .outerjoin(ArticleVector, (ArticleVector.text_id == ArticleIndex.text_id) & current)
        .where(ArticleVector.text_id.is_(None))
        .order_by(ArticleIndex.text_id.desc())
        .limit(BATCH)
    )


def _is_one_of(texts: Sequence[Row[Any]]) -> Any:
    return ArticleText.id.in_([row.text_id for row in texts])


def _vectors(row: Row[Any]) -> dict[str, Any]:
    topic = named_in(row.locale, row.name_ru, row.name_en)
    aliases = wordings_of(row.aliases, row.learned)
    wordings = encoder.encode([row.title, f"{topic} {row.title}", *aliases])
    body = passages(row.plain)
    return {
        "text_id": row.text_id,
        "locale": row.locale,
        "audience": row.audience,
        "digest": row.digest,
        "centre": pack(unit(wordings.sum(axis=0, keepdims=True))),
        "wordings": pack(wordings),
        "passages": pack(encoder.encode(body)) if body else b"",
    }
