"""Tickets on which a circle of rules may begin."""

from collections.abc import Iterable, Iterator
from itertools import islice, product

from desk.automation.lint.branches import fitted, starts_of
from desk.automation.lint.path import Path
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State, state_of
from desk.automation.lint.world import PAIR, Branch

Circle = tuple[Ruled, ...]


def tickets(circle: Circle) -> Iterator[State]:
    """Those on which the first rule holds, and each next one after the one before it."""
    yield from begun(_round(circle), circle)


def begun(branches: Iterable[Branch], circle: Circle) -> Iterator[State]:
    """At each event that the first rule hears of."""
    first = circle[0]
    for branch in branches:
        for like, kind in product(_alike(branch, circle), starts_of(first.kinds)):
            fit = fitted(like, kind, first.world)
            state = state_of(fit, kind, first.world) if fit is not None else None
            if state is not None:
                if state.changes:
                    yield state.by_somebody()
                yield state


def _alike(branch: Branch, circle: Circle) -> Iterator[Branch]:
    """The same ticket, with each other value of the fields that are written, with each changed.

    Where all of them act at the same event, some undo each other before anything hears of it.
    """
    yield branch
    world = circle[0].world
    for name in dict.fromkeys(name for rule in circle for name in rule.writes.sets):
        domain = world.domain(name)
        for value in domain.values(domain.valid) if domain else ():
            yield {**branch, name: domain.bit(value) if domain else 0}
    for name in dict.fromkeys(name for rule in circle for name in sorted(rule.fields)):
        domain = world.domain(name)
        if domain and domain.field.has_history:
            yield {name + PAIR: domain.going & ~domain.same, **branch}


def _round(circle: Circle) -> Iterator[Branch]:
    """What the ticket must be at the start for the whole round."""
    first, *rest = circle
    for branch in first.holding or ():
        paths = [Path(first.world, branch).written(first, branch)]
        for rule in rest:
            paths = [after for path in paths for after in islice(path.through(rule), 8)][:32]
        for path in paths:
            yield from path.met(first)
