"""JSON Schema (2020-12, as OpenAPI 3.1 has it) of a trigger's definition, out of the registries.

It is a schema of what can be written now: of choices those that there are. Names are those of the
language that is asked for. What a schema can't say (a pattern that RE2 does not understand, an
unknown placeholder, the first bound above the second) is still refused by `problems_in`.
"""

import json
from collections.abc import Iterable

from core.i18n import N_, _
from desk.automation.action import Action, Param
from desk.automation.actions import ACTIONS
from desk.automation.definition import (
    GROUPS,
    MAX_ACTIONS,
    MAX_DEPTH,
    RUNS,
    event_kinds,
)
from desk.automation.field import Field
from desk.automation.fields import all_fields
from desk.automation.operator import Operator
from desk.automation.operators import operators_for
from desk.automation.subjects import BOTH, DIALOG, TICKET
from desk.automation.types import Json, ValueType

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DEFS = "#/$defs/"
TITLES = {TICKET: N_("Trigger on tickets"), DIALOG: N_("Trigger on dialogs")}


def schema_of_triggers() -> Json:
    """Tickets and dialogs have events, fields and actions of their own: one schema for each."""
    defs: Json = {}
    for field in all_fields():
        defs[f"field.{field.key}"] = _field(field, defs)
    for action in ACTIONS.values():
        defs[f"action.{action.key}"] = _action(action, defs)
    for subject in BOTH:
        defs |= _parts(subject)
    return {
        "$schema": DIALECT,
        "title": _("Trigger"),
        "oneOf": [_ref(subject) for subject in BOTH],
        "$defs": defs,
    }


def written() -> str:
    """The schema as a file."""
    return json.dumps(schema_of_triggers(), ensure_ascii=False, indent=2) + "\n"


def _ref(name: str) -> Json:
    return {"$ref": DEFS + name}


def _parts(subject: str) -> Json:
    """The whole, and the conditions and actions that are there for tickets or for dialogs."""
    fields = [each.key for each in all_fields() if subject in each.subjects]
    actions = [each.key for each in ACTIONS.values() if subject in each.subjects]
    groups = {f"{subject}.group.{at}": _group(subject, at) for at in range(1, MAX_DEPTH + 1)}
    return {
        subject: _whole(subject),
        **groups,
        f"{subject}.condition": {"oneOf": [_ref(f"field.{key}") for key in fields]},
        f"{subject}.action": {"oneOf": [_ref(f"action.{key}") for key in actions]},
    }


def _whole(subject: str) -> Json:
    kinds = {"oneOf": _named(event_kinds(subject).items())}
    runs = _named((key, _(label)) for key, label in RUNS.items())
    do = _ref(f"{subject}.action")
    return {
        "title": _(TITLES[subject]),
        "type": "object",
        "properties": {
            "on": {"type": "array", "items": kinds, "minItems": 1},
            "if": _ref(f"{subject}.group.1"),
            "then": {"type": "array", "items": do, "minItems": 1, "maxItems": MAX_ACTIONS},
            "run": {"oneOf": runs, "default": "every"},
            "stop": {"type": "boolean", "default": False},
            "overwrite": {"type": "boolean", "default": False},
        },
        "required": ["on", "then"],
        "additionalProperties": False,
    }


def _group(subject: str, depth: int) -> Json:
    """Of the depth `depth`; only the outermost may be empty, only the last holds no groups."""
    inner = [_ref(f"{subject}.condition")]
    if depth < MAX_DEPTH:
        inner.append(_ref(f"{subject}.group.{depth + 1}"))
    rows = {"type": "array", "items": {"anyOf": inner}, "minItems": min(depth - 1, 1)}
    return {"oneOf": [_object({kind: rows}, [kind], _(label)) for kind, label in GROUPS.items()]}


def _field(field: Field, defs: Json) -> Json:
    one = _one(field.type, f"value.{field.key}", defs)
    fitting = operators_for(field.type, has_history=field.has_history)
    return {
        "title": field.name,
        "type": "object",
        "properties": {"field": {"const": field.key}},
        "required": ["field"],
        "unevaluatedProperties": False,
        "oneOf": [_compared(operator, field.type, one) for operator in fitting],
    }


def _compared(operator: Operator, kind: ValueType, one: Json) -> Json:
    value = operator.form.schema(kind, one)
    needed = ["op", "value"] if operator.form.problem(None, kind) else ["op"]
    told = {"title": _(operator.label), "required": needed}
    return {**told, "properties": {"op": {"const": operator.key}, "value": value}}


def _action(action: Action, defs: Json) -> Json:
    """A param that matters only beside another one is asked for only there."""
    always = [param for param in action.params if param.only_if is None]
    made = _object(
        {"do": {"const": action.key}, **{p.name: _param(action, p, defs) for p in always}},
        ["do", *_needed(always)],
        _(action.label),
    )
    made["properties"] |= {p.name: {} for p in action.params if p.only_if}
    beside = [_beside(p, _param(action, p, defs)) for p in action.params if p.only_if]
    return {**made, "allOf": beside} if beside else made


def _param(action: Action, param: Param, defs: Json) -> Json:
    one = _one(param.type, f"value.{action.key}.{param.name}", defs)
    return {"title": _(param.label), **param.form.schema(param.type, one)}


def _beside(param: Param, its: Json) -> Json:
    name, value = param.only_if or ("", "")
    asked = {"properties": {name: {"const": value}}, "required": [name]}
    return {"if": asked, "then": {"properties": {param.name: its}, "required": _needed([param])}}


def _needed(params: Iterable[Param]) -> list[str]:
    """Those that can't be left out: what a new row begins with would be refused."""
    return [param.name for param in params if param.form.problem(param.blank, param.type)]


def _one(kind: ValueType, name: str, defs: Json) -> Json:
    """One value; a list of choices stands once, under a name."""
    its = kind.schema()
    if "oneOf" not in its:
        return its
    defs[name] = its
    return _ref(name)


def _object(properties: Json, required: list[str], title: str) -> Json:
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _named(pairs: Iterable[tuple[str, str]]) -> list[Json]:
    return [{"const": key, "title": name} for key, name in pairs]
