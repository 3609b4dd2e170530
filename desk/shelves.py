"""What of the FAQ everybody may read: categories with counts, popular answers, one answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from core.i18n import _
from desk.errors import NotFound
from models import Article, ArticleCategory, ArticleState, ArticleText, OldAddress

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


def categories(within: int | None = None) -> list[tuple[ArticleCategory, int]]:
    """The sections of the first level, or within another, in which there is a public answer; and
    how many they have with all that is within them."""
    counted = (
        public().with_only_columns(Article.category_id, func.count()).group_by(Article.category_id)
    )
    own = {row[0]: row[1] for row in db.session.execute(counted)}
    order = (ArticleCategory.position, ArticleCategory.id)
    inside: dict[int | None, list[ArticleCategory]] = {}
    for row in db.session.scalars(select(ArticleCategory).order_by(*order)):
        inside.setdefault(row.parent_id, []).append(row)

    def whole(row: ArticleCategory) -> int:
        return own.get(row.id, 0) + sum(map(whole, inside.get(row.id, [])))

    return [(row, count) for row in inside.get(within, []) if (count := whole(row))]


def every_category() -> list[ArticleCategory]:
    """All in which, or within which, there is a public answer."""
    found, level = list[ArticleCategory](), categories()
    while level:
        found += [row for row, _count in level]
        level = [each for row, _count in level for each in categories(row.id)]
    return found


def path_to(category: ArticleCategory) -> list[ArticleCategory]:
    """From the first level down to it."""
    path = [category]
    while (parent := path[0].parent) is not None:
        path.insert(0, parent)
    return path


def popular(limit: int = 5) -> list[Article]:
    """What is read most and helps most."""
    rank = Article.views + A_VOTE_WEIGHS * Article.helped
    query = _with_titles(public()).order_by(rank.desc(), Article.id).limit(limit)
    return list(db.session.scalars(query))


def shelf(slug: str) -> tuple[ArticleCategory, list[Article], list[tuple[ArticleCategory, int]]]:
    """A category, its public answers in their order, and the sections within it with counts.

    NotFound when there is neither.
    """
    category = db.session.scalars(select(ArticleCategory).filter_by(slug=slug)).one_or_none()
    found: list[Article] = []
    inside: list[tuple[ArticleCategory, int]] = []
    if category is not None:
        query = _with_titles(public()).where(Article.category_id == category.id)
        found = list(db.session.scalars(query.order_by(Article.position, Article.id)))
        inside = categories(category.id)
    if category is None or not (found or inside):
        raise NotFound(_("There is no such section."))
    return category, found, inside


def moved(path: str) -> OldAddress | None:
    """Where an address without its language leads that is in use no more."""
    return db.session.get(OldAddress, path[:500])


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
