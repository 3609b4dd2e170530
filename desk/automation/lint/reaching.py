"""Whether two rules come to their turns on a ticket with all the others in force."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from desk.automation.decision import STOPPED_BY
from desk.automation.evaluator import evaluate
from desk.automation.facts import Facts
from desk.automation.lint.branches import both
from desk.automation.lint.chain import set_of
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State
from desk.automation.lint.world import Constraint
from desk.automation.ruleset import CompiledSet


class Whole:
    """All rules that act, in their order."""

    def __init__(self, rules: Sequence[Ruled]) -> None:
        self._rules = {rule.id: rule for rule in rules if rule.source.acts}

    @cached_property
    def _set(self) -> CompiledSet:
        return set_of(self._rules.values())

    def shows(self, one: Ruled, other: Ruled, state: State, name: str) -> Ruled | bool:
        """True where the upper one sets the field and the lower one is asked; else what stops
        before, or False."""
        if not (one.source.acts and other.source.acts):
            return True  # one that only watches is looked at as if it acted
        decision = evaluate(self._set, Facts(state.facts), state.occurrence, state.now)
        stops = {miss.rule.id: miss.path for miss in decision.misses}
        for rule in (one, other):
            path = stops.get(rule.id, "")
            if path.startswith(STOPPED_BY):
                return self._rules[int(path.removeprefix(STOPPED_BY))]
        done = (run for run in decision.runs if run.state == "done")
        return any(run.rule.id == one.id and name in run.changes for run in done)


def around(stopper: Ruled, also: Mapping[str, Constraint]) -> Iterator[dict[str, Constraint]]:
    """What a ticket must be besides, for the rule that stops to let it pass."""
    for way in stopper.failing or ():
        joined = both(dict(also), way)
        if joined is not None:
            yield joined
