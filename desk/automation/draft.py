"""A definition while it is being written: out of a form, row by row, and changed by its buttons."""

import re
from collections.abc import Callable
from typing import Any

from core.i18n import _
from desk.automation.actions import ACTIONS
from desk.automation.definition import GROUPS, MAX_DEPTH, Problem, group_kind
from desk.automation.fields import FIELDS, field_named
from desk.automation.operators import operators_for
from desk.automation.shape import Form
from desk.automation.shifting import shifted
from desk.automation.types import ValueType

Draft = dict[str, Any]
MAX_ROWS = 200  # of one group
NAMED, NAMED_ROWS = 40, 3  # letters of the name of a row that is refused; how many are named
UI_DEPTH = 2  # groups inside the outermost one that the editor can add


def empty() -> Draft:
    """A new trigger, with a row to begin with in each part."""
    return {
        "on": ["ticket_created"],
        "if": {"all": [new_condition()]},
        "then": [ACTIONS["assign_group"].blank()],
        "run": "every",
        "stop": False,
        "overwrite": False,
    }


def read(form: Form, wrong: list[Problem]) -> Draft:
    """The definition that a form holds, sound or not; nothing that was written is dropped.

    What no editor sends is left out, here as below, and `wrong` then says so at its place.
    """
    return {
        "on": list(form.get("on", ())),
        "if": read_group(form, "if", wrong),
        "then": read_actions(form, "then", wrong),
        "run": _first(form, "run") or "every",
        "stop": bool(form.get("stop")),
        "overwrite": bool(form.get("overwrite")),
    }


def read_group(form: Form, path: str, wrong: list[Problem], depth: int = 1) -> Draft:
    """A group of conditions; its rows are named by their path: "if.0.field", "if.1.kind"."""
    kind = _first(form, f"{path}.kind") or "all"
    if kind not in GROUPS:
        wrong.append(Problem(path, _("There is no such group of conditions.")))
        kind = "all"
    return {kind: [_row(form, place, wrong, depth) for place in _places(form, path, wrong)]}


def _row(form: Form, path: str, wrong: list[Problem], depth: int) -> Draft:
    is_group = f"{path}.kind" in form and depth < MAX_DEPTH
    return read_group(form, path, wrong, depth + 1) if is_group else read_condition(form, path)


def read_condition(form: Form, path: str) -> Draft:
    key, op = _first(form, f"{path}.field"), _first(form, f"{path}.op")
    field = field_named(key)
    if field is None:
        return {"field": key, "op": op, "value": _first(form, f"{path}.value")}
    fitting = {each.key: each for each in operators_for(field.type, has_history=field.has_history)}
    drawn_field, _space, drawn_op = _first(form, f"{path}.drawn").partition(" ")
    if drawn_field not in ("", key):
        return new_condition(key)
    operator = fitting.get(op)
    if operator is None:
        return {"field": key, "op": op, "value": _first(form, f"{path}.value")}
    if drawn_op in fitting and fitting[drawn_op].shape != operator.shape:
        before = fitting[drawn_op].form.read(form, f"{path}.value", field.type)
        value = _reshaped(before, operator.shape, operator.form.blank(field.type))
    else:
        value = operator.form.read(form, f"{path}.value", field.type)
    return {"field": key, "op": operator.key, "value": value}


def _reshaped(before: Any, shape: str, blank: Any) -> Any:
    """One value as a list of one, and back; anything else begins anew."""
    if shape == "many" and before not in (None, "") and not isinstance(before, list | dict):
        return [before]
    if shape == "one" and isinstance(before, list) and before:
        return before[0]
    return blank


def read_actions(form: Form, path: str, wrong: list[Problem]) -> list[Draft]:
    return [read_action(form, place) for place in _places(form, path, wrong)]


def read_action(form: Form, path: str) -> Draft:
    kind = _first(form, f"{path}.do")
    action = ACTIONS.get(kind)
    if action is None:
        return {"do": kind}
    if _first(form, f"{path}.drawn") not in ("", kind):
        return action.blank()
    values = {p.name: p.form.read(form, f"{path}.{p.name}", p.type) for p in action.params}
    return {"do": kind, **values}


