"""A rule set that faults are planted in: a seed gives the same set."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from desk.catalog import catalog

Definition = dict[str, Any]
FIELD_KINDS = {
    "priority": "priority_changed",
    "status": "status_changed",
    "type": "type_changed",
    "line": "line_changed",
}
DOING = {
    "priority": "set_priority",
    "status": "set_status",
    "type": "set_type",
    "line": "pass_to_line",
}
WORDS = ("чек", "касса", "терминал", "задержка доставки", "возврат", "пароль", "счёт", "оплата")


@dataclass
class Graph:
    """`planted` = {kind: the places of the rules that a finding has to name, as sets}."""

    rules: list[Definition] = field(default_factory=list)
    planted: dict[str, set[frozenset[int]]] = field(default_factory=dict)

    def plant(self, kind: str, places: list[int]) -> None:
        self.planted.setdefault(kind, set()).add(frozenset(places))


class Planter:
    """Each planted group is for clients of one company, so that groups don't meet."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same graph each time
        self.graph = Graph()
        self.groups = 0
        self.values: dict[str, list[Any]] = {
            "priority": [1, 2, 3, 4],
            "status": list(catalog().statuses),
            "type": list(catalog().types),
            "line": [1, 2, 3, 4],
        }

    def grow(self, groups: int, kinds: Sequence[Callable[["Planter"], None]]) -> Graph:
        for _each in range(groups):
            self.dice.choice(kinds)(self)
        self._shuffle()
        return self.graph

    def world(self) -> Definition:
        """The condition that keeps a group apart from the others."""
        self.groups += 1
        return {"field": "company", "op": "is", "value": f"group-{self.groups}"}

    def rule(
        self, on: list[str], conditions: list[Definition], then: list[Definition], **more: Any
    ) -> int:
        inner = list(conditions)
        self.dice.shuffle(inner)
        tree: Definition = {"all": inner}
        if inner and self.dice.random() < 0.2:  # the same said in another way
            first, *rest = inner
            tree = {"all": [{"any": [first]}, *rest]}
        self.graph.rules.append({"on": on, "if": tree, "then": then, **more})
        return len(self.graph.rules) - 1

    def _shuffle(self) -> None:
        """Groups in between each other; the order inside of a group stays."""
        count = len(self.graph.rules)
        owner = [self._owner(each) for each in self.graph.rules]
        slots = owner[:]
        self.dice.shuffle(slots)
        queues = {name: [at for at in range(count) if owner[at] == name] for name in set(owner)}
        order = [queues[name].pop(0) for name in slots]
        place = {old: new for new, old in enumerate(order)}
        self.graph.rules = [self.graph.rules[old] for old in order]
        self.graph.planted = {
            kind: {frozenset(place[at] for at in each) for each in its}
            for kind, its in self.graph.planted.items()
        }

    def _owner(self, rule: Definition) -> str:
        text = str(rule["if"])
        at = text.find("group-")
        return text[at:].split("'")[0] if at >= 0 else "loose"


def setting(name: str, value: Any) -> Definition:
    stored = {"do": DOING[name], "value": value}
    return stored | {"reason": ""} if name == "line" else stored


def cond(name: str, op: str, value: Any = None) -> Definition:
    return {"field": name, "op": op, "value": value}
