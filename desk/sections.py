"""Sections of the FAQ as their editors see them: a tree with names, an order and icons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from sqlalchemy import func, select, update

from core.db import db
from core.i18n import _
from core.slug import slug
from desk import readers, revision
from desk.catalog import catalog
from desk.errors import Invalid, NotFound
from desk.search import index_article
from desk.search.lookup import REVISION
from desk.texts import one_line
from models import Article, ArticleCategory, ClientCategory, OldAddress

ICONS = (
    *("book-open", "truck", "credit-card", "key-round", "smartphone", "phone", "mail", "map-pin"),
    *("settings", "users", "building-2", "file-text", "calendar-days", "message-circle", "globe"),
    *("lightbulb", "star", "tag", "video", "zap"),
)
LONGEST = {"name_ru": 120, "name_en": 120, "about_ru": 300, "about_en": 300, "slug": 80}
DEEPEST = 3  # sections within sections
NAMES = ("name_ru", "name_en")


@dataclass(frozen=True)
class Branch:
    """A section where it stands in the tree; `articles` of its own, in any state."""

    section: ArticleCategory
    depth: int
    articles: int


@dataclass(frozen=True)
class Limits:
    """For whom a section is: of one direction, for clients of some categories (none = all)."""

    direction_id: int | None = None
    categories: frozenset[int] = frozenset()


FOR_ALL = Limits()


def tree() -> list[Branch]:
    """All sections, each followed by those within it."""
    counts = select(Article.category_id, func.count()).group_by(Article.category_id)
    articles = {row[0]: row[1] for row in db.session.execute(counts)}
    order = (ArticleCategory.position, ArticleCategory.id)
    within: dict[int | None, list[ArticleCategory]] = {}
    for row in db.session.scalars(select(ArticleCategory).order_by(*order)):
        within.setdefault(row.parent_id, []).append(row)

    def branches(parent: int | None, depth: int) -> list[Branch]:
        found = []
        for row in within.get(parent, []):
            found += [Branch(row, depth, articles.get(row.id, 0)), *branches(row.id, depth + 1)]
        return found

    return branches(None, 0)


def section_for(number: int) -> ArticleCategory:
    """Held until the end of the unit. NotFound."""
    query = select(ArticleCategory).where(ArticleCategory.id == number).with_for_update()
    row = db.session.scalars(query).one_or_none() if 0 < number < 2**31 else None
    if row is None:
        raise NotFound(_("There is no such section."))
    return row


def create(
    values: Mapping[str, str], parent_id: int | None, limits: Limits = FOR_ALL
) -> ArticleCategory:
    """The last of its neighbours. Invalid names the field."""
    _hold()
    checked = _checked(values)
    last = select(func.max(ArticleCategory.position))
    row = ArticleCategory(**checked, slug="", position=(db.session.scalar(last) or 0) + 1)
    row.parent_id = _parent(parent_id, None)
    _limit(row, limits)
    row.slug = _free_slug(values.get("slug", "") or checked["name_en"] or checked["name_ru"], None)
    db.session.add(row)
    db.session.flush()
    return row


def change(
    row: ArticleCategory,
    values: Mapping[str, str],
    parent_id: int | None,
    limits: Limits = FOR_ALL,
) -> None:
    """An address that is changed leads on from the old one. Invalid names the field."""
    _hold()
    checked = _checked(values)
    before = (row.parent_id, row.direction_id, list(row.readers))
    row.parent_id = _parent(parent_id, row)
    _limit(row, limits)
    is_for_others = before != (row.parent_id, row.direction_id, row.readers)
    wanted = slug(values.get("slug", ""))
    if wanted and wanted != row.slug:
        old, row.slug = row.slug, _free_slug(wanted, row.id)
        db.session.merge(OldAddress(path=f"/c/{old}", category_id=row.id))
    is_renamed = any(getattr(row, name) != checked[name] for name in NAMES)
    for name, value in checked.items():
        setattr(row, name, value)
    db.session.flush()
    if is_for_others:
        _index(_within(row))
    elif is_renamed:  # articles are found by the name of their section too
        _index([row.id])


def move(row: ArticleCategory, by: int) -> None:
    """Up (-1) or down (1) among its neighbours; at the end nothing happens."""
    _hold()
    neighbours = [one.section for one in tree() if one.section.parent_id == row.parent_id]
    at = neighbours.index(row)
    to = at + by
    if 0 <= to < len(neighbours):
        neighbours.insert(to, neighbours.pop(at))
        for position, each in enumerate(neighbours):
            each.position = position


def remove(row: ArticleCategory, into: int | None) -> None:
    """Its articles and sections go into another one. Invalid where they have nowhere to go."""
    _hold()
    target = db.session.get(ArticleCategory, into) if into else None
    articles = db.session.scalars(select(Article).where(Article.category_id == row.id)).all()
    if articles and (target is None or target.id == row.id or row in _above(target)):
        raise Invalid(_("Choose a section for its articles."), "into")
    for article in articles:
        assert target is not None  # noqa: S101 - checked above
        article.category = target
    db.session.flush()
    for text in (text for article in articles for text in article.texts):
        index_article(text)
    below = _within(row)[1:]
    inside = update(ArticleCategory).where(ArticleCategory.parent_id == row.id)
    db.session.execute(inside.values(parent_id=row.parent_id))
    if target is not None:
        db.session.merge(OldAddress(path=f"/c/{row.slug}", category_id=target.id))
    row.readers = []
    db.session.flush()
    db.session.delete(row)
    db.session.flush()
    _index(below)


def _limit(row: ArticleCategory, limits: Limits) -> None:
    """Invalid names the field."""
    if limits.direction_id is not None and limits.direction_id not in catalog().directions:
        raise Invalid(_("There is no such direction."), "direction")
    if not catalog().categories.keys() >= limits.categories:
        raise Invalid(_("There is no such category of clients."), "readers")
    query = select(ClientCategory).where(ClientCategory.id.in_(limits.categories))
    row.direction_id = limits.direction_id
    row.readers = list(db.session.scalars(query.order_by(ClientCategory.id)))


def _within(row: ArticleCategory) -> list[int]:
    """It and the sections below it."""
    found, level = list[int](), [row.id]
    while level:
        found += level
        inside = select(ArticleCategory.id).where(ArticleCategory.parent_id.in_(level))
        level = list(db.session.scalars(inside))
    return found


def _index(sections: Sequence[int]) -> None:
    for article in db.session.scalars(select(Article).where(Article.category_id.in_(sections))):
        for text in article.texts:
            index_article(text)


def _hold() -> None:
    """Two who change sections at once take turns."""
    revision.bump(REVISION)
    revision.bump(readers.REVISION)


def _checked(values: Mapping[str, str]) -> dict[str, str]:
    checked = {name: one_line(values.get(name, "")) for name in LONGEST if name != "slug"}
    if not checked["name_ru"]:
        raise Invalid(_("Name the section."), "name_ru")
    for name, value in checked.items():
        if len(value) > LONGEST[name]:
            text = _("The text is longer than %(n)s characters.", n=LONGEST[name])
            raise Invalid(text, name)
    icon = values.get("icon", "")
    if icon and icon not in ICONS:
        raise Invalid(_("Choose one of the icons."), "icon")
    return {**checked, "icon": icon or ICONS[0]}


def _parent(number: int | None, own: ArticleCategory | None) -> int | None:
    """Where it may lie; `own` = the section, when it is there already."""
    if number is None:
        return None
    parent = db.session.get(ArticleCategory, number) if 0 < number < 2**31 else None
    if parent is None:
        raise Invalid(_("There is no such section."), "parent")
    above = [parent, *_above(parent)]
    if own in above:
        raise Invalid(_("A section can't be within itself."), "parent")
    if len(above) + (_height(own) if own else 0) >= DEEPEST:
        raise Invalid(_("At most %(n)s levels.", n=DEEPEST), "parent")
    return parent.id


def _above(row: ArticleCategory) -> Sequence[ArticleCategory]:
    found = list[ArticleCategory]()
    above = row.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _height(row: ArticleCategory) -> int:
    """Levels below it."""
    inside = select(ArticleCategory).where(ArticleCategory.parent_id == row.id)
    return max((1 + _height(each) for each in db.session.scalars(inside)), default=0)


def _free_slug(text: str, own: int | None) -> str:
    wanted = slug(text) or "section"
    taken = set(
        db.session.scalars(select(ArticleCategory.slug).where(ArticleCategory.id != (own or 0)))
    )
    names = (wanted if n == 1 else f"{wanted[:70]}-{n}" for n in count(1))
    return next(name for name in names if name not in taken)