def new_condition(key: str = "status") -> Draft:
    field = field_named(key) or FIELDS["status"]
    operator = operators_for(field.type, has_history=field.has_history)[0]
    return {"field": field.key, "op": operator.key, "value": operator.form.blank(field.type)}


def changed(draft: Draft, command: str) -> str:
    """Change the draft by a button such as "remove:if.0.1", "add-condition:if", "up:then.2".

    The path of the row that the person is at afterwards; empty when nothing happened.
    """
    verb, _colon, path = command.partition(":")
    change = _COMMANDS.get(verb)
    if change is None or not re.fullmatch(r"(if|then)(\.\d{1,4}){0,4}", path):
        return ""
    return change(draft, path)


def _add_condition(draft: Draft, path: str) -> str:
    return _added(draft, path, new_condition())


def _add_group(draft: Draft, path: str) -> str:
    if path.count(".") >= UI_DEPTH:
        return ""
    return _added(draft, path, {"any": [new_condition()]})


def _add_action(draft: Draft, path: str) -> str:
    return _added(draft, "then", ACTIONS["assign_group"].blank())


def _added(draft: Draft, path: str, row: Draft) -> str:
    rows = _children(draft, path)
    rows.append(row)
    return f"{path}.{len(rows) - 1}"


def _remove(draft: Draft, path: str) -> str:
    """Then the person is at the row that took its place, or at the one before."""
    siblings, at = _place(draft, path)
    parent = path.rpartition(".")[0]
    del siblings[at : at + 1]
    return f"{parent}.{min(at, len(siblings) - 1)}" if siblings else parent


def _up(draft: Draft, path: str) -> str:
    return shifted(_rows_of(draft, path), path, -1)


def _down(draft: Draft, path: str) -> str:
    return shifted(_rows_of(draft, path), path, 1)


_COMMANDS: dict[str, Callable[[Draft, str], str]] = {
    "add-condition": _add_condition,
    "add-group": _add_group,
    "add-action": _add_action,
    "remove": _remove,
    "up": _up,
    "down": _down,
}


def _rows_of(draft: Draft, path: str) -> list[Any]:
    """The outermost list that a path leads into."""
    return _children(draft, path.partition(".")[0])


def _place(draft: Draft, path: str) -> tuple[list[Any], int]:
    parent, _dot, number = path.rpartition(".")
    return (_children(draft, parent), int(number)) if parent else ([], 0)


def _children(draft: Draft, path: str) -> list[Any]:
    """The rows at a path; an empty list where there is no group."""
    root, *steps = path.split(".")
    node: Any = draft[root]
    for step in steps:
        rows = _rows(node)
        node = rows[int(step)] if int(step) < len(rows) else {}
    return _rows(node)


def _rows(node: Any) -> list[Any]:
    if isinstance(node, list):
        return node
    kind = group_kind(node)
    found: list[Any] = node[kind] if kind else []
    return found


def _places(form: Form, path: str, wrong: list[Problem]) -> list[str]:
    """The paths of the rows of a group, in order; there may be gaps."""
    lead = f"{path}."
    names = [name.removeprefix(lead) for name in form if name.startswith(lead)]
    found = {name.partition(".")[0] for name in names if name != "kind"}
    numbers = sorted(int(each) for each in found if re.fullmatch(r"0|[1-9][0-9]{0,3}", each))
    kept = [f"{path}.{number}" for number in numbers[:MAX_ROWS]]
    refused = sorted({f"{path}.{each}" for each in found}.difference(kept))
    if refused:
        rows = ", ".join(each[:NAMED] for each in refused[:NAMED_ROWS])
        wrong.append(Problem(path, _("The form has rows that can't be kept: %(rows)s.", rows=rows)))
    return kept


def _first(form: Form, name: str) -> str:
    texts = form.get(name, ())
    return texts[0].strip() if texts else ""


def options_with(kind: ValueType, chosen: Any) -> list[tuple[Any, str]]:
    """What can be chosen, and what was chosen before it was removed; nothing where one writes."""
    if kind.is_written:
        return []
    options = kind.options()
    known = {value for value, _name in options}
    given = chosen if isinstance(chosen, list) else [chosen]
    gone = [value for value in given if value not in (None, "") and value not in known]
    return [*options, *((value, kind.show(value)) for value in gone)]
