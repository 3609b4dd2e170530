"""All rules that listen to an event, written out as one function: asking them costs little.

Generated once a rule set. The text holds numbers only; values, names and tests are its globals, so
nothing that people wrote is ever compiled. A condition that several rules share is asked once, and
words are looked for together: a rule whose words do not stand in the text costs one look.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from desk.automation.conditions import Condition, group
from desk.automation.definition import Node, group_kind
from desk.automation.moment import Moment
from desk.automation.operators.words import HasWords
from desk.automation.word_index import WordIndex
from desk.automation.words import Words


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


# Whether a rule that holds, by its place, leaves all as it is: what was asked then stays known.
Idle = Callable[[int], bool]
# From rule `at` on: the place of the first one that holds and is not idle, or the number of rules;
# those that do not hold are handed to the callback. Raises what a condition raises.
Scan = Callable[[Moment, int, Callable[[Failed], None], Idle], int]


PART = 100  # rules in one function: to go on in the middle of it means to pass by those before
MANY = 8  # ways to say the phrases asked of one field, from which on an index of them pays


class Together(NamedTuple):
    """All word conditions on one field, and their numbers by what they ask."""

    words: WordIndex
    numbers: Mapping[str, int]


def scan_of(rules: Sequence[Asked]) -> Scan:
    together = _together(rules)
    parts = [
        _Writer(rules, range(len(rules))[at : at + PART], together).scan
        for at in range(0, len(rules), PART)
    ]
    if len(parts) == 1:
        return parts[0]

    def scan(moment: Moment, at: int, failed: Callable[[Failed], None], idle: Idle) -> int:
        for number in range(at // PART, len(parts)):
            at = parts[number](moment, at, failed, idle)
            if at < min((number + 1) * PART, len(rules)):
                return at
        return len(rules)

    return scan


def _together(rules: Sequence[Asked]) -> dict[str, Together]:
    """By the fact that they look at."""
    asked: dict[str, dict[str, Words]] = defaultdict(dict)
    for rule in rules:
        for one in rule.conditions.values():
            if one.fact and isinstance(one.test, HasWords):
                asked[one.fact][one.asks] = one.test.words
    return {
        fact: Together(WordIndex([*found.values()]), {asks: at for at, asks in enumerate(found)})
        for fact, found in asked.items()
        if sum(len(ways) for each in found.values() for ways in each.finders) >= MANY
    }


class _Writer:
    def __init__(
        self, rules: Sequence[Asked], places: range, together: Mapping[str, Together]
    ) -> None:
        self.together = together
        self.readings: dict[
            str, str
        ] = {}  # the facts that words are looked for in, and their names
        self.known: dict[str, Any] = {}  # the globals of the function
        self.asked: dict[str, int] = {}  # conditions by what they ask
        body = [line for at in places for line in self._rule(at, rules[at])]
        names = [*(f"p{number}" for number in self.asked.values()), *self.readings.values()]
        answers = "".join(f"{name} = " for name in names)
        head = ["def scan(moment, at, failed, idle):", " f = moment.facts"]
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
        yield f"  {'el' if steps else ''}if not idle({at}): return {at}"

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
        together = self.together.get(condition.fact)
        if together and condition.asks in together.numbers:
            return self._words(condition.fact, together, together.numbers[condition.asks])
        members = getattr(condition.test, "__self__", None)
        self.known[f"see{number}"] = condition.fact or condition.see
        seen = f"f[see{number}]" if condition.fact else f"see{number}(moment)"
        if isinstance(members, frozenset):
            self.known[f"members{number}"] = members
            return f"{seen} in members{number}"
        self.known[f"test{number}"] = condition.test
        return f"test{number}({seen})"

    def _words(self, fact: str, together: Together, number: int) -> str:
        """Whether the words stand in the text at all, and then whether they say it."""
        name = self.readings.setdefault(fact, f"w{len(self.readings)}")
        self.known[f"see_{name}"], self.known[f"read_{name}"] = fact, together.words.likely
        likely = f"({name} if {name} is not None else ({name} := read_{name}(f[see_{name}])))"
        if number in together.words.denying:
            return f"({number} not in {likely} or {name}.holds({number}))"
        return f"({number} in {likely} and {name}.holds({number}))"
