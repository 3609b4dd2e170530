"""Requests that were not sent because an answer helped: counted, so that line 0 is seen to work."""

from collections.abc import Sequence

from core import clock
from core.db import db
from desk.texts import MAX_SUBJECT
from models import Deflection

MOST_ARTICLES = 10


def helped(query: str, *, locale: str, visitor: str, articles: Sequence[int]) -> Deflection:
    """Whoever began to write about `query` was shown `articles` (ids) and needed no more."""
    row = Deflection(
        query=" ".join(query.replace("\0", "").split())[:MAX_SUBJECT],
        locale=locale,
        visitor=visitor,
        articles=list(articles)[:MOST_ARTICLES],
        at=clock.now(),
    )
    db.session.add(row)
    return row
