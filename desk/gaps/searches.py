"""Searches that led nowhere: nothing was found, or nothing of it was opened."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Row, select

from core import clock
from core.db import plain_rows, table
from desk.feedback import SESSION
from desk.gaps.asked import MOST, SINCE, Asked
from desk.masking import masked
from models import SearchQuery

SHORTEST = 3  # letters
_ROWS = table(SearchQuery)


def in_vain(locale: str) -> list[Asked]:
    """Those after which the same reader opened nothing in that visit. In a unit of work."""
    rows = plain_rows(
        select(_ROWS.c.query, _ROWS.c.visitor, _ROWS.c.at, _ROWS.c.clicked_article_id)
        .where(_ROWS.c.locale == locale, _ROWS.c.at > clock.now() - SINCE)
        .order_by(_ROWS.c.at.desc(), _ROWS.c.id.desc())
        .limit(MOST * 4)
    )
    return list(islice(_left_alone(rows), MOST))


def _left_alone(newest_first: Sequence[Row[Any]]) -> Iterator[Asked]:
    opened_at: dict[str, datetime] = {}
    for row in newest_first:
        if row.clicked_article_id is not None:
            opened_at[row.visitor] = row.at
            continue
        opened = opened_at.get(row.visitor)
        if opened is None or opened - row.at > SESSION:
            said = masked(row.query)
            if len(said) >= SHORTEST:
                yield Asked(said, row.visitor, row.at)
