"""The FAQ: sections, answers in both languages, and what readers have made of them."""

import re
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from core import clock
from core.db import db
from core.security import digest
from core.slug import slug
from demo.keys import Keys
from demo.read import LANGUAGES, Answer, Section
from desk import faq
from models import Article, ArticleCategory, ArticleState, ArticleVote

BEGUN = timedelta(days=400)  # before the present
VOTES_OF = 60 * 24 * 60  # minutes over which readers voted
Addresses = dict[str, dict[str, str]]
_LINK = re.compile(r"\((article|page):([a-z-]+)\)")


class Bookshelf:
    """`frozen` stands at the present when it comes, and again when it is done."""

    def __init__(self, keys: Keys, frozen: clock.Frozen, chance: Random) -> None:
        self.keys = keys
        self.frozen = frozen
        self.now = frozen.at
        self.chance = chance

    def fill(self, sections: list[Section]) -> None:
        """Rows first, so that texts can name each other's addresses."""
        self.frozen.set(self.now - BEGUN)
        pairs = [pair for number, each in enumerate(sections) for pair in _shelf(number, each)]
        db.session.flush()
        addresses = {answer.slug: _addresses(answer, article) for answer, article in pairs}
        for answer, article in pairs:
            self._write(answer, article, addresses)
            self._let_read(answer, article)
        self.frozen.set(self.now)

    def _write(self, answer: Answer, article: Article, addresses: Addresses) -> None:
        """Dated by when it was last looked over."""
        self.frozen.set(self.now - timedelta(days=answer.days, hours=2))
        for code, text in answer.texts.items():
            body = linked(text.body, code, addresses)
            wording = faq.Wording(text.title, body, text.summary, "\n".join(text.aliases))
            faq.edit(article, code, wording, by=self.keys.staff[answer.by])
        if answer.state == ArticleState.PUBLISHED:
            faq.publish(article)
        elif answer.state == ArticleState.INTERNAL:
            faq.make_internal(article)

    def _let_read(self, answer: Answer, article: Article) -> None:
        article.views = answer.read
        article.helped, article.not_helped = answer.helped, answer.not_helped
        values = [1] * answer.helped + [-1] * answer.not_helped
        votes = [self._vote(article.id, *each) for each in enumerate(values)]
        if votes:
            db.session.execute(insert(ArticleVote), votes)

    def _vote(self, article: int, number: int, value: int) -> dict[str, Any]:
        return {
            "article_id": article,
            "visitor": digest(f"demo {article} {number}"),
            "value": value,
            "reason": "" if value > 0 else self.chance.choice(("not_found", "unclear", "outdated")),
            "comment": "",
            "at": self.now - timedelta(minutes=self.chance.randrange(VOTES_OF)),
        }


def linked(body: str, code: str, addresses: Addresses) -> str:
    """(article:refund) and (page:contact) as addresses. KeyError for an answer there is not."""

    def address(link: re.Match[str]) -> str:
        kind, name = link.groups()
        return f"(/{code}/{name})" if kind == "page" else f"({addresses[name][code]})"

    return _LINK.sub(address, body)


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
    return {code: f"/{code}/a/{article.id}-{slug(answer.texts[code].title)}" for code in LANGUAGES}
