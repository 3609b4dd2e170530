"""What readers tell us of the FAQ: votes, what they read, what they look for."""

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from core import bus, clock
from core.db import db, plain_rows, table
from core.i18n import _
from desk import wordings
from desk.errors import Invalid
from desk.wordings import Asked
from models import Article, ArticleVote, SearchQuery, WordingSource

REASONS = ("not_found", "outdated", "unclear", "broken", "other")
LONGEST_COMMENT = 1000
LONGEST_QUERY = 200
SESSION = timedelta(minutes=30)  # without a search; then the same query counts anew
STILL_THE_SAME = timedelta(days=1)  # a reader who votes, and what was looked for
STILL_TYPING = timedelta(minutes=1)


def vote(
    article: Article, *, visitor: str, value: int, reason: str = "", comment: str = ""
) -> ArticleVote:
    """One vote a visitor; voting again changes it. Invalid for a reason we do not offer."""
    if reason and reason not in REASONS:
        raise Invalid(_("Choose one of the reasons."), "reason")
    comment = comment.replace("\0", "").strip()
    if len(comment) > LONGEST_COMMENT:
        text = _("The comment is longer than %(n)s characters.", n=LONGEST_COMMENT)
        raise Invalid(text, "comment")
    db.session.execute(select(Article.id).where(Article.id == article.id).with_for_update())
    row = vote_of(article, visitor)  # after the lock: two clicks at once make one vote
    if row is None:
        row = ArticleVote(article_id=article.id, visitor=visitor)
        db.session.add(row)
    row.value, row.reason, row.comment, row.at = value, reason, comment, clock.now()
    db.session.flush()
    _recount(article)
    if value > 0:
        _learn(article, visitor)
    return row


def _learn(article: Article, visitor: str) -> None:
    """What was looked for, when it led to an answer that helped, is a wording of that answer."""
    search = looked_for(article, visitor=visitor, since=STILL_THE_SAME)
    if search is not None:
        asked = Asked(search.query, WordingSource.SEARCH, f"visitor:{visitor}")
        wordings.heard(article.id, search.locale, asked)


def vote_of(article: Article, visitor: str) -> ArticleVote | None:
    if not visitor:
        return None
    query = select(ArticleVote).filter_by(article_id=article.id, visitor=visitor)
    return db.session.scalars(query).one_or_none()


def count_view(article_id: int) -> None:
    """In a unit of its own; the article does not count as changed."""
    with bus.unit_of_work():
        more = update(Article).where(Article.id == article_id).values(views=Article.views + 1)
        db.session.execute(more)


def record_search(query: str, *, locale: str, hits: int, visitor: str) -> None:
    """In a unit of its own, once a session and query; half-typed words give way to the whole.

    Columns, not rows of the session: it runs behind every search.
    """
    said, at = query[:LONGEST_QUERY], clock.now()
    with bus.unit_of_work():
        whose = {"visitor": visitor, "locale": locale, "since": at - SESSION}
        rows = plain_rows(_RECENT, whose)
        if any(row.query == said for row in rows):
            return
        found = {"query": said, "hits": hits, "at": at}
        if rows and not rows[0].clicked_article_id and _goes_on(rows[0], said):
            db.session.connection().execute(_SAID_ON, {**found, "number": rows[0].id})
        else:
            new = {**found, "visitor": visitor, "locale": locale}
            db.session.connection().execute(_SAID, new)


def clicked(article_id: int, *, visitor: str, locale: str) -> None:
    """In a unit of its own: the answer was opened from the results of the last search."""
    with bus.unit_of_work():
        rows = plain_rows(
            _RECENT, {"visitor": visitor, "locale": locale, "since": clock.now() - SESSION}
        )
        if rows and rows[0].clicked_article_id is None:
            db.session.connection().execute(_OPENED, {"number": rows[0].id, "article": article_id})


def looked_for(article: Article, *, visitor: str, since: timedelta) -> SearchQuery | None:
    """The last search from which the visitor opened this answer."""
    query = (
        select(SearchQuery)
        .where(SearchQuery.visitor == visitor, SearchQuery.at > clock.now() - since)
        .where(SearchQuery.clicked_article_id == article.id)
        .order_by(SearchQuery.at.desc(), SearchQuery.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


_ROWS = table(SearchQuery)
_RECENT = (
    select(_ROWS.c.id, _ROWS.c.query, _ROWS.c.at, _ROWS.c.clicked_article_id)
    .where(
        _ROWS.c.visitor == bindparam("visitor"),
        _ROWS.c.locale == bindparam("locale"),
        _ROWS.c.at > bindparam("since"),
    )
    .order_by(_ROWS.c.at.desc(), _ROWS.c.id.desc())
    .limit(50)
)
_SAID = insert(_ROWS)
_OPENED = (
    update(_ROWS)
    .where(_ROWS.c.id == bindparam("number"))
    .values(clicked_article_id=bindparam("article"))
)
_SAID_ON = update(_ROWS).where(_ROWS.c.id == bindparam("number"))


def _goes_on(last: Any, said: str) -> bool:
    """The same query, some letters on or back."""
    near = last.query.startswith(said) or said.startswith(last.query)
    return bool(near and clock.now() - last.at < STILL_TYPING)


def _recount(article: Article) -> None:
    votes = select(ArticleVote.value, func.count()).where(ArticleVote.article_id == article.id)
    counts = {row[0]: row[1] for row in db.session.execute(votes.group_by(ArticleVote.value))}
    article.helped, article.not_helped = counts.get(1, 0), counts.get(-1, 0)
