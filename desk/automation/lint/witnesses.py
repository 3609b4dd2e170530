"""Tickets that meet several rules at once; the rules' own conditions are asked of each."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from desk.automation.lint.branches import both, fitted, starts_of
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State, state_of
from desk.automation.lint.world import Branch, Constraint

MOST = 24  # combinations of branches that are tried


def witnesses(
    rules: Sequence[Ruled],
    also: Mapping[str, Constraint] | None = None,
    kinds: Sequence[str] | None = None,
) -> Iterator[State]:
    """`also` = what the ticket should be besides. All rules hear of the event."""
    first = rules[0]
    common = first.heard.intersection(*(each.heard for each in rules[1:]))
    starts = starts_of(common if kinds is None else kinds)
    for branch in islice(met(rules, also), MOST):
        for kind in starts:
            fit = fitted(branch, kind, first.world)
            state = state_of(fit, kind, first.world) if fit is not None else None
            if state is not None and all(holds(each, state) for each in rules):
                yield state


def met(rules: Sequence[Ruled], also: Mapping[str, Constraint] | None = None) -> Iterator[Branch]:
    """The ways in which all of them hold at once."""
    for ways in product(*(each.holding or () for each in rules)):
        joined: Branch | None = dict(also or {})
        for branch in ways:
            joined = both(joined, branch) if joined is not None else None
        if joined is not None:
            yield joined


def holds(rule: Ruled, state: State) -> bool:
    """Whether the rule itself says so."""
    occurrence = state.occurrence
    if rule.kinds.isdisjoint(occurrence.kinds):
        return False
    try:
        return rule.compiled.check(state.moment) is None
    except Exception:  # what can't be asked of a made-up ticket is not shown
        return False
