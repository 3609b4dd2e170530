"""Why a rule that listened did nothing: the condition that decided, and what it saw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.i18n import _, format_datetime, ngettext
from desk.automation import decision
from desk.automation.definition import Node, group_kind, known, root_of
from desk.automation.operator import Looks
from desk.automation.pieces import Sentence
from desk.automation.reasons import Reasons
from desk.automation.sentences import condition, sentence_of_conditions
from models import Rule, RuleVersion

LENGTH = 160


@dataclass(frozen=True)
class NotRun:
    """A rule that listened and did nothing. `path` is the row of the editor that decided."""

    rule: Rule
    version: RuleVersion
    path: str
    expected: Sentence
    seen: str

    @property
    def place(self) -> tuple[int, str]:
        """The row that decided: with it all but what was seen is the same, and drawn once."""
        return self.version.id, self.path


class NotRuns:
    """Words for what did not run. The same comes at many events, and is put into words once."""

    def __init__(self) -> None:
        self._places: dict[tuple[int, int | str], tuple[str, Node | None]] = {}
        self._told: dict[tuple[int, int | str, str], NotRun] = {}

    def told(self, reasons: Reasons, version: RuleVersion) -> NotRun:
        place = version.id, reasons.codes[version.id]
        if place not in self._places:
            path = reasons.path(version)
            self._places[place] = path, node_at(root_of(version.definition), path)
        path, node = self._places[place]
        value = reasons.value(version.id, str(node.get("field"))) if node else None
        key = (*place, repr(value))
        if key not in self._told:
            self._told[key] = not_run(version, path, node, value)
        return self._told[key]


def not_run(version: RuleVersion, path: str, node: Node | None, value: Any) -> NotRun:
    rule = version.rule
    if node is None:
        return NotRun(rule, version, "", (), _other_reason(path))
    if group_kind(node):
        said = _("none of them held")
        return NotRun(rule, version, path, sentence_of_conditions(node), said)
    return NotRun(rule, version, path, condition(node), shown(node, value))


def node_at(root: Node, path: str) -> Node | None:
    """The condition or group at a path such as "if.0.1"; None when there is none."""
    first, *steps = path.split(".")
    node = root if first == "if" else None
    for step in steps:
        children = node[group_kind(node)] if node is not None and group_kind(node) else ()
        node = children[int(step)] if step.isdigit() and int(step) < len(children) else None
    return node


def _other_reason(code: str) -> str:
    if code == decision.SO_ALREADY:
        return _("The conditions held; all was so already.")
    if code == decision.ACTED:
        return _("It has acted already on what led to this: once is enough.")
    if code == decision.ONCE:
        return _("It has had its run already.")
    if code.startswith(decision.STOPPED_BY):
        return _("A trigger before it said: stop here.")
    return code


def shown(node: Node, value: Any) -> str:
    """What a condition saw, in words."""
    field, operator = known(node)
    if field is None or operator is None:
        return str(value)
    if operator.looks == Looks.CHANGE:
        return _told_change(value, field.show)
    if operator.looks == Looks.AGE:
        return _("none") if value is None else ngettext("%(n)s day", "%(n)s days", value)
    if field.type.family == "working_time":
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
        return format_datetime(at, "EEE, d MMM, HH:mm") if at else _("none")
    said = field.show(value)
    return said if len(said) <= LENGTH else said[: LENGTH - 1] + "…"


def _told_change(value: Any, show: Any) -> str:
    if not value:
        return _("did not change")
    return f"{show(value[0])} → {show(value[1])}"
