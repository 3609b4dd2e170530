"""What of the FAQ everybody may read: categories with counts, popular answers, one answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from core.i18n import _
from desk.errors import NotFound
from models import Article, ArticleCategory, ArticleState, ArticleText

ON_A_SHELF = (
    ArticleText.article_id,
    ArticleText.locale,
    ArticleText.slug,
    ArticleText.title,
    ArticleText.summary,
    ArticleText.updated_at,
)
A_VOTE_WEIGHS = 5  # one "it helped" is worth so many readers


def public() -> Select[Any]:
    """Every public page starts here: no drafts, nothing internal."""
    return select(Article).where(Article.state == ArticleState.PUBLISHED)


def categories() -> list[tuple[ArticleCategory, int]]:
    """Those with at least one public answer, and how many they have."""
    query = (
        select(ArticleCategory, func.count(Article.id))
        .join(Article, Article.category_id == ArticleCategory.id)
        .where(Article.state == ArticleState.PUBLISHED)
        .group_by(ArticleCategory.id)
        .order_by(ArticleCategory.position, ArticleCategory.id)
    )
    return [(category, count) for category, count in db.session.execute(query)]


def popular(limit: int = 5) -> list[Article]:
    """What is read most and helps most."""
    rank = Article.views + A_VOTE_WEIGHS * Article.helped
    query = _with_titles(public()).order_by(rank.desc(), Article.id).limit(limit)
    return list(db.session.scalars(query))


def shelf(slug: str) -> tuple[ArticleCategory, list[Article]]:
    """A category and its public answers in their order. NotFound when there is neither."""
    category = db.session.scalars(select(ArticleCategory).filter_by(slug=slug)).one_or_none()
    found: list[Article] = []
    if category is not None:
        query = _with_titles(public()).where(Article.category_id == category.id)
        found = list(db.session.scalars(query.order_by(Article.position, Article.id)))
    if category is None or not found:
        raise NotFound(_("There is no such section."))
    return category, found


def article(number: int, *, for_staff: bool = False) -> Article:
    """A public answer with its texts; for the staff internal ones too. NotFound: also drafts."""
    states = (ArticleState.PUBLISHED, *((ArticleState.INTERNAL,) if for_staff else ()))
    query = select(Article).where(Article.state.in_(states), Article.id == number)
    query = query.options(joinedload(Article.category))
    found: Article | None = None
    if 0 < number < 2**31:
        found = db.session.scalars(query.options(selectinload(Article.texts))).one_or_none()
    if found is None:
        raise NotFound(_("There is no such answer."))
    return found


def updated(numbers: list[int]) -> dict[int, datetime]:
    """When the public ones among these were last changed."""
    query = select(Article.id, Article.updated_at).where(
        Article.id.in_(numbers), Article.state == ArticleState.PUBLISHED
    )
    return {row.id: row.updated_at for row in db.session.execute(query)}


def all_public() -> list[Article]:
    return list(db.session.scalars(_with_titles(public()).order_by(Article.id)))


def _with_titles(query: Select[Any]) -> Select[Any]:
    texts = selectinload(Article.texts).load_only(*ON_A_SHELF)
    return query.options(texts, joinedload(Article.category))
