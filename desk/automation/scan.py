"""All rules that listen to an event, written out as one function: asking them costs little.

Generated once a rule set. The text holds numbers only; values, names and tests are its globals, so
nothing that people wrote is ever compiled. A condition that several rules share is asked once.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from desk.automation.conditions import Condition, group
from desk.automation.definition import Node, group_kind
from desk.automation.moment import Moment


class Asked(Protocol):
    """What is needed of a rule."""

    @property
    def tree(self) -> Node: ...
    @property
    def conditions(self) -> dict[str, Condition]: ...


class Failed(NamedTuple):
    """A rule, and the condition that decided against it."""

    rule: Any
    condition: Condition


# From rule `at` on: the place of the first one that holds, or the number of rules; those before it
# are handed to the callback. Raises what a condition raises.
Scan = Callable[[Moment, int, Callable[[Failed], None]], int]


PART = 100  # rules in one function: to go on in the middle of it means to pass by those before


def scan_of(rules: Sequence[Asked]) -> Scan:
    parts = [
        _Writer(rules, range(len(rules))[at : at + PART]).scan for at in range(0, len(rules), PART)
    ]
    if len(parts) == 1:
        return parts[0]

    def scan(moment: Moment, at: int, failed: Callable[[Failed], None]) -> int:
        for number in range(at // PART, len(parts)):
            at = parts[number](moment, at, failed)
            if at < min((number + 1) * PART, len(rules)):
                return at
        return len(rules)

    return scan


class _Writer:
    def __init__(self, rules: Sequence[Asked], places: range) -> None:
        self.known: dict[str, Any] = {}  # the globals of the function
        self.asked: dict[str, int] = {}  # conditions by what they ask
        body = [line for at in places for line in self._rule(at, rules[at])]
        answers = "".join(f"p{number} = " for number in self.asked.values())
        head = ["def scan(moment, at, failed):", " f = moment.facts"]
        head += [f" {answers}None"] if answers else []
        text = "\n".join([*head, *body, f" return {places.stop}"])
        exec(compile(text, "<rules>", "exec"), self.known)  # noqa: S102 - see above: our own text
        self.scan: Scan = self.known["scan"]

    def _rule(self, at: int, rule: Asked) -> Iterator[str]:
        yield f" if at <= {at}:"
        steps = list(self._steps(rule.tree, "if", rule))
        for place, (holds, condition) in enumerate(steps):
            name = f"m{at}_{place}"
            self.known[name] = Failed(rule, condition)
            yield f"  {'el' if place else ''}if not {holds}: failed({name})"
        yield f"  else: return {at}" if steps else f"  return {at}"

    def _steps(self, node: Node, path: str, rule: Asked) -> Iterator[tuple[str, Condition]]:
        """What must hold, one after the other, and what failed where it does not."""
        kind = group_kind(node)
        if not kind:
            yield self._leaf(rule.conditions[path]), rule.conditions[path]
            return
        inner = [(each, f"{path}.{at}") for at, each in enumerate(node[kind])]
        if kind == "all":
            for each, place in inner:
                yield from self._steps(each, place, rule)
        elif kind == "none":
            for each, place in inner:
                held = rule.conditions.get(place) or group(place)
                yield f"(not {self._truth(each, place, rule)})", held
        elif inner:
            yield self._truth(node, path, rule), group(path)

    def _truth(self, node: Node, path: str, rule: Asked) -> str:
        kind = group_kind(node)
        if not kind:
            return self._leaf(rule.conditions[path])
        inner = [self._truth(each, f"{path}.{at}", rule) for at, each in enumerate(node[kind])]
        if not inner:
            return "True"
        joined = f"({(' and ' if kind == 'all' else ' or ').join(inner)})"
        return f"(not {joined})" if kind == "none" else joined

    def _leaf(self, condition: Condition) -> str:
        """Asked when it is first needed, and then known."""
        number = self.asked.setdefault(condition.asks, len(self.asked))
        answer = f"p{number}"
        return (
            f"({answer} if {answer} is not None else ({answer} := {self._test(number, condition)}))"
        )

    def _test(self, number: int, condition: Condition) -> str:
        """A test that is nothing but membership in a set is written as that."""
        members = getattr(condition.test, "__self__", None)
        self.known[f"see{number}"] = condition.fact or condition.see
        seen = f"f[see{number}]" if condition.fact else f"see{number}(moment)"
        if isinstance(members, frozenset):
            self.known[f"members{number}"] = members
            return f"{seen} in members{number}"
        self.known[f"test{number}"] = condition.test
        return f"test{number}({seen})"
