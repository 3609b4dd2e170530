"""What a rule names and that is not there any more: a person who left, a removed tag or status."""

from collections.abc import Iterator
from typing import Any

from core.i18n import _
from desk.automation.actions import ACTIONS
from desk.automation.definition import Node, conditions_in, known, root_of
from desk.automation.lint.finding import GONE, Finding
from desk.automation.lint.points import flat
from desk.automation.types import ValueType
from desk.catalog import catalog

NEEDED = ("has_any", "has_all")


def gone(definition: Node) -> Iterator[Finding]:
    for path, node in conditions_in(root_of(definition)):
        field, operator = known(node)
        if field is None or operator is None:
            continue
        value = node.get("value")
        if operator.form.gone(value, field.type):
            yield _found(path, value, field.type)
    for at, stored in enumerate(definition.get("then") or ()):
        action = ACTIONS.get(stored.get("do", ""))
        for param in action.params if action else ():
            value = stored.get(param.name)
            if param.matters(stored) and param.form.gone(value, param.type):
                yield _found(f"then.{at}", value, param.type)


def _found(path: str, value: Any, kind: ValueType) -> Finding:
    names = [kind.show(each) for each in flat(value) if each is not None and not kind.exists(each)]
    if not names:
        return Finding(GONE, path, _("Something that is named here has been removed."))
    said = _("Removed or switched off: %(names)s.", names=", ".join(names))
    return Finding(GONE, path, said)


def missing_tags(definition: Node, put: frozenset[str]) -> Iterator[Finding]:
    """Tags that are waited for. Those `put` on tickets by rules may be there one day."""
    there = {tag.name for tag in catalog().tags.values()} | put
    for path, node in conditions_in(root_of(definition)):
        if node["field"] == "tags" and node["op"] in NEEDED:
            names = [name for name in flat(node["value"]) if name not in there]
            if names:
                said = _("No ticket has ever had this tag: %(names)s.", names=", ".join(names))
                yield Finding(GONE, path, said)
