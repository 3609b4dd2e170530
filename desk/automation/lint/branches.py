"""A tree of conditions as branches, one of which must hold whole; and whether any of them can."""

from collections.abc import Callable, Iterable

from desk import events
from desk.automation.definition import Node, group_kind
from desk.automation.lint.given import given
from desk.automation.lint.world import CHANGED, PAIR, SAME, Branch, Domain, World
from desk.automation.lint.writes import kind_of_change
from desk.automation.subjects import CREATED, DIALOG_LABELS, NOT_AN_UPDATE, OF_DIALOGS, UPDATED

MOST = 96  # branches of one tree; beyond that nothing is said of it


UPDATES = frozenset(
    kind
    for kind, cls in events.KINDS.items()
    if cls.label and kind not in NOT_AN_UPDATE and issubclass(cls, events.CaseEvent)
)


# What an event has just set going: no hours have passed since.
JUST_NOW = {
    "ticket_created": ("hours_since_created", "hours_since_status"),
    "client_replied": ("hours_since_client",),
    "agent_replied": ("hours_since_agent",),
    "status_changed": ("hours_since_status",),
    "assignee_changed": ("hours_since_assignee",),
}


class TooMany(Exception):  # noqa: N818 - says what is the matter
    """The tree has more branches than are worth looking at."""


def branches(node: Node, world: World, *, holds: bool = True) -> list[Branch]:
    """All ways in which the tree holds, or in which it does not. Empty: there is none. TooMany."""
    kind = group_kind(node)
    if not kind:
        return world.leaf(node, holds=holds)
    children = node[kind]
    if kind == "any" and not children:
        return [{}] if holds else []
    inner = [branches(each, world, holds=holds == (kind != "none")) for each in children]
    return _all_of(inner) if holds == (kind != "any") else _one_of(inner)


def _all_of(groups: Iterable[list[Branch]]) -> list[Branch]:
    found: list[Branch] = [{}]
    for ways in groups:
        pairs = (both(one, other) for one in found for other in ways)
        found = [each for each in pairs if each is not None]
        if len(found) > MOST:
            raise TooMany
    return found


def _one_of(groups: Iterable[list[Branch]]) -> list[Branch]:
    """Values of one field by itself are put together, for `a or b` of a field is one constraint."""
    alone: dict[str, int] = {}
    found: list[Branch] = []
    for branch in (each for ways in groups for each in ways):
        ((key, constraint),) = branch.items() if len(branch) == 1 else (("", 0),)
        if key and isinstance(constraint, int):
            alone[key] = alone.get(key, 0) | constraint
        else:
            found.append(branch)
    found += [{key: constraint} for key, constraint in alone.items()]
    if len(found) > MOST:
        raise TooMany
    return found


def both(one: Branch, other: Branch) -> Branch | None:
    """None where they shut each other out."""
    if not one or not other:
        return one or other
    if len(one) < len(other):
        one, other = other, one
    joined = dict(one)
    for key, constraint in other.items():
        known = joined.get(key)
        if known is not None:
            constraint = known & constraint  # type: ignore[operator]  # a key has one kind
            if not constraint:
                return None
        joined[key] = constraint
    return joined


def starts_of(kinds: Iterable[str]) -> list[str]:
    """Kinds of events that a rule is tried with; any change or message is tried as a message."""
    order = ["ticket_created", "client_replied", "agent_replied", "note_added"]
    given = set(kinds)
    named = given - {UPDATED} | ({"client_replied", "note_added"} if UPDATED in given else set())
    return sorted(named, key=lambda kind: (order.index(kind) if kind in order else 9, kind))


def fitted(
    branch: Branch, kind: str, world: World, loose: Callable[[str], bool] = lambda name: False
) -> Branch | None:
    """The branch at an event of this kind, where before, after and now agree; None if it can't be.

    `loose` tells the fields that rules before may change, so that "now" is not "after".
    """
    found = dict(branch)
    if kind != "counter_fired" and "counter" in found:
        domain = world.domain("counter")
        found["counter"] &= domain.bit(None) if domain else 0  # type: ignore[operator]
    for name in JUST_NOW.get(kind, ()):
        if name in found:
            found[name] &= 1  # type: ignore[operator]  # the lowest of its points
    for name, values in given(kind).items():
        domain = world.domain(name) if name in found else None
        if domain:
            found[name] &= sum(map(domain.bit, values))  # type: ignore[operator]
    its = changed_by(kind)
    if its and its + PAIR not in found:
        found[its + PAIR] = _anything(world.domain(its))
    for key in [each for each in found if each[-1:] == PAIR]:
        name, mask = key[:-1], found[key]
        domain = world.domain(name)
        if not isinstance(mask, int):
            return None
        found[key] = mask & _pairs(domain, kind in CREATED, changes=name == its)
        now = found.get(name)
        if domain and isinstance(now, int) and not loose(name):
            found[key] &= domain.columns(now)  # type: ignore[operator]
    return found if all(found.values()) else None


def _anything(domain: Domain | None) -> int:
    return domain.begun | domain.going if domain else CHANGED | SAME


def _pairs(domain: Domain | None, begins: bool, changes: bool) -> int:
    if domain is None:
        return CHANGED if begins or changes else CHANGED | SAME
    if begins:
        return domain.begun
    return domain.going & ~domain.same if changes else domain.going


def kinds_heard(kinds: Iterable[str]) -> frozenset[str]:
    """Kinds with "any change or message" written out."""
    given = frozenset(kinds)
    return given | UPDATES if UPDATED in given else given


def changed_by(kind: str) -> str:
    """The field whose change an event of this kind is; empty where it is none, or not which."""
    return next((name for name in events.FIELD_EVENTS if tells(kind, name)), "")


def tells(kind: str, name: str) -> bool:
    """Whether an event of this kind says that this field has changed."""
    change = kind_of_change(name)
    return kind == change or (kind in DIALOG_LABELS and OF_DIALOGS.get(change) == kind)


def possible(
    found: Iterable[Branch],
    kinds: Iterable[str],
    world: World,
    loose: Callable[[str], bool] = lambda name: False,
) -> bool:
    """Whether any branch can hold at any of these events."""
    starts = starts_of(kinds)
    return any(fitted(each, kind, world, loose) is not None for each in found for kind in starts)
