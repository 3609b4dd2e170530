"""Open cases so many at a time, those touched last first: a count can stop when time is up."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, select, true, tuple_

from core.db import db
from models import Case

_touched = tuple_(Case.updated_at, Case.id)  # as the index on open cases has it


def strides(size: int) -> Iterator[ColumnElement[bool]]:
    """Conditions that part the open cases; where one ends the index tells alone."""
    left: ColumnElement[bool] = true()
    while True:
        beyond = (
            select(Case.updated_at, Case.id)
            .where(Case.is_open, left)
            .order_by(Case.updated_at.desc(), Case.id.desc())
            .offset(size)
            .limit(1)
        )
        edge = db.session.execute(beyond).one_or_none()
        if edge is None:
            yield left
            return
        yield and_(left, _touched > tuple(edge))
        left = _touched <= tuple(edge)
