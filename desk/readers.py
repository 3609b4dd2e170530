"""Who may read which articles: everybody, the clients of some categories, the staff.

A section may be of one direction, and for the clients of some categories alone; what is within it
is so too. Such a section is an audience of its own, so that nothing of it, not even a word, is
found by those who may not read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.db import db
from desk import revision
from models import ArticleCategory, ArticleState, Client, Participant

REVISION = "sections"
PUBLIC, INTERNAL, NOBODY = "public", "internal", ""


@dataclass(frozen=True)
class Reader:
    """`categories` = those of a client; `direction` = the only one that is looked at, None = all.

    The staff reads everything.
    """

    categories: frozenset[int] = frozenset()
    direction: int | None = None
    is_staff: bool = False


@dataclass(frozen=True)
class Limit:
    """`categories` empty = for all of them."""

    direction: int | None
    categories: frozenset[int]

    def lets(self, reader: Reader) -> bool:
        elsewhere = None not in (self.direction, reader.direction)
        if elsewhere and self.direction != reader.direction:
            return False
        return reader.is_staff or not self.categories or bool(self.categories & reader.categories)


EVERYBODY = Reader()
STAFF = Reader(is_staff=True)


def of(person: Participant | None) -> Reader:
    """A client with their categories; the staff reads as everybody does where clients read."""
    if not isinstance(person, Client):
        return EVERYBODY
    return Reader(frozenset(category.id for category in person.categories))


def audiences(reader: Reader) -> tuple[str, ...]:
    """The names under which the search holds what this reader may read."""
    own = [_name(number) for number in sorted(_limits()) if _may(reader, number)]
    return (PUBLIC, *own, *((INTERNAL,) if reader.is_staff else ()))


def audience_of(state: str, section: int) -> str:
    """Whose an article in this section is; NOBODY's for a draft."""
    if state == ArticleState.INTERNAL:
        return INTERNAL
    if state != ArticleState.PUBLISHED:
        return NOBODY
    return _name(section) if section in _limits() else PUBLIC


def number_of(audience: str) -> int:
    """Audiences as arrays in memory have them; -1 is nobody's."""
    if audience == NOBODY:
        return -1
    return {PUBLIC: 0, INTERNAL: 1}[audience] if audience[0] != "s" else int(audience[1:]) + 1


def hidden(reader: Reader) -> list[int]:
    """The sections that are not for this reader."""
    return [number for number in sorted(_limits()) if not _may(reader, number)]


def may_open(reader: Reader, section: int) -> bool:
    """By its address also what is of another direction: that is no secret."""
    return _may(replace(reader, direction=None), section)


def is_for_some(section: int) -> bool:
    """Whether only the clients of some categories may read it."""
    return any(limit.categories for limit in _limits().get(section, ()))


def directions() -> list[int]:
    """Those that have sections of their own."""
    found = {limit.direction for limits in _limits().values() for limit in limits}
    return sorted(number for number in found if number is not None)


def direction_of(section: int) -> int | None:
    """Of the section or the nearest above it that has one."""
    limits = _limits().get(section, ())
    return next((one.direction for one in limits if one.direction is not None), None)


def _may(reader: Reader, section: int) -> bool:
    return all(limit.lets(reader) for limit in _limits().get(section, ()))


def _name(section: int) -> str:
    return f"s{section}"


def _limits() -> Mapping[int, tuple[Limit, ...]]:
    """Of each section that has any: its own and those above it."""
    return revision.kept(REVISION, _load)


def _load() -> Mapping[int, tuple[Limit, ...]]:
    query = select(ArticleCategory).options(selectinload(ArticleCategory.readers))
    rows = {row.id: row for row in db.session.scalars(query)}
    own = {
        row.id: Limit(row.direction_id, frozenset(one.id for one in row.readers))
        for row in rows.values()
        if row.direction_id is not None or row.readers
    }
    found = {}
    for row in rows.values():
        chain, at = [], row.id
        while at in rows:
            chain += [own[at]] if at in own else []
            at = rows[at].parent_id or 0
        if chain:
            found[row.id] = tuple(chain)
    return found
