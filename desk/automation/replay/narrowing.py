"""Conditions as SQL, where the columns of a case can tell.

A column that holds a choice has few values: each is put to the condition itself, and those that
hold are asked for. Of a time it is the instant at which the condition turns. So whatever a
comparison means, SQL and the engine say the same. What tags are asked for is said here once more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, select, true

from desk.automation.conditions import Condition
from desk.automation.definition import Node, group_kind, known
from desk.automation.facts import Facts
from desk.automation.moment import Moment
from desk.automation.operator import Looks
from desk.automation.subjects import BOTH
from desk.catalog import CHANNEL_NAMES, LOCALE_NAMES, TABLE_OF_FIELD, catalog
from models import Case, CaseTag, Priority

COLUMNS: dict[str, Any] = {
    "status": Case.status_id,
    "assignee": Case.assignee_id,
    "group": Case.group_id,
    "line": Case.line,
    "type": Case.type_id,
    "topic": Case.topic_id,
    "priority": Case.priority,
    "direction": Case.direction_id,
    "channel": Case.channel,
    "locale": Case.locale,
    "kind": Case.kind,
}
TIMES: dict[str, Any] = {
    "created_at": Case.created_at,
    "status_since": Case.status_since,
    "last_client_at": Case.last_client_at,
    "last_agent_at": Case.last_agent_at,
}
# Columns of words. What the word is that has no name, no condition knows.
WORDS: dict[str, Iterable[str]] = {
    "channel": CHANNEL_NAMES,
    "locale": LOCALE_NAMES,
    "kind": BOTH,
}
OTHER = "\0"
TURNS = ("gt", "lt")  # comparisons that turn once as time goes by
FURTHEST = timedelta(days=36_500)


@dataclass(frozen=True)
class Narrow:
    """Every case that meets the conditions is among these; `is_exact`: and no other."""

    where: ColumnElement[bool]
    is_exact: bool

    @cached_property
    def opposite(self) -> ColumnElement[bool]:
        """No case that fails the conditions is left out."""
        return not_(self.where) if self.is_exact else true()


ANY = Narrow(true(), False)


def narrowed(
    node: Node, conditions: dict[str, Condition], now: datetime, path: str = "if"
) -> Narrow:
    """What SQL can say of a tree of conditions, asked while nothing changes."""
    kind = group_kind(node)
    if not kind:
        return _leaf(node, conditions[path], now)
    inner = [narrowed(each, conditions, now, f"{path}.{at}") for at, each in enumerate(node[kind])]
    exact = all(one.is_exact for one in inner)
    if kind == "all":
        return Narrow(and_(true(), *(one.where for one in inner)), exact)
    if kind == "none":
        return Narrow(and_(true(), *(one.opposite for one in inner)), exact)
    return Narrow(or_(false(), *(one.where for one in inner)) if inner else true(), exact)


def _leaf(node: Node, condition: Condition, now: datetime) -> Narrow:
    field, operator = known(node)
    if field is None or operator is None:
        return Narrow(false(), True)
    if operator.looks == Looks.CHANGE:
        return Narrow(true() if condition.holds(Moment(Facts(), {}, now)) else false(), True)
    names = field.reads or (field.key,)

    def holds(value: Any) -> bool:
        return condition.holds(Moment(Facts({names[0]: value}), {}, now))

    if len(names) != 1:
        return ANY
    if names == ("tags",):
        asked = _TAGGED.get(operator.key)
        return Narrow(asked(_tag_ids(node.get("value"))), True) if asked else ANY
    if names[0] in TIMES and operator.key in TURNS:
        return Narrow(_turning(TIMES[names[0]], holds, now), True)
    if names[0] not in COLUMNS:
        return ANY
    return Narrow(_holding(names[0], node.get("value"), holds), True)


def _tag_ids(names: Any) -> list[int]:
    """0, which no tag has, for a name that no tag has."""
    there = {tag.name: tag.id for tag in catalog().tags.values()}
    return [there.get(name, 0) for name in names or ()]


def _tagged(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    worn = select(CaseTag.tag_id).where(CaseTag.case_id == Case.id, *which)
    return worn.correlate(Case).exists()


_TAGGED: dict[str, Callable[[list[int]], ColumnElement[bool]]] = {
    "has_any": lambda ids: _tagged(CaseTag.tag_id.in_(ids)),
    "has_all": lambda ids: and_(true(), *(_tagged(CaseTag.tag_id == each) for each in ids)),
    "has_none": lambda ids: not_(_tagged(CaseTag.tag_id.in_(ids))),
    "empty": lambda ids: not_(_tagged()),
    "not_empty": lambda ids: _tagged(),
}


def _holding(name: str, asked: Any, holds: Callable[[Any], bool]) -> ColumnElement[bool]:
    column: ColumnElement[Any] = COLUMNS[name]
    known = _values(name)
    if name not in WORDS:
        return _one_of(column, [value for value in known if holds(value)])
    known |= {value for value in _listed(asked) if isinstance(value, str)}
    if holds(OTHER):
        return not_(column.in_([value for value in known if not holds(value)]))
    return _one_of(column, [value for value in known if holds(value)])


def _values(name: str) -> set[Any]:
    """All that the column can hold; of words those that have a name."""
    table = TABLE_OF_FIELD.get(name)
    if table is not None:
        return {None, *getattr(catalog(), table)}
    if name in WORDS:
        return set(WORDS[name])
    return set(Priority) if name == "priority" else set(catalog().lines)


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _turning(
    column: Any, holds: Callable[[datetime | None], bool], now: datetime
) -> ColumnElement[bool]:
    """Halving finds the microsecond from which on it holds, or no longer does."""
    early, late = 0, int(2 * FURTHEST / timedelta(microseconds=1))
    begins = now - FURTHEST

    def at(step: int) -> datetime:
        return begins + timedelta(microseconds=step)

    old = holds(at(early))
    if holds(at(late)) == old:
        found = true() if old else false()
    else:
        while late - early > 1:
            middle = (early + late) // 2
            early, late = (middle, late) if holds(at(middle)) == old else (early, middle)
        found = column <= at(early) if old else column >= at(late)
    known = and_(column.is_not(None), found)
    return or_(column.is_(None), known) if holds(None) else known


def _one_of(column: Any, values: list[Any]) -> ColumnElement[bool]:
    """True or false, never null: so that it can be turned round."""
    given = [value for value in values if value is not None]
    among = and_(column.is_not(None), column.in_(given)) if given else false()
    return or_(column.is_(None), among) if None in values else among
