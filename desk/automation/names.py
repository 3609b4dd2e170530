"""Definitions that another installation understands: names of rows instead of their ids.

People go by their address, all else by its Russian name; on the way back keys and English names
are understood too, in any letter case.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from core.db import db
from core.i18n import LOCALES, _, use_locale
from desk.automation.actions import ACTIONS
from desk.automation.definition import Node, group_kind, known, root_of
from desk.automation.types import Choice, Person, PriorityType, ValueType
from desk.catalog import PRIORITY_NAMES, TABLE_OF_FIELD, catalog
from models import CounterPolicy

Turn = Callable[[ValueType, Any], Any]
TABLES = {**TABLE_OF_FIELD, "calendar": "calendars"}
UNKNOWN = "?"  # stands before a name that nothing here has; no id looks like it


def portable(definition: Node) -> dict[str, Any]:
    """With names instead of ids."""
    return _turned(definition, _name_of)


def local(definition: Node) -> tuple[dict[str, Any], list[str]]:
    """With ids of this installation, and the names that nothing here has."""
    missing: list[str] = []

    def turn(kind: ValueType, name: Any) -> Any:
        found = _id_of(kind, name)
        if found is None:
            missing.append(str(name))
            return f"{UNKNOWN}{name}"
        return found

    return _turned(definition, turn), list(dict.fromkeys(missing))


def _turned(definition: Node, turn: Turn) -> dict[str, Any]:
    return {
        **definition,
        "if": _of_node(root_of(definition), turn),
        "then": [_of_action(each, turn) for each in definition.get("then") or ()],
    }


def _of_node(node: Node, turn: Turn) -> dict[str, Any]:
    kind = group_kind(node)
    if kind:
        return {kind: [_of_node(each, turn) for each in node[kind]]}
    field, operator = known(node)
    if field is None or operator is None or "value" not in node:
        return dict(node)
    return {**node, "value": _mapped(field.type, node["value"], turn)}


def _of_action(stored: Node, turn: Turn) -> dict[str, Any]:
    action = ACTIONS.get(str(stored.get("do", "")))
    if action is None:
        return dict(stored)
    given = [param for param in action.params if param.name in stored]
    return {**stored, **{p.name: _mapped(p.type, stored[p.name], turn) for p in given}}


def _mapped(kind: ValueType, value: Any, turn: Turn) -> Any:
    """Each name or id in a value, whatever the shape around it."""
    if not _has_names(kind):
        return value
    if isinstance(value, Mapping):
        return {key: _mapped(kind, each, turn) for key, each in value.items()}
    if isinstance(value, list):
        return [_mapped(kind, each, turn) for each in value]
    return value if value in (None, "") else turn(kind, value)


def value_here(kind: ValueType, said: Any) -> Any:
    """The value that a name means here; what needs no name stays."""
    found = _id_of(kind, said) if _has_names(kind) and isinstance(said, str) else None
    return said if found is None else found


def _has_names(kind: ValueType) -> bool:
    """Whether its values are ids of rows; lines are the same numbers everywhere."""
    return isinstance(kind, Choice) and kind.fits(1) and kind.name != "line"


def _name_of(kind: ValueType, value: Any) -> Any:
    names = _names(kind).get(value)
    return names[0] if names else f"{UNKNOWN}{value}"


def _id_of(kind: ValueType, name: Any) -> Any:
    """None when nothing is called so. A plain id, where one was written, is no name."""
    wanted = str(name).strip().casefold()
    for value, names in _names(kind).items():
        if wanted in (each.casefold() for each in names if each):
            return value
    return None


def _names(kind: ValueType) -> dict[Any, list[str]]:
    """All that a value may be called, what it is exported as first."""
    if isinstance(kind, PriorityType):
        return {int(value): [name, *_both(name)] for value, name in PRIORITY_NAMES.items()}
    if isinstance(kind, Person):
        return {key: [row.email or row.name, row.name] for key, row in catalog().staff.items()}
    if not isinstance(kind, Choice):
        return {}
    if kind.name == "counter":
        return {row.id: _of_row(row) for row in db.session.scalars(select(CounterPolicy))}
    rows = getattr(catalog(), TABLES[kind.name], {}) if kind.name in TABLES else {}
    return {key: _of_row(row) for key, row in rows.items()}


def _of_row(row: Any) -> list[str]:
    named = [str(getattr(row, part, "") or "") for part in ("name_ru", "name_en", "key")]
    return [name for name in named if name] or [str(row.name)]


def _both(name: str) -> list[str]:
    said = []
    for code in LOCALES:
        with use_locale(code):
            said.append(_(name))
    return said
