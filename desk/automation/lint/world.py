"""What conditions say as constraints: one bit for each value of a field, marks for sets and texts.

A constraint stands under a key: "status" is the value now, "status~" the pair before and after.
`a & b` is what both allow, and false where nothing is left.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from desk.automation.definition import Node, conditions_in, known
from desk.automation.field import Field
from desk.automation.fields import field_named
from desk.automation.lint.derived import DERIVED
from desk.automation.lint.marks import Marks, denied, of_set
from desk.automation.lint.points import OTHER, SCALARS, flat, may_be_none, points_of
from desk.automation.lint.texts import of_text, opaque
from desk.automation.lint.writes import Writes
from desk.automation.operator import Looks, Operator

Constraint = int | Marks
Branch = dict[str, Constraint]  # all of these at once
PAIR = "~"
SAME, CHANGED = 1, 2  # the pairs of a set or text


class Domain:
    """The values of a field as bits; a pair is the bit `before * size + after`."""

    def __init__(self, field: Field, named: Iterable[Any], *, trusting: bool = False) -> None:
        """`named` = values that conditions or actions name, None among them or not."""
        self.field = field
        self.points = points_of(field, named, trusting=trusting)
        self.size = size = len(self.points)
        self.all = (1 << size) - 1
        nothing = 1 << size - 1
        self.valid = self.all if may_be_none(field) else self.all & ~nothing
        self.ones = sum(1 << row * size for row in range(size))
        self.same = sum(1 << at * size + at for at in range(size)) & self.columns(self.valid)
        self.begun = self.rows(nothing) & self.columns(self.valid)  # there was no value before
        self.going = self.rows(self.valid) & self.columns(self.valid)

    def columns(self, mask: int) -> int:
        """The pairs that end in one of these values."""
        return mask * self.ones

    def rows(self, mask: int) -> int:
        """The pairs that begin with one of these values."""
        return sum(self.all << at * self.size for at in range(self.size) if mask >> at & 1)

    def bit(self, value: Any) -> int:
        """0 for a value that nothing names."""
        return 1 << self.points.index(value) if value in self.points else 0

    def values(self, mask: int) -> list[Any]:
        """Those that a ticket can be shown with."""
        found = [value for at, value in enumerate(self.points) if mask >> at & 1]
        return [value for value in found if value != OTHER]

    def pairs(self, mask: int) -> list[tuple[Any, Any]]:
        size = self.size
        found = [divmod(at, size) for at in range(size * size) if mask >> at & 1]
        pairs = [(self.points[before], self.points[after]) for before, after in found]
        return [pair for pair in pairs if OTHER not in pair]


class World:
    """The fields that some rules look at or write, and what their conditions say of them."""

    def __init__(
        self, trees: Iterable[Node], written: Iterable[Writes] = (), *, trusting: bool = False
    ) -> None:
        self.trusting = trusting
        self.named: dict[str, list[Any]] = defaultdict(list)
        for tree in trees:
            for _path, node in conditions_in(tree):
                name = str(node.get("field"))
                if name in DERIVED:
                    self.named[DERIVED[name].base] += DERIVED[name].values()
                self.named[name] += flat(node.get("value"))
        for writes in written:
            for name, value in writes.sets.items():
                self.named[name].append(value)
        self._domains: dict[str, Domain | None] = {}
        self._leaves: dict[str, tuple[list[Branch], list[Branch]]] = {}

    def domain(self, name: str) -> Domain | None:
        """None for a field whose values are not counted."""
        if name not in self._domains:
            field = field_named(name)
            self._domains[name] = None
            if field is not None and field.type.family in SCALARS:
                self._domains[name] = Domain(field, self.named[name], trusting=self.trusting)
        return self._domains[name]

    def leaf(self, node: Node, *, holds: bool) -> list[Branch]:
        """The ways in which a condition holds, or does not."""
        asks = json.dumps([node["field"], node["op"], node.get("value")], sort_keys=True)
        if asks not in self._leaves:
            self._leaves[asks] = self._ways(node, asks)
        return self._leaves[asks][0 if holds else 1]

    def _ways(self, node: Node, asks: str) -> tuple[list[Branch], list[Branch]]:
        field, operator = known(node)
        if field is None or operator is None:
            return [{asks: SAME}], [{asks: CHANGED}]
        derived = DERIVED.get(field.key)
        domain = self.domain(derived.base if derived else field.key)
        if domain:
            seen = [derived.of(each) if derived else each for each in domain.points]
            return _of_scalar(domain, operator, node.get("value"), seen)
        if operator.looks != Looks.NOW:
            held = CHANGED if operator.test(None)(("", "")) else SAME
            key = field.key + PAIR
            return [{key: held}], [{key: CHANGED + SAME - held}]
        marks = _marks(field, operator, node.get("value"), asks)
        return [{field.key: marks}], [{field.key: each} for each in denied(marks)]


def _marks(field: Field, operator: Operator, value: Any, asks: str) -> Marks:
    if field.type.family == "set":
        return of_set(operator.key, value) or opaque(asks)
    if field.type.family == "text":
        return of_text(operator.key, value) or opaque(asks)
    if operator.key in ("inside", "outside"):
        hours = frozenset([str(value)])
        return Marks(must=hours) if operator.key == "inside" else Marks(never=hours)
    return opaque(asks)


def _of_scalar(
    domain: Domain, operator: Operator, value: Any, points: Sequence[Any]
) -> tuple[list[Branch], list[Branch]]:
    """`points` = what the condition sees where the domain has its values."""
    test, size = operator.test(value), domain.size
    name, pair = domain.field.key, domain.field.key + PAIR
    if operator.looks == Looks.NOW:
        mask = _bits(test, points) & domain.valid
        return _either({name: mask}), _either({name: domain.valid & ~mask})
    everything = domain.begun | domain.going
    if operator.looks == Looks.BEFORE:
        mask = domain.rows(_bits(test, points))
    else:
        seen = [
            None if before == after else (points[before], points[after])
            for before in range(size)
            for after in range(size)
        ]
        mask = _bits(test, seen)
    mask &= everything
    return _either({pair: mask}), _either({pair: everything & ~mask})


def _bits(test: Callable[[Any], bool], seen: Iterable[Any]) -> int:
    return sum(1 << at for at, each in enumerate(seen) if test(each))


def _either(branch: Branch) -> list[Branch]:
    return [branch] if all(branch.values()) else []
