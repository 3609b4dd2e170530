"""What the FAQ spares the lines behind it: searches, requests not sent, and each article's part."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.db import db
from core.excel import Sheet, workbook
from core.i18n import _, locale
from desk.linked import READ, SENT
from models import (
    Article,
    ArticleState,
    ArticleText,
    ArticleVote,
    Case,
    CaseArticle,
    Deflection,
    SearchQuery,
)

DAYS = (7, 30, 90)


@dataclass(frozen=True)
class Line:
    """One article in the period: opened from results of the search, votes, shown beside a request
    that was not sent, read before one that was, sent as the answer by the staff."""

    article: Article
    title: str
    opened: int
    helped: int
    not_helped: int
    deflected: int
    read_before: int
    sent: int


@dataclass(frozen=True)
class Numbers:
    """Of the last `days`; `tickets` = requests of clients that were sent."""

    days: int
    searches: int
    found: int
    opened: int
    deflected: int
    tickets: int
    lines: tuple[Line, ...]

    @property
    def success(self) -> float:
        """The share of searches from which an answer was opened."""
        return self.opened / self.searches if self.searches else 0.0

    @property
    def spared(self) -> float:
        """The share of those who began to write and needed not."""
        begun = self.deflected + self.tickets
        return self.deflected / begun if begun else 0.0


def numbers(days: int) -> Numbers:
    since = clock.now() - timedelta(days=days)
    looked = select(
        func.count(),
        func.count().filter(SearchQuery.hits > 0),
        func.count(SearchQuery.clicked_article_id),
    ).where(SearchQuery.at >= since)
    searches, found, opened = db.session.execute(looked).one()
    deflections = db.session.scalars(select(Deflection.articles).where(Deflection.at >= since))
    beside = Counter[int]()
    count = 0
    for shown in deflections:
        count += 1
        beside.update(shown)
    sent = select(func.count()).select_from(Case).where(Case.created_at >= since)
    of_portal = sent.where(Case.channel == "portal")
    parts = {
        "opened": _counted(
            select(SearchQuery.clicked_article_id, func.count()).where(SearchQuery.at >= since)
        ),
        "helped": _votes(since, 1),
        "not_helped": _votes(since, -1),
        "deflected": beside,
        "read_before": _linked(since, READ),
        "sent": _linked(since, SENT),
    }
    return Numbers(
        days, searches, found, opened, count, db.session.scalar(of_portal) or 0, _lines(parts)
    )


def sheet(found: Numbers) -> bytes:
    """The articles as an Excel file."""
    head = [
        _("Article"),
        _("Section"),
        _("Opened from the search"),
        _("Helped"),
        _("Did not help"),
        _("Requests not sent"),
        _("Read before writing"),
        _("Sent as the answer"),
    ]
    rows = [
        [
            line.title,
            line.article.category.name,
            *(line.opened, line.helped, line.not_helped),
            *(line.deflected, line.read_before, line.sent),
        ]
        for line in found.lines
    ]
    return workbook(Sheet(_("Articles"), head, rows))


def _lines(parts: Mapping[str, Mapping[int, int]]) -> tuple[Line, ...]:
    """Of every article that everybody may read, what did most first."""
    texts = selectinload(Article.texts).load_only(
        ArticleText.article_id, ArticleText.locale, ArticleText.title
    )
    query = (
        select(Article)
        .where(Article.state == ArticleState.PUBLISHED)
        .options(texts, joinedload(Article.category))
        .order_by(Article.id)
    )
    found = []
    for article in db.session.scalars(query):
        text = article.text_for(locale())
        counts = {name: part.get(article.id, 0) for name, part in parts.items()}
        found.append(Line(article, text.title if text else "", **counts))
    return tuple(sorted(found, key=lambda one: -(one.opened + one.deflected + one.sent)))


def _votes(since: datetime, value: int) -> dict[int, int]:
    query = select(ArticleVote.article_id, func.count())
    return _counted(query.where(ArticleVote.at >= since, ArticleVote.value == value))


def _linked(since: datetime, kind: str) -> dict[int, int]:
    query = select(CaseArticle.article_id, func.count())
    return _counted(query.where(CaseArticle.at >= since, CaseArticle.kind == kind))


def _counted(query: Select[*tuple[Any, ...]]) -> dict[int, int]:
    """By what it selects first."""
    first = query.selected_columns[0]
    rows = db.session.execute(query.where(first.is_not(None)).group_by(first))
    return {row[0]: row[1] for row in rows}
