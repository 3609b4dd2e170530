"""Articles as their editors see them: all states, both languages, versions."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from core.i18n import _
from desk import faq
from desk.errors import NotFound, Stale
from desk.faq import Wording
from models import Article, ArticleCategory, ArticleText, ArticleVersion, Participant

MOST = 500


def shelves() -> list[tuple[ArticleCategory, list[Article]]]:
    """Every section with its articles, whatever their state, in their order."""
    articles = (
        select(Article)
        .options(selectinload(Article.texts).defer(ArticleText.html).defer(ArticleText.body))
        .order_by(Article.position, Article.id)
        .limit(MOST)
    )
    held: dict[int, list[Article]] = {}
    for article in db.session.scalars(articles):
        held.setdefault(article.category_id, []).append(article)
    return [(section, held.get(section.id, [])) for section in sections()]


def sections() -> list[ArticleCategory]:
    order = (ArticleCategory.position, ArticleCategory.id)
    return list(db.session.scalars(select(ArticleCategory).order_by(*order)))


def section(number: int) -> ArticleCategory:
    found = db.session.get(ArticleCategory, number) if 0 < number < 2**31 else None
    if found is None:
        raise NotFound(_("There is no such section."))
    return found


def article(number: int, *, lock: bool = False) -> Article:
    """NotFound for one that is not there."""
    query = (
        select(Article)
        .options(selectinload(Article.texts), joinedload(Article.category))
        .where(Article.id == number)
    )
    query = query.with_for_update(of=Article) if lock else query
    found = db.session.scalars(query).one_or_none() if 0 < number < 2**31 else None
    if found is None:
        raise NotFound(_("There is no such article."))
    return found


def versions(text: ArticleText) -> list[ArticleVersion]:
    """Newest first, with their authors."""
    query = (
        select(ArticleVersion)
        .options(joinedload(ArticleVersion.author))
        .where(ArticleVersion.article_text_id == text.id)
        .order_by(ArticleVersion.number.desc())
        .limit(MOST)
    )
    return list(db.session.scalars(query))


def save(
    article: Article, locale: str, wording: Wording, *, base: int, by: Participant, note: str = ""
) -> ArticleText:
    """A new version after `base`, the one that was edited (0 = none). Invalid; Stale."""
    text = article.text_in(locale)
    if (text.version if text else 0) != base:
        raise Stale(_("Somebody has saved this article meanwhile."))
    return faq.edit(article, locale, wording, by=by, note=note)


def restore(article: Article, locale: str, number: int, *, by: Participant) -> ArticleText:
    """An earlier version as a new one; other wordings and the summary stay. NotFound."""
    text = article.text_in(locale)
    earlier = next((one for one in versions(text) if one.number == number), None) if text else None
    if text is None or earlier is None:
        raise NotFound(_("There is no such version."))
    wording = Wording(earlier.title, earlier.body, text.summary, text.aliases)
    note = _("Version %(n)s restored", n=number)
    return faq.edit(article, locale, wording, by=by, note=note)
