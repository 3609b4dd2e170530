"""Two rules that set a field differently on one ticket at one event: then their order decides."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from core.i18n import _
from desk.automation.fields import field_named
from desk.automation.lint.chain import Story, first_pass
from desk.automation.lint.finding import (
    CONFLICT,
    Finding,
    action_row,
    event_told,
    row,
    ticket_told,
)
from desk.automation.lint.marks import Marks
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State
from desk.automation.lint.witnesses import met, witnesses
from desk.automation.lint.world import Constraint
from desk.automation.ruleset import CompiledSet

TRIED = 6  # tickets that a pair is tried on


def pairs(rules: Sequence[Ruled], only: Ruled | None = None) -> Iterator[tuple[Ruled, Ruled, str]]:
    """Each two, in their order, that write a field differently and may hear of one event."""
    writers: dict[str, list[Ruled]] = defaultdict(list)
    for rule in rules:
        for name in rule.writes.fields:
            writers[name].append(rule)
    seen = set()
    for name, its in writers.items():
        for one, other in combinations(its, 2):
            if only not in (None, one, other) or (one.id, other.id) in seen:
                continue
            if _differ(one, other, name):
                seen.add((one.id, other.id))
                yield one, other, name


def _differ(one: Ruled, other: Ruled, name: str) -> bool:
    if one.heard.isdisjoint(other.heard):
        return False
    mine, its = one.writes, other.writes
    if name == "tags":
        return bool(mine.put & its.gone or mine.gone & its.put)
    return name in mine.maybe or name in its.maybe or mine.sets[name] != its.sets[name]


def conflict(one: Ruled, other: Ruled, name: str) -> tuple[State, str] | None:
    """A ticket, and the field that the order of the two decides on; None when there is none."""
    if one.stops or next(met([one, other]), None) is None:
        return None
    orders = (
        CompiledSet((one.compiled, other.compiled)),
        CompiledSet((other.compiled, one.compiled)),
    )
    for also in _beside(one, other, name):
        for state in islice(witnesses([one, other], also), TRIED):
            first, second = (first_pass(each, state) for each in orders)
            for field in sorted(one.writes.fields & other.writes.fields, key=lambda n: n != name):
                if _at_odds(one, other, first, second, field):
                    return state, field
    return None


def _at_odds(one: Ruled, other: Ruled, first: Story, second: Story, name: str) -> bool:
    """The upper one sets the field, and their order decides what is left of that in the end.

    A rule that goes on from what the upper one set is not at odds with it, nor is one that comes
    to the same in any order. One that stops has no order to compare with.
    """
    if name not in first.changed_by(one.id):
        return False
    undone = bool(other.definition.get("stop")) and name in first.changed_by(other.id)
    return undone or first.facts[name] != second.facts[name]


def _beside(one: Ruled, other: Ruled, name: str) -> Iterator[dict[str, Constraint]]:
    """First a ticket on which the field is neither what one sets nor what the other sets."""
    domain = one.world.domain(name)
    if domain and name in one.writes.sets and name in other.writes.sets:
        values = domain.bit(one.writes.sets[name]) | domain.bit(other.writes.sets[name])
        yield {name: domain.valid & ~values}
    put, gone = one.writes.put | other.writes.put, one.writes.gone | other.writes.gone
    if name == "tags":
        yield {name: Marks(must=gone - put, never=put)}
    yield {}


def told(rule: Ruled, other: Ruled, state: State, name: str) -> Finding:
    """As the first of the two is told of it; the last one to set the field wins."""
    first, last = sorted((rule, other), key=lambda each: each.place)
    story = first_pass(CompiledSet((first.compiled, last.compiled)), state)
    winner = last if story.ran(last.id) else first
    field = field_named(name)
    said = _(
        "At odds with “%(name)s”: both set %(field)s, and “%(winner)s” wins.",
        name=other.source.name,
        field=field.name.lower() if field else name,
        winner=winner.source.name,
    )
    fields = [*rule.fields, *other.fields, name]
    there = row(other, action_row(other, name))
    where = action_row(rule, name)
    return Finding(CONFLICT, where, said, (there,), event_told(state), ticket_told(state, fields))
