"""The FAQ: sections, answers in both languages, and what readers have made of them."""

import re
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert

from core import clock
from core.db import db
from core.security import digest
from core.slug import slug
from demo.keys import Keys
from demo.read import LANGUAGES, Answer, Section
from desk import faq
from models import Article, ArticleCategory, ArticleState, ArticleVote

WRITTEN = timedelta(days=400)  # ago: when the first answers were begun
_LINK = re.compile(r"\((article|page):([a-z-]+)\)")


def write_answers(sections: list[Section], keys: Keys, frozen: clock.Frozen, chance: Random) -> None:
    """Rows first, so that texts can name each other's addresses."""
    now = frozen.at
    frozen.set(now - WRITTEN)
    pairs = [pair for section in enumerate(sections) for pair in _shelf(*section)]
    db.session.flush()
    addresses = {answer.slug: _addresses(answer, article) for answer, article in pairs}
    for answer, article in pairs:
        _write(answer, article, addresses, keys, frozen, now)
        _read(answer, article, chance, now)
    frozen.set(now)


def _shelf(position: int, section: Section) -> list[tuple[Answer, Article]]:
    row = ArticleCategory(slug=section.slug, icon=section.icon, position=position, name_ru="")
    for code in LANGUAGES:
        setattr(row, f"name_{code}", section.names[code])
        setattr(row, f"about_{code}", section.about[code])
    db.session.add(row)
    return [(answer, _article(row, place)) for place, answer in enumerate(section.answers)]


def _article(category: ArticleCategory, position: int) -> Article:
    at = clock.now()
    row = Article(category=category, position=position, created_at=at, updated_at=at, texts=[])
    row.state = ArticleState.DRAFT
    db.session.add(row)
    return row


def _addresses(answer: Answer, article: Article) -> dict[str, str]:
    return {
        code: f"/{code}/a/{article.id}-{slug(answer.texts[code].title)}" for code in LANGUAGES
    }


def _write(
    answer: Answer,
    article: Article,
    addresses: dict[str, dict[str, str]],
    keys: Keys,
    frozen: clock.Frozen,
    now: datetime,
) -> None:
    """Dated by when it was last looked over."""
    frozen.set(now - timedelta(days=answer.days, hours=2))
    for code, text in answer.texts.items():
        body = linked(text.body, code, addresses)
        wording = faq.Wording(text.title, body, text.summary, "\n".join(text.aliases))
        faq.edit(article, code, wording, by=keys.staff[answer.by])
    if answer.state == ArticleState.PUBLISHED:
        faq.publish(article)
    elif answer.state == ArticleState.INTERNAL:
        faq.make_internal(article)


def linked(body: str, code: str, addresses: dict[str, dict[str, str]]) -> str:
    """(article:refund) and (page:contact) as addresses. KeyError for an answer there is not."""

    def address(link: re.Match[str]) -> str:
        kind, name = link.groups()
        return f"(/{code}/{name})" if kind == "page" else f"({addresses[name][code]})"

    return _LINK.sub(address, body)


def _read(answer: Answer, article: Article, chance: Random, now: datetime) -> None:
    article.views = answer.read
    article.helped, article.not_helped = answer.helped, answer.not_helped
    values = [1] * answer.helped + [-1] * answer.not_helped
    votes = [_vote(article.id, number, value, chance, now) for number, value in enumerate(values)]
    if votes:
        db.session.execute(insert(ArticleVote), votes)


def _vote(article: int, number: int, value: int, chance: Random, now: datetime) -> dict[str, object]:
    return {
        "article_id": article,
        "visitor": digest(f"demo {article} {number}"),
        "value": value,
        "reason": "" if value > 0 else chance.choice(("not_found", "unclear", "outdated")),
        "comment": "",
        "at": now - timedelta(minutes=chance.randrange(60 * 24 * 60)),
    }
