"""The shape of a stored rule, and what may be wrong with it.

{"on": [event kinds], "if": {"all" | "any" | "none": [condition or group]}, "then": [actions],
"run": "every" | "once" | "once_per_status", "stop": bool, "overwrite": bool}; a condition is
{"field", "op", "value"}, an action {"do", ...}. docs/triggers.md tells what each means.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.i18n import N_, _
from desk import events
from desk.automation import templates
from desk.automation.action import Action, Param
from desk.automation.actions import ACTIONS
from desk.automation.field import Field
from desk.automation.fields import field_named
from desk.automation.operator import Operator
from desk.automation.operators import OPERATORS
from desk.automation.subjects import DIALOG, DIALOG_LABELS, NAMES, TICKET, UPDATED, subjects_of

GROUPS = {"all": N_("all"), "any": N_("any"), "none": N_("none")}
RUNS = {
    "every": N_("every time"),
    "once": N_("once for each ticket"),
    "once_per_status": N_("once while in a status"),
}
USUAL = (
    "ticket_created",
    UPDATED,
    "client_replied",
    "agent_replied",
    "status_changed",
    "assignee_changed",
    "counter_fired",
)
MAX_DEPTH = 3
MAX_CONDITIONS = 60
MAX_ACTIONS = 20

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """`where` is the path of the row: "on", "if.0.1", "then.2"."""

    where: str
    message: str


def event_kinds(subject: str = TICKET) -> dict[str, str]:
    """What a rule on this can listen to, with its name for people; the usual ones first."""
    if subject == DIALOG:
        return {kind: _(label) for kind, label in DIALOG_LABELS.items()}
    named = {kind: cls.label for kind, cls in events.KINDS.items() if cls.label}
    named[UPDATED] = N_("Ticket updated")
    ordered = [*USUAL, *(kind for kind in named if kind not in USUAL)]
    return {kind: _(named[kind]) for kind in ordered if not kind.startswith("dialog_")}


def all_event_kinds() -> dict[str, str]:
    return {**event_kinds(), **event_kinds(DIALOG)}


def group_kind(node: Node) -> str:
    """The kind of a group; empty for a condition."""
    return next((kind for kind in GROUPS if kind in node), "")


def root_of(definition: Node) -> Node:
    """The conditions; no group at all holds always."""
    node: Node = definition.get("if") or {"all": []}
    return node


def conditions_in(node: Node, path: str = "if") -> Iterator[tuple[str, Node]]:
    """Every condition below a group, with its path."""
    kind = group_kind(node)
    if not kind:
        yield path, node
        return
    for number, child in enumerate(node[kind]):
        yield from conditions_in(child, f"{path}.{number}")


def nodes_in(node: Node, path: str = "if") -> Iterator[tuple[str, Node]]:
    """Every group and condition with its path, each before what it holds."""
    yield path, node
    for number, child in enumerate(node[group_kind(node)] if group_kind(node) else ()):
        yield from nodes_in(child, f"{path}.{number}")


def problems_in(definition: Node) -> list[Problem]:
    """Everything that keeps a definition from being saved or run; empty when it is sound."""
    try:
        return _problems_in(definition)
    except Exception:  # what can't even be judged is broken, and no page falls with it
        return [Problem("if", _("Its parts can't be read."))]


def _problems_in(definition: Node) -> list[Problem]:
    found = [*_of_events(definition), *problems_of_group(root_of(definition), "if")]
    if sum(1 for _one in conditions_in(root_of(definition))) > MAX_CONDITIONS:
        found.append(Problem("if", _("At most %(n)s conditions.", n=MAX_CONDITIONS)))
    found += problems_of_then(definition.get("then"))
    if definition.get("run", "every") not in RUNS:
        found.append(Problem("run", _("Choose how often it runs.")))
    return found or _of_subject(definition)


def _of_events(definition: Node) -> list[Problem]:
    kinds = definition.get("on")
    if not isinstance(kinds, list) or not kinds:
        return [Problem("on", _("Choose at least one event."))]
    wrong = [str(kind) for kind in kinds if kind not in all_event_kinds()]
    if not wrong and len(subjects_of(kinds)) > 1:
        return [Problem("on", _("Tickets and dialogs need triggers of their own."))]
    return [Problem("on", _("There is no event “%(name)s”.", name=name[:64])) for name in wrong]


def _of_subject(definition: Node) -> list[Problem]:
    """Fields and actions that are not there for what the events are about."""
    about = subjects_of(definition["on"])
    problem = _("This is not there for %(what)s.", what=_(NAMES[min(about)]))
    fields = [
        (path, field_named(str(node.get("field", ""))))
        for path, node in conditions_in(root_of(definition))
    ]
    actions = [
        (f"then.{at}", ACTIONS.get(str(stored.get("do", ""))))
        for at, stored in enumerate(definition["then"])
    ]
    return [
        Problem(path, problem)
        for path, one in [*fields, *actions]
        if one is not None and not about.issubset(one.subjects)
    ]


def problems_of_group(node: Any, path: str, depth: int = 1) -> list[Problem]:
    if not isinstance(node, Mapping):
        return [Problem(path, _("This is no condition."))]
    kind = group_kind(node)
    if not kind:
        return problems_of_condition(node, path)
    children = node[kind]
    if depth > MAX_DEPTH or not isinstance(children, Sequence) or isinstance(children, str):
        return [Problem(path, _("Groups go at most %(n)s levels deep.", n=MAX_DEPTH))]
    if not children and path != "if":
        return [Problem(path, _("The group is empty."))]
    found = [
        problems_of_group(child, f"{path}.{at}", depth + 1) for at, child in enumerate(children)
    ]
    return [problem for problems in found for problem in problems]


def known(node: Node) -> tuple[Field | None, Operator | None]:
    """The field and operator of a condition; an operator that does not suit the field is none."""
    field = field_named(str(node.get("field", "")))
    operator = OPERATORS.get(str(node.get("op", "")))
    if field and operator and operator.suits(field.type, has_history=field.has_history):
        return field, operator
    return field, None


def problems_of_condition(node: Node, path: str) -> list[Problem]:
    field, operator = known(node)
    if field is None:
        name = str(node.get("field", ""))[:64]
        return [Problem(path, _("There is no field “%(name)s”.", name=name))]
    if operator is None:
        return [Problem(path, _("Choose how “%(field)s” is compared.", field=field.name))]
    message = operator.form.problem(node.get("value"), field.type)
    return [Problem(path, f"{field.name}: {message}")] if message else []


def problems_of_then(actions: Any) -> list[Problem]:
    if not isinstance(actions, Sequence) or isinstance(actions, str) or not actions:
        return [Problem("then", _("Choose at least one action."))]
    if len(actions) > MAX_ACTIONS:
        return [Problem("then", _("At most %(n)s actions.", n=MAX_ACTIONS))]
    found = [problems_of_action(each, f"then.{at}") for at, each in enumerate(actions)]
    return [problem for problems in found for problem in problems]


def problems_of_action(stored: Any, path: str) -> list[Problem]:
    action = ACTIONS.get(str(stored.get("do", ""))) if isinstance(stored, Mapping) else None
    if action is None:
        name = str(stored.get("do", ""))[:64] if isinstance(stored, Mapping) else ""
        return [Problem(path, _("There is no action “%(name)s”.", name=name))]
    found = []
    for param in action.params:
        if param.matters(stored):
            message = _problem_of_param(param, stored.get(param.name, param.blank))
            if message:
                found.append(Problem(path, f"{_(param.label)}: {message}"))
    return found


def _problem_of_param(param: Param, value: Any) -> str:
    message = param.form.problem(value, param.type)
    if message or not param.has_placeholders:
        return message
    texts = value.values() if isinstance(value, Mapping) else [value]
    wrong = [name for text in texts for name in templates.unknown(str(text))]
    return _("There is no placeholder {{ %(name)s }}.", name=wrong[0]) if wrong else ""


def references_gone(definition: Node) -> list[Problem]:
    """Rows that the definition names and that are not there (any more)."""
    found = []
    for path, node in conditions_in(root_of(definition)):
        field, operator = known(node)
        if field and operator and operator.form.gone(node.get("value"), field.type):
            found.append(Problem(path, _("It names something that has been removed.")))
    for at, stored in enumerate(definition.get("then") or ()):
        if action_gone(ACTIONS.get(stored.get("do", "")), stored):
            found.append(Problem(f"then.{at}", _("It names something that has been removed.")))
    return found


def action_gone(action: Action | None, stored: Node) -> bool:
    return action is not None and any(
        param.matters(stored) and param.form.gone(stored.get(param.name), param.type)
        for param in action.references
    )
