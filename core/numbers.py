"""Ids that are known before their rows are written, so that nothing is written only to learn them.

For a unit of work that makes many rows and holds the write lock: it writes them together.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import text

from core.bus import unit
from core.db import Base, db, table

_FROM_SEQUENCE = text(
    "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
)
_LAST_GIVEN = (  # also to rows that are gone, where the table never gives an id twice
    "SELECT max(coalesce((SELECT max(id) FROM {name}), 0),"
    " coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{name}'), 0))"
)


@dataclass
class _Shelf:
    block: int
    left: deque[int] = field(default_factory=deque)
    last: int = 0


def know_ahead(*models: type[Base], block: int) -> None:
    """Until the end of this unit rows of these models get their ids when they are made.

    `block` are asked for at a time; on PostgreSQL what is left of it is lost.
    """
    shelves = unit().notes.setdefault("numbers", {})
    for model in models:
        shelves.setdefault(model, _Shelf(block))


def are_known_ahead(model: type[Base]) -> bool:
    return model in unit().notes.get("numbers", {})


def next_of(model: type[Base]) -> int | None:
    """None where the database is to give it when the row is written."""
    shelf: _Shelf | None = unit().notes.get("numbers", {}).get(model)
    if shelf is None:
        return None
    if not shelf.left:
        shelf.left.extend(_reserved(table(model).name, shelf))
    shelf.last = shelf.left.popleft()
    return shelf.last


def _reserved(name: str, shelf: _Shelf) -> Sequence[int]:
    connection = db.session.connection()  # not the session, which would write first
    if connection.dialect.name == "postgresql":
        return connection.scalars(_FROM_SEQUENCE, {"name": name, "count": shelf.block}).all()
    given = connection.scalar(text(_LAST_GIVEN.format(name=name))) or 0
    first = max(given, shelf.last) + 1
    return range(first, first + shelf.block)
