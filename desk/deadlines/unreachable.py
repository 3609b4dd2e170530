"""Counters that can never start: one above of the same kind takes all that they are for."""

from collections.abc import Iterable, Mapping
from typing import Any

from desk.automation.definition import Node, group_kind
from desk.automation.lint import implies
from desk.deadlines.kinds import KINDS
from models import CounterPolicy, CounterPolicyVersion


def taken_by(
    policies: Iterable[tuple[CounterPolicy, CounterPolicyVersion]],
) -> dict[int, CounterPolicy]:
    """By the id of each that never starts: the one above. `policies` in the order of trying.

    Of kinds that share one clock a ticket: a counter with a clock of its own takes from nobody.
    """
    active = [
        (policy, version)
        for policy, version in policies
        if policy.is_active and KINDS[policy.kind].is_one
    ]
    found: dict[int, CounterPolicy] = {}
    for at, (policy, version) in enumerate(active):
        for above, its in active[:at]:
            if above.kind == policy.kind and takes_all_of(its.conditions, version.conditions):
                found[policy.id] = above
                break
    return found


def takes_all_of(above: Mapping[str, Any], below: Mapping[str, Any]) -> bool:
    """Whether each ticket that meets the conditions below meets those above too.

    Seen where it is plain: the one above has none, has the same, or asks for less.
    """
    if above == below or not any(above.values()):
        return True
    if group_kind(above) == "none":
        return False
    asked, given = _parts(above), _needed(below)
    holds = any if group_kind(above) == "any" else all
    return holds(any(_follows(each, known) for known in given) for each in asked)


def _parts(group: Mapping[str, Any]) -> list[Node]:
    return list(group[group_kind(group)])


def _needed(group: Mapping[str, Any]) -> list[Node]:
    """What must hold of a ticket that meets the group."""
    children = _parts(group) if any(group.values()) else []
    is_sure = group_kind(group) == "all" or (group_kind(group) == "any" and len(children) == 1)
    return children if is_sure else []


def _follows(asked: Node, known: Node) -> bool:
    if group_kind(asked) or group_kind(known):
        return asked == known
    return asked == known or implies(known, asked)
