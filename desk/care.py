"""Looking after articles: who does, when one is looked at again, when one appears by itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from core import bus, clock
from core.db import db
from core.i18n import LOCALES, _
from desk import faq
from desk.catalog import catalog
from desk.errors import Invalid
from desk.notices import telling
from desk.notices.news import News
from desk.notices.occasions import OCCASIONS
from models import Article, ArticleState, ArticleText

MOST = 100


@dataclass(frozen=True)
class Care:
    """`owner` = a colleague's id; `publish_at` only of a draft. Times in any zone."""

    owner: int | None = None
    review_at: datetime | None = None
    publish_at: datetime | None = None


def look_after(article: Article, care: Care) -> None:
    """Invalid names the field: owner, review_at, publish_at."""
    if care.owner is not None and (
        care.owner not in catalog().staff or not catalog().staff[care.owner].is_active
    ):
        raise Invalid(_("Choose a colleague."), "owner")
    if care.publish_at is not None:
        if article.state != ArticleState.DRAFT:
            raise Invalid(_("Only a draft can be published later."), "publish_at")
        if not article.texts:
            raise Invalid(_("Write the article in one language at least."), "publish_at")
        if care.publish_at != article.publish_at and care.publish_at <= clock.now():
            raise Invalid(_("Choose a moment in the future."), "publish_at")
    if (article.owner_id, article.review_at) != (care.owner, care.review_at):
        article.reminded_at = None
    article.owner_id, article.review_at = care.owner, care.review_at
    article.publish_at = care.publish_at


def due() -> list[Article]:
    """Those that are to be looked at again by now, the longest due first."""
    texts = selectinload(Article.texts).load_only(
        ArticleText.article_id, ArticleText.locale, ArticleText.title
    )
    query = (
        select(Article)
        .where(Article.review_at <= clock.now())
        .options(texts, joinedload(Article.category))
        .order_by(Article.review_at, Article.id)
        .limit(MOST)
    )
    return list(db.session.scalars(query))


def remind_owners() -> int:
    """Tell those who look after an article that its day has come, once; how many articles. Safe
    in any number of processes."""
    untold = Article.reminded_at.is_(None) | (Article.reminded_at < Article.review_at)
    is_due = (Article.owner_id.is_not(None), Article.review_at <= clock.now(), untold)
    with bus.unit_of_work(writes=False):
        numbers = db.session.scalars(select(Article.id).where(*is_due).limit(MOST)).all()
    for number in numbers:
        with bus.unit_of_work():
            taken = (
                update(Article)
                .where(Article.id == number, *is_due)
                .values(reminded_at=clock.now())
                .returning(Article.id)
                .execution_options(synchronize_session=False)
            )
            if db.session.scalar(taken) is not None:
                _remind(db.session.get_one(Article, number, populate_existing=True))
    return len(numbers)


def titles(article: Article) -> dict[str, str]:
    """In each language, where there is none in the other."""
    known = {text.locale: text.title for text in article.texts}
    first = next(iter(known.values()), "")
    return {code: known.get(code, first) for code in LOCALES}


def _remind(article: Article) -> None:
    owner = catalog().staff.get(article.owner_id or 0)
    if owner is None or not owner.is_active or article.review_at is None:
        return
    data = {"article": article.id, "titles": titles(article)}
    key = f"review{article.id}.{article.review_at:%Y%m%d%H%M}"
    telling.tell(owner, News(OCCASIONS["review"], key, None, None, data))


def publish_due() -> int:
    """Publish the drafts whose moment has come; how many. Safe in any number of processes."""
    with bus.unit_of_work(writes=False):
        numbers = db.session.scalars(
            select(Article.id).where(Article.publish_at <= clock.now())
        ).all()
    for number in numbers:
        with bus.unit_of_work():
            taken = (
                update(Article)
                .where(Article.id == number, Article.publish_at <= clock.now())
                .values(publish_at=None)
                .returning(Article.id)
                .execution_options(synchronize_session=False)
            )
            if db.session.scalar(taken) is not None:
                article = db.session.get_one(Article, number, populate_existing=True)
                if article.state == ArticleState.DRAFT:
                    faq.publish(article)
    return len(numbers)
