"""A stored definition as the editor can draw it, whatever another hand has left in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from desk.automation.actions import ACTIONS
from desk.automation.definition import Node, group_kind, known


def drawable(definition: Node) -> dict[str, Any]:
    """What has its proper form stays; a row without any is left out, a value begins anew."""
    definition = definition if isinstance(definition, Mapping) else {}
    root = definition.get("if")
    return {
        "run": "every",
        **definition,
        "on": [str(kind) for kind in _list(definition.get("on"))],
        "if": _node(root) if isinstance(root, Mapping) and group_kind(root) else {"all": []},
        "then": [_action(each) for each in _rows(definition.get("then"))],
    }


def _node(node: Node) -> dict[str, Any]:
    kind = group_kind(node)
    if kind:
        return {kind: [_node(each) for each in _rows(node[kind])]}
    named = {name: str(node.get(name) or "") for name in ("field", "op")}
    field, operator = known(named)
    value = node.get("value")
    blank = operator.form.blank(field.type) if field and operator else ""
    return {**named, "value": _shaped(value, blank)}


def _action(stored: Node) -> dict[str, Any]:
    kind = str(stored.get("do") or "")
    params = ACTIONS[kind].params if kind in ACTIONS else ()
    values = {p.name: _shaped(stored.get(p.name, p.blank), p.blank) for p in params}
    return {**stored, "do": kind, **values}


def _shaped(value: Any, blank: Any) -> Any:
    """The value, where it has the form of the blank one."""
    if isinstance(blank, Mapping):
        given = value if isinstance(value, Mapping) else {}
        return {**given, **{name: _shaped(given.get(name, b), b) for name, b in blank.items()}}
    fits = isinstance(value, list) == isinstance(blank, list) and not isinstance(value, Mapping)
    return value if fits else blank


def _rows(found: Any) -> Iterable[Node]:
    return [each for each in _list(found) if isinstance(each, Mapping)]


def _list(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []
