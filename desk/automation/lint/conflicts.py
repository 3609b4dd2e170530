"""Two rules that set a field differently on one ticket at one event: then their order decides."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from core.i18n import _
from desk.automation.fields import field_named
from desk.automation.lint.chain import Story, first_pass
from desk.automation.lint.finding import (
    CONFLICT,
    PARTLY,
    Finding,
    action_row,
    event_told,
    row,
    ticket_told,
)
from desk.automation.lint.marks import Marks
from desk.automation.lint.reaching import Whole, around
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State
from desk.automation.lint.witnesses import met, witnesses
from desk.automation.lint.world import Constraint
from desk.automation.ruleset import CompiledSet

TRIED = 6  # tickets that a pair is tried on
DETOURS = 8  # sorts of tickets that a rule which stops lets pass
PAIRS, MEETING = 12_000, 160  # pairs that are looked at in all, and of those that meet


def pairs(rules: Sequence[Ruled], only: Ruled | None = None) -> Iterator[tuple[Ruled, Ruled, str]]:
    """Each two, in their order, that write a field differently and may hear of one event."""
    writers: dict[str, list[Ruled]] = defaultdict(list)
    for rule in rules:
        for name in rule.writes.fields:
            writers[name].append(rule)
    seen = set()
    for name in sorted(writers, key=lambda each: (_goes_along(writers[each], each), each)):
        for one, other in combinations(writers[name], 2):
            if only not in (None, one, other) or (one.id, other.id) in seen:
                continue
            if _differ(one, other, name):
                seen.add((one.id, other.id))
                yield one, other, name


def _goes_along(rules: Sequence[Ruled], name: str) -> bool:
    """Whether it may change with something else, as the assignee does with the group."""
    return any(name in rule.writes.maybe for rule in rules)


def _differ(one: Ruled, other: Ruled, name: str) -> bool:
    if one.heard.isdisjoint(other.heard):
        return False
    mine, its = one.writes, other.writes
    if name == "tags":
        return bool(mine.put & its.gone or mine.gone & its.put)
    return name in mine.maybe or name in its.maybe or mine.sets[name] != its.sets[name]


def meet(one: Ruled, other: Ruled) -> bool:
    """Whether a ticket can be one for both, and the second comes to its turn."""
    return not one.stops and next(met([one, other]), None) is not None


@dataclass(frozen=True)
class Clash:
    """A ticket, and the field that two rules set differently on it. `shown`: they do, with all
    others in force; else the rule that stops before, or False."""

    state: State
    name: str
    shown: Ruled | bool = True


def conflict(one: Ruled, other: Ruled, name: str, whole: Whole) -> Clash | None:
    """On a ticket that comes to both, if there is one; None when there is no conflict."""
    found = None
    asked, passed = list(_beside(one, other, name)), set[Ruled]()
    while asked:
        also = asked.pop(0)
        for clash in _clashes(one, other, name, also, whole):
            if clash.shown is True:
                return clash
            found = found or clash
            if isinstance(clash.shown, Ruled) and clash.shown not in passed:
                passed.add(clash.shown)
                asked += islice(around(clash.shown, also), DETOURS)
    return found


def _clashes(
    one: Ruled, other: Ruled, name: str, also: Mapping[str, Constraint], whole: Whole
) -> Iterator[Clash]:
    orders = (
        CompiledSet((one.compiled, other.compiled)),
        CompiledSet((other.compiled, one.compiled)),
    )
    shared = one.writes.fields & other.writes.fields
    both_write = sorted(shared, key=lambda each: (each != name, each))
    for state in islice(witnesses([one, other], also), TRIED):
        first, second = (first_pass(each, state) for each in orders)
        for field in both_write:
            if _at_odds(one, other, first, second, field):
                yield Clash(state, field, whole.shows(one, other, state, field))
                break


def _at_odds(one: Ruled, other: Ruled, first: Story, second: Story, name: str) -> bool:
    """The upper one sets the field, and the lower one sets it anew, or would in another order.

    Who asks for the field it sets has thought of those above: it is at odds with one only when it
    acts after it, and the order decides what is left. "Group is empty" is not, nor is "priority is
    less than urgent". Tags stand beside each other: of these only the order tells.
    """
    if name not in first.changed_by(one.id):
        return False
    anew = name in first.changed_by(other.id)
    differs = bool(first.facts[name] != second.facts[name])
    if name == "tags":
        return differs or (anew and bool(other.definition.get("stop")))
    return (anew and differs) if name in other.fields else (anew or differs)


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


def told_of_more() -> Finding:
    """That there may be conflicts which nobody has looked for."""
    said = _("Many triggers set the same fields; not every conflict among them was looked for.")
    return Finding(PARTLY, "then", said)


def told(rule: Ruled, other: Ruled, clash: Clash) -> Finding:
    """As the first of the two is told of it; the last one to set the field wins."""
    state, name = clash.state, clash.name
    first, last = sorted((rule, other), key=lambda each: each.place)
    story = first_pass(CompiledSet((first.compiled, last.compiled)), state)
    winner = last if story.ran(last.id) else first
    field = field_named(name)
    said = _(
        "It and “%(name)s” both set %(field)s; what is left is set by “%(winner)s”.",
        name=other.source.name,
        field=field.name.lower() if field else name,
        winner=winner.source.name,
    )
    fields = [*rule.fields, *other.fields, name]
    there = row(other, action_row(other, name))
    where = action_row(rule, name)
    also = _taken_away() if name == "assignee" and _goes_along((rule, other), name) else ""
    said = " ".join(filter(None, (said, also, _not_reached(clash.shown))))
    return Finding(CONFLICT, where, said, (there,), event_told(state), ticket_told(state, fields))


def _taken_away() -> str:
    return _("A change of group or line takes the assignee away who does not belong there.")


def _not_reached(shown: Ruled | bool) -> str:
    if isinstance(shown, Ruled):
        return _(
            "At present it does not come to that: “%(name)s” stops before.", name=shown.source.name
        )
    return "" if shown else _("At present other triggers change such a ticket before.")
