"""Requests that were not sent because an answer helped: counted, so that line 0 is seen to work."""

from collections.abc import Sequence

from core import clock
from core.db import db
from desk import wordings
from desk.texts import MAX_SUBJECT
from desk.wordings import Asked
from models import Deflection, WordingSource

MOST_ARTICLES = 10


def helped(
    query: str,
    *,
    locale: str,
    visitor: str,
    articles: Sequence[int],
    opened: Sequence[int] = (),
) -> Deflection:
    """Whoever began to write about `query` was shown `articles` (ids) and needed no more.

    Of those that were `opened` in this visit a single one is taken for the answer.
    """
    row = Deflection(
        query=" ".join(query.replace("\0", "").split())[:MAX_SUBJECT],
        locale=locale,
        visitor=visitor,
        articles=list(articles)[:MOST_ARTICLES],
        at=clock.now(),
    )
    db.session.add(row)
    read = [each for each in dict.fromkeys(opened) if each in row.articles]
    if len(read) == 1:
        asked = Asked(row.query, WordingSource.REQUEST, f"visitor:{visitor}")
        wordings.heard(read[0], locale, asked)
    return row
