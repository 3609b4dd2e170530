"""What is doubtful in a sound definition: the rule runs, but perhaps not as it was meant."""

from collections.abc import Mapping
from typing import Any

from core.i18n import LOCALES, _
from desk.automation.definition import (
    Node,
    Problem,
    conditions_in,
    group_kind,
    references_gone,
    root_of,
)
from desk.automation.moment import UPDATED
from desk.catalog import LOCALE_NAMES


def warnings(definition: Node) -> list[Problem]:
    """Empty when nothing is doubtful."""
    root = root_of(definition)
    return [
        *references_gone(definition),
        *_never(root, "if"),
        *_always(definition),
        *_without_counter(definition),
        *_texts(definition),
    ]


def _never(node: Node, path: str) -> list[Problem]:
    """Conditions of one group that shut each other out."""
    kind = group_kind(node)
    if not kind:
        return []
    found = [p for at, child in enumerate(node[kind]) for p in _never(child, f"{path}.{at}")]
    if kind == "all":
        leaves = [(f"{path}.{n}", one) for n, one in enumerate(node[kind]) if not group_kind(one)]
        for at, (place, one) in enumerate(leaves):
            if any(exclude(one, other) for _place, other in leaves[:at]):
                found.append(Problem(place, _("Never true: another condition shuts it out.")))
    return found


def _always(definition: Node) -> list[Problem]:
    """No condition on every change: it will run very often."""
    if UPDATED in definition["on"] and not any(conditions_in(root_of(definition))):
        return [Problem("if", _("Without conditions it runs at every change and message."))]
    root = root_of(definition)
    leaves = [one for one in root.get("any", ()) if not group_kind(one)]
    if any(_complete(one, other) for one in leaves for other in leaves):
        return [Problem("if", _("Always true: one of the two conditions holds in any case."))]
    return []


def _without_counter(definition: Node) -> list[Problem]:
    if "counter_fired" in definition["on"]:
        return []
    return [
        Problem(path, _("Never true: only the event “counter fired” has a counter."))
        for path, node in conditions_in(root_of(definition))
        if node["field"] == "counter" and node["op"] in ("is", "any_of", "not_empty")
    ]


def _texts(definition: Node) -> list[Problem]:
    """Clients who would read a mail in a language that is not theirs."""
    found = []
    for at, stored in enumerate(definition["then"]):
        if stored["do"] == "send_mail" and stored.get("to") == "client":
            missing = [code for code in LOCALES if not stored["text"].get(code, "").strip()]
            found += [
                Problem(
                    f"then.{at}",
                    _("No text in this language: %(name)s.", name=_(LOCALE_NAMES[code])),
                )
                for code in missing
            ]
    return found


def exclude(one: Node, other: Node) -> bool:
    """Two conditions on one field that can't both hold."""
    if one["field"] != other["field"]:
        return False
    first, second = _allowed(one), _allowed(other)
    if first is not None and second is not None:
        return first.isdisjoint(second)
    return any(
        allowed is not None and allowed <= _forbidden(opposite)
        for allowed, opposite in ((first, other), (second, one))
    )


def implies(one: Node, other: Node) -> bool:
    """Whether the second condition, on the same field, holds wherever the first does."""
    if one["field"] != other["field"]:
        return False
    allowed = _allowed(one)
    wanted, unwanted = _allowed(other), _forbidden(other)
    if allowed:
        return allowed <= wanted if wanted is not None else _is_apart(allowed, unwanted)
    return bool(unwanted) and unwanted <= _forbidden(one)


def _is_apart(allowed: frozenset[Any], unwanted: frozenset[Any]) -> bool:
    return bool(unwanted) and allowed.isdisjoint(unwanted)


def _complete(one: Node, other: Node) -> bool:
    """Two conditions on one field of which one always holds."""
    if one["field"] != other["field"]:
        return False
    forbidden, allowed = _forbidden(one), _allowed(other)
    return bool(forbidden) and allowed is not None and forbidden <= allowed


def _allowed(node: Node) -> frozenset[Any] | None:
    """The values with which it holds; None when they can't be listed."""
    if node["op"] == "empty":
        return frozenset([None])
    return _values(node) if node["op"] in ("is", "any_of") else None


def _forbidden(node: Node) -> frozenset[Any]:
    """The values with which it does not hold, where all others are fine."""
    if node["op"] == "not_empty":
        return frozenset([None])
    return _values(node) if node["op"] in ("is_not", "none_of") else frozenset()


def _values(node: Node) -> frozenset[Any]:
    value = node["value"]
    if isinstance(value, Mapping):
        return frozenset()
    return frozenset(value) if isinstance(value, list) else frozenset([value])
