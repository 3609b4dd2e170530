"""Every condition of a rule with what it saw, for trying a rule and for explaining it."""

from dataclasses import dataclass
from typing import Any

from desk.automation.conditions import Condition
from desk.automation.definition import Node, group_kind
from desk.automation.moment import Moment


@dataclass(frozen=True)
class Verdict:
    """One node of the tree: a condition (`node`, `seen`) or a group (`kind`, `children`)."""

    path: str
    holds: bool
    node: Node
    seen: Any = None
    kind: str = ""
    children: tuple["Verdict", ...] = ()


def verdict(
    node: Node, conditions: dict[str, Condition], moment: Moment, path: str = "if"
) -> Verdict:
    """The whole tree is looked at, also what the engine would not have come to."""
    kind = group_kind(node)
    if not kind:
        condition = conditions[path]
        seen = condition.see(moment)
        return Verdict(path, condition.test(seen), node, seen)
    children = tuple(
        verdict(each, conditions, moment, f"{path}.{at}") for at, each in enumerate(node[kind])
    )
    return Verdict(path, _holds(kind, children), node, kind=kind, children=children)


def _holds(kind: str, children: tuple[Verdict, ...]) -> bool:
    truths = [child.holds for child in children]
    if kind == "none":
        return not any(truths)
    return all(truths) if kind == "all" else any(truths) or not truths
