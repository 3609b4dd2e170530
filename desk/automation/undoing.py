"""Pairs of rules that undo each other, seen from what is written in them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from desk.automation.actions import ACTIONS
from desk.automation.definition import Node, group_kind, known, root_of
from desk.automation.lint import exclude
from desk.automation.moment import UPDATED
from desk.automation.operator import Looks
from desk.events import FIELD_EVENTS

TAGGING = {"add_tag": True, "remove_tag": False}


class Write(NamedTuple):
    """What an action makes of a field. Each tag is for itself: there (True) or not."""

    field: str
    value: Any
    tag: str = ""


class Change(NamedTuple):
    field: str
    before: Any
    after: Any
    tag: str


def partners(rules: Iterable[tuple[int, Node]]) -> dict[int, list[int]]:
    """By rule id: the others with which it would go round and round."""
    found: dict[int, list[int]] = {}
    for (one, first), (other, second) in combinations(rules, 2):
        if undo_each_other(first, second):
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
    return found


def undo_each_other(one: Node, other: Node) -> bool:
    """Whether each hears of what the other does to a field, may act then, and sets it back."""
    if any(each.get("run", "every") != "every" for each in (one, other)):
        return False
    return _may_meet(one, other) and any(
        _answers(one, Change(mine.field, mine.value, its.value, mine.tag))
        and _answers(other, Change(mine.field, its.value, mine.value, mine.tag))
        for mine in _writes(one)
        for its in _writes(other)
        if (mine.field, mine.tag) == (its.field, its.tag) and mine.value != its.value
    )


def _writes(definition: Node) -> Iterator[Write]:
    for stored in definition.get("then", ()):
        action = ACTIONS.get(stored.get("do", ""))
        if action and action.key in TAGGING:
            yield from (Write("tags", TAGGING[action.key], name) for name in stored["value"])
        elif action and action.writes and "value" in stored:
            yield Write(action.writes[0], stored["value"])


def _may_meet(one: Node, other: Node) -> bool:
    """Whether one ticket can meet the conditions of both, but for fields that they write."""
    written = {write.field for each in (one, other) for write in _writes(each)}
    return not any(
        exclude(mine, its)
        for mine in _needed(one)
        for its in _needed(other)
        if mine["field"] not in written
    )


def _needed(definition: Node) -> Sequence[Node]:
    root = root_of(definition)
    return [each for each in root.get("all", ()) if not group_kind(each)]


def _answers(definition: Node, change: Change) -> bool:
    kinds = {UPDATED, FIELD_EVENTS[change.field].kind}
    return (
        not kinds.isdisjoint(definition["on"]) and _holds(root_of(definition), change) is not False
    )


def _holds(node: Node, change: Change) -> bool | None:
    """After the change; None when it depends on something else."""
    kind = group_kind(node)
    if not kind:
        return _condition_holds(node, change)
    truths = [_holds(child, change) for child in node[kind]]
    if kind == "all":
        return False if False in truths else _unless_open(truths, True)
    any_holds = True if True in truths else _unless_open(truths, False)
    if kind == "none":
        return None if any_holds is None else not any_holds
    return any_holds if truths else True


def _unless_open(truths: Sequence[bool | None], otherwise: bool) -> bool | None:
    return None if None in truths else otherwise


def _condition_holds(node: Node, change: Change) -> bool | None:
    _field, operator = known(node)
    if node["field"] != change.field or operator is None:
        return None
    if change.tag:
        return _tag_holds(node, change.tag, there=change.after)
    seen = {
        Looks.NOW: change.after,
        Looks.BEFORE: change.before,
        Looks.CHANGE: (change.before, change.after),
    }
    test = operator.test(node.get("value"))
    return bool(test(seen[operator.looks]))


def _tag_holds(node: Node, tag: str, *, there: bool) -> bool | None:
    """The other tags of the ticket are not known."""
    operator: str = node["op"]
    named: list[str] = node.get("value") or []
    if operator in ("empty", "not_empty"):
        return operator == "not_empty" if there else None
    if operator not in ("has_any", "has_all", "has_none") or tag not in named:
        return None
    if operator == "has_all":
        return None if there else False
    if there:
        return operator == "has_any"
    return None if len(named) > 1 else operator == "has_none"
