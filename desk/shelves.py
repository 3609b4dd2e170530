"""What of the FAQ everybody may read: categories with counts, popular answers, one answer."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from core.i18n import _
from desk import readers
from desk.errors import NotFound
from desk.readers import EVERYBODY, Reader
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


def public(who: Reader = EVERYBODY) -> Select[Any]:
    """Every public page starts here: no drafts, nothing internal, nothing that is for others."""
    query = select(Article).where(Article.state == ArticleState.PUBLISHED)
    others = readers.hidden(who)
    return query.where(Article.category_id.not_in(others)) if others else query


def categories(
    within: int | None = None, who: Reader = EVERYBODY
) -> list[tuple[ArticleCategory, int]]:
    """The sections of the first level, or within another, in which there is a public answer; and
    how many they have with all that is within them."""
    counted = (
        public(who)
        .with_only_columns(Article.category_id, func.count())
        .group_by(Article.category_id)
    )
    own = {row[0]: row[1] for row in db.session.execute(counted)}
    order = (ArticleCategory.position, ArticleCategory.id)
    inside: dict[int | None, list[ArticleCategory]] = {}
    for row in db.session.scalars(select(ArticleCategory).order_by(*order)):
        inside.setdefault(row.parent_id, []).append(row)

    def whole(row: ArticleCategory) -> int:
        return own.get(row.id, 0) + sum(map(whole, inside.get(row.id, [])))

    return [(row, count) for row in inside.get(within, []) if (count := whole(row))]


def every_category(who: Reader = EVERYBODY) -> list[ArticleCategory]:
    """All in which, or within which, there is a public answer."""
    found, level = list[ArticleCategory](), categories(who=who)
    while level:
        found += [row for row, _count in level]
        level = [each for row, _count in level for each in categories(row.id, who)]
    return found


def path_to(category: ArticleCategory) -> list[ArticleCategory]:
    """From the first level down to it."""
    path = [category]
    while (parent := path[0].parent) is not None:
        path.insert(0, parent)
    return path


def popular(limit: int = 5, who: Reader = EVERYBODY) -> list[Article]:
    """What is read most and helps most."""
    rank = Article.views + A_VOTE_WEIGHS * Article.helped
    query = _with_titles(public(who)).order_by(rank.desc(), Article.id).limit(limit)
    return list(db.session.scalars(query))


def shelf(
    slug: str, who: Reader = EVERYBODY
) -> tuple[ArticleCategory, list[Article], list[tuple[ArticleCategory, int]]]:
    """A category, its public answers in their order, and the sections within it with counts.

    NotFound when there is neither. What is of another direction is found by its address.
    """
    who = replace(who, direction=None)
    category = db.session.scalars(select(ArticleCategory).filter_by(slug=slug)).one_or_none()
    found: list[Article] = []
    inside: list[tuple[ArticleCategory, int]] = []
    if category is not None:
        query = _with_titles(public(who)).where(Article.category_id == category.id)
        found = list(db.session.scalars(query.order_by(Article.position, Article.id)))
        inside = categories(category.id, who)
    if category is None or not (found or inside):
        raise NotFound(_("There is no such section."))
    return category, found, inside


def moved(path: str) -> OldAddress | None:
    """Where an address without its language leads that is in use no more."""
    return db.session.get(OldAddress, path[:500])


def article(number: int, who: Reader = EVERYBODY) -> Article:
    """A public answer with its texts; for the staff internal ones too. NotFound: also drafts, and
    what is for others."""
    states = (ArticleState.PUBLISHED, *((ArticleState.INTERNAL,) if who.is_staff else ()))
    query = select(Article).where(Article.state.in_(states), Article.id == number)
    query = query.options(joinedload(Article.category))
    found: Article | None = None
    if 0 < number < 2**31:
        found = db.session.scalars(query.options(selectinload(Article.texts))).one_or_none()
    if found is None or not readers.may_open(who, found.category_id):
        raise NotFound(_("There is no such answer."))
    return found


def updated(numbers: list[int], who: Reader = EVERYBODY) -> dict[int, datetime]:
    """When the public ones among these were last changed."""
    query = public(who).with_only_columns(Article.id, Article.updated_at)
    query = query.where(Article.id.in_(numbers))
    return {row.id: row.updated_at for row in db.session.execute(query)}


def all_public() -> list[Article]:
    return list(db.session.scalars(_with_titles(public()).order_by(Article.id)))


def _with_titles(query: Select[Any]) -> Select[Any]:
    texts = selectinload(Article.texts).load_only(*ON_A_SHELF)
    return query.options(texts, joinedload(Article.category))
