"""Doubts about the conditions of one rule by themselves: never true, always true, at odds."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from core.i18n import _
from desk.automation.definition import Node, conditions_in, group_kind, root_of
from desk.automation.lint.branches import TooMany, both, branches, possible
from desk.automation.lint.finding import ALWAYS, EXCLUDE, NEVER, OFTEN, Finding, condition_told
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.world import Branch, World
from desk.automation.subjects import UPDATED

Place = tuple[str, Node]


def own(rule: Ruled, rewritten: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """`rewritten` = fields that rules before it may change, after the event and before its turn."""
    root = root_of(rule.definition)
    if not any(conditions_in(root)):
        if UPDATED in rule.kinds:
            said = _("Without conditions it runs at every change and message.")
            yield Finding(OFTEN, "if", said)
        return
    dead = not _can(rule.holding, rule, rewritten)
    at_odds = [replace(each, whole=dead) for each in _at_odds(root, "if", rule.world)]
    yield from at_odds
    if at_odds:
        return
    if dead:
        yield _never(rule)
    elif not _can(rule.failing, rule, rewritten):
        yield Finding(ALWAYS, "if", _always_said(root))


def _can(ways: list[Branch] | None, rule: Ruled, rewritten: frozenset[str]) -> bool:
    if ways is None:
        return True
    return possible(ways, rule.kinds, rule.world, rewritten.__contains__)


def _never(rule: Ruled) -> Finding:
    for path, node in conditions_in(root_of(rule.definition)):
        if node["field"] == "counter" and "counter_fired" not in rule.kinds:
            said = _("A counter is known only at the event “Counter fired”.")
            return Finding(NEVER, path, said)
    for path, node in conditions_in(root_of(rule.definition)):
        ways = rule.world.leaf(node, holds=True)
        if not possible(ways, rule.kinds, rule.world):
            told = condition_told(node)
            said = _("At this event no ticket meets “%(condition)s”.", condition=told)
            return Finding(NEVER, path, said)
    return Finding(NEVER, "if", _("No ticket can meet all of these conditions."))


def _at_odds(node: Node, path: str, world: World) -> Iterator[Finding]:
    """Conditions of one group that shut each other out."""
    kind = group_kind(node)
    if not kind:
        return
    places: list[Place] = [(f"{path}.{at}", each) for at, each in enumerate(node[kind])]
    for place, child in places:
        yield from _at_odds(child, place, world)
    if kind == "all":
        for (_place, one), (place, other) in combinations(places, 2):
            if _exclude(one, other, world):
                said = _(
                    "“%(one)s” and “%(other)s” can't both hold.", one=_told(one), other=_told(other)
                )
                yield Finding(EXCLUDE, place, said)
                break


def _exclude(one: Node, other: Node, world: World) -> bool:
    try:
        mine, its = branches(one, world), branches(other, world)
    except TooMany:
        return False
    pairs = (both(left, right) for left in mine for right in its)
    return bool(mine and its) and all(pair is None for pair in pairs)


def _told(node: Node) -> str:
    leaves = [condition_told(leaf) for _path, leaf in conditions_in(node)]
    return leaves[0] if len(leaves) == 1 else f"{leaves[0]}…" if leaves else ""


def _always_said(root: Node) -> str:
    leaves = list(conditions_in(root))
    if len(leaves) == 2 and group_kind(root) == "any":
        return _("One of the two conditions holds in any case.")
    return _("Every ticket meets these conditions.")
