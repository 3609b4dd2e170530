"""Tickets made up by dice, for the circles that no path shows.

A path follows one rule after the other. Where several act at one event, it is what they change
together that sets the next ones off; the engine is then asked about tickets of all sorts.
"""

from collections.abc import Iterator, Sequence
from random import Random

from desk.automation.lint.branches import both, fitted, starts_of
from desk.automation.lint.marks import Marks
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State, state_of
from desk.automation.lint.world import PAIR, Branch, World

MOST_RULES = 24  # in a knot: with more of them a ticket by chance says little
TAGS = "tags"


def roaming(knot: Sequence[Ruled], count: int) -> Iterator[State]:
    """At events that its rules hear of, with any values of what these ask for or write."""
    dice = Random(7)  # noqa: S311 - the same tickets each time
    world = knot[0].world
    names = sorted({name for rule in knot for name in (*rule.fields, *rule.writes.fields)})
    tags = sorted({tag for rule in knot for tag in (*rule.writes.put, *rule.writes.gone)})
    for _ticket in range(count):
        first = dice.choice(knot)
        branch = dice.choice(first.holding or [{}])
        for more in _strewn(names, tags, world, dice):
            branch = both(branch, more) or branch
        kind = dice.choice(starts_of(first.kinds))
        fit = fitted(branch, kind, world)
        state = state_of(fit, kind, world) if fit is not None else None
        if state is not None:
            yield state


def _strewn(
    names: Sequence[str], tags: Sequence[str], world: World, dice: Random
) -> Iterator[Branch]:
    """A value for each field, now and then one that has just come."""
    for name in names:
        domain = world.domain(name)
        values = domain.values(domain.valid) if domain else []
        if domain and values:
            yield {name: domain.bit(dice.choice(values))}
            if domain.field.has_history and dice.random() < 0.4:
                yield {name + PAIR: domain.going & ~domain.same}
    if TAGS in names:
        there = frozenset(tag for tag in tags if dice.random() < 0.5)
        yield {TAGS: Marks(must=there, never=frozenset(tags) - there)}
