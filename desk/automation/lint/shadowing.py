"""Rules that are never asked: one above them that stops here takes all that they are for."""

from collections.abc import Iterator, Sequence

from core.i18n import _
from desk.automation.lint.branches import both, fitted, starts_of
from desk.automation.lint.finding import HIDES, SHADOWED, Finding, event_told, row, ticket_told
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.states import State
from desk.automation.lint.witnesses import witnesses
from desk.automation.lint.world import Branch


def shadowed(rule: Ruled, above: Sequence[Ruled]) -> Iterator[Finding]:
    """At most one: the first rule above that leaves nothing for this one."""
    if rule.holding is None or not rule.can_hold:
        return
    for at, other in enumerate(above):
        if other.stops and _takes_all(other, rule) and not _revived(rule, other, above[at + 1 :]):
            state = next(witnesses([rule, other]), None)
            if state is not None:
                yield _told(rule, other, state)
                return


def hidden(rule: Ruled, below: Sequence[Ruled]) -> Iterator[Finding]:
    """Those below that this one leaves nothing for."""
    for at, other in enumerate(below if rule.stops else ()):
        if not other.heard <= rule.heard or not other.can_hold:
            continue
        if _takes_all(rule, other) and not _revived(other, rule, below[:at]):
            state = next(witnesses([other, rule]), None)
            if state is not None:
                said = _(
                    "“%(name)s” below gets no ticket: this one takes them all and stops here.",
                    name=other.source.name,
                )
                ticket = ticket_told(state, [*rule.fields, *other.fields])
                yield Finding(HIDES, "stop", said, (row(other),), event_told(state), ticket)


def _told(rule: Ruled, above: Ruled, state: State) -> Finding:
    said = _("“%(name)s” above takes all of its tickets and stops here.", name=above.source.name)
    ticket = ticket_told(state, [*rule.fields, *above.fields])
    return Finding(SHADOWED, "if", said, (row(above),), event_told(state), ticket)


def _takes_all(above: Ruled, rule: Ruled) -> bool:
    """Each event and ticket of the rule is one of those above too."""
    if not rule.heard <= above.heard or above.failing is None or rule.holding is None:
        return False
    return not any(True for _each in _escapes(rule, above.failing))


def _escapes(rule: Ruled, failing: list[Branch]) -> Iterator[Branch]:
    """The ways in which the rule holds where the one above does not."""
    for mine in rule.holding or ():
        for its in failing:
            pair = both(mine, its)
            if pair is not None and _happens(rule, pair):
                yield pair


def _happens(rule: Ruled, branch: Branch) -> bool:
    """Before, after and now are not tied together: rules before both may have changed it."""
    starts = starts_of(rule.kinds)
    return any(fitted(branch, each, rule.world, lambda name: True) is not None for each in starts)


def _revived(rule: Ruled, above: Ruled, between: Sequence[Ruled]) -> bool:
    """Whether a rule between them may change a ticket that the upper one let pass."""
    looked_at = above.fields
    for each in between:
        touches = each.writes.fields & looked_at and not each.heard.isdisjoint(rule.heard)
        if touches and _brings(each, rule, above):
            return True
    return False


def _brings(writer: Ruled, rule: Ruled, above: Ruled) -> bool:
    """Whether the rule may hold after what the writer does where the one above did not hold."""
    if writer.holding is None:
        return True
    for mine in rule.holding or ():
        before = _before(mine, writer)
        if before is None:
            continue
        for its in writer.holding:
            met = both(before, its)
            for failing in above.failing or () if met is not None else ():
                pair = both(met or {}, failing)
                if pair is not None and _happens(writer, pair):
                    return True
    return False


def _before(branch: Branch, writer: Ruled) -> Branch | None:
    """What the branch asks of a ticket before the writer acts; None if it can't hold after it."""
    found = dict(branch)
    writes = writer.writes
    for name, value in writes.sets.items():
        mask = found.pop(name, None)
        domain = writer.world.domain(name)
        if isinstance(mask, int) and domain and not mask & domain.bit(value):
            return None
    for name in writes.maybe:
        found.pop(name, None)
    if "tags" in found and (writes.put or writes.gone):
        marks = found.pop("tags")
        left = None if isinstance(marks, int) else marks.after(writes.put, writes.gone)
        if left is None:
            return None
        found["tags"] = left
    return found
