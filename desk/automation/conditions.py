"""Condition trees, compiled once into closures; never parsed again for an event."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desk.automation.definition import Node, conditions_in, group_kind, known
from desk.automation.moment import Moment
from desk.automation.operator import Looks


class Broken(Exception):  # noqa: N818 - says what the rule is
    """A stored rule names a field, operator, action or event that does not exist."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One compiled condition, or a group of which none held. `see` gives what it looks at;

    `fact` names the fact that it is, where nothing has to be computed from it; conditions with the
    same `asks` ask the same.
    """

    path: str
    field: str
    see: Callable[[Moment], Any]
    test: Callable[[Any], bool]
    fact: str = ""
    asks: str = ""

    def holds(self, moment: Moment) -> bool:
        return self.test(self.see(moment))


# None when it holds, else what failed first.
Check = Callable[[Moment], Condition | None]


def compiled(node: Node, path: str = "if") -> tuple[Check, dict[str, Condition]]:
    """The check of a tree, and its conditions by path. Broken when it can't be understood."""
    conditions = {at: _condition(at, leaf) for at, leaf in conditions_in(node, path)}
    return _check(node, path, conditions), conditions


def _condition(path: str, node: Node) -> Condition:
    field, operator = known(node)
    if field is None or operator is None:
        raise Broken(f"{path}: {node.get('field')} {node.get('op')}")
    try:
        test = operator.test(node.get("value"))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise Broken(f"{path}: {error}") from error
    see = operator.seer(field.key, field.reader())
    is_fact = field.is_fact and operator.looks == Looks.NOW
    asks = json.dumps([field.key, operator.key, node.get("value")], sort_keys=True)
    return Condition(path, field.key, see, test, field.key if is_fact else "", asks)


def _check(node: Node, path: str, conditions: dict[str, Condition]) -> Check:
    kind = group_kind(node)
    if not kind:
        return _leaf(conditions[path])
    checks = tuple(_check(each, f"{path}.{at}", conditions) for at, each in enumerate(node[kind]))
    if kind == "all":
        return _all(checks)
    return _any(checks, path) if kind == "any" else _none(checks, path, conditions)


def _leaf(condition: Condition) -> Check:
    see, test, fact = condition.see, condition.test, condition.fact
    if fact:  # one call less: most conditions look at a fact as it is
        return lambda moment: None if test(moment.facts[fact]) else condition
    return lambda moment: None if test(see(moment)) else condition


def _all(checks: tuple[Check, ...]) -> Check:
    if len(checks) == 1:
        return checks[0]

    def check(moment: Moment) -> Condition | None:
        for each in checks:
            failed = each(moment)
            if failed is not None:
                return failed
        return None

    return check


def _any(checks: tuple[Check, ...], path: str) -> Check:
    whole = group(path)

    def check(moment: Moment) -> Condition | None:
        for each in checks:
            if each(moment) is None:
                return None
        return whole if checks else None

    return check


def _none(checks: tuple[Check, ...], path: str, conditions: dict[str, Condition]) -> Check:
    places = [f"{path}.{at}" for at in range(len(checks))]
    held = [conditions.get(place) or group(place) for place in places]

    def check(moment: Moment) -> Condition | None:
        for each, condition in zip(checks, held, strict=True):
            if each(moment) is None:
                return condition
        return None

    return check


def group(path: str) -> Condition:
    """What stands for a group that failed as a whole."""
    return Condition(path, "", lambda moment: None, lambda seen: False)
