"""A ticket on its way through rules that set each other off, told as far as it is known.

What a rule asks of a field that none before it wrote is asked of the ticket at the start (`asked`);
what was written since is known by its value (`known`), or not at all (UNKNOWN).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desk.automation.lint.branches import both
from desk.automation.lint.marks import Marks
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.texts import exactly
from desk.automation.lint.world import CHANGED, PAIR, SAME, Branch, Constraint, World
from desk.automation.templates import MARK

UNKNOWN = object()
START = object()  # the value that the ticket began with


@dataclass(frozen=True)
class Path:
    """`last` = what the rule before changed, {field: (before, after)}; `kinds` = what it told."""

    world: World
    asked: Branch
    known: Mapping[str, Any] = field(default_factory=dict)
    put: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    last: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()

    def through(self, rule: Ruled) -> Iterator["Path"]:
        """After the rule has heard of what the one before it did, held, and acted."""
        for asked in self.met(rule):
            yield self.written(rule, asked)

    def met(self, rule: Ruled) -> Iterator[Branch]:
        """What the ticket at the start must be for the rule to hear of the last one, and hold."""
        if rule.heard.isdisjoint(self.kinds):
            return
        for branch in rule.holding or ():
            asked = self._meeting(branch)
            if asked is not None:
                yield asked

    def written(self, rule: Ruled, asked: Branch) -> "Path":
        """What it sets is taken to be a change wherever the ticket may have been different."""
        writes, known, last = rule.writes, dict(self.known), {}
        for name, value in writes.sets.items():
            before = known.get(name, START)
            if before is START:
                domain = self.world.domain(name)
                mask = domain.valid & ~domain.bit(value) if domain else 0
                other = both(asked, {name: mask}) if mask else asked
                asked, before = (other, START) if other is not None else (asked, value)
            if before is UNKNOWN or before != value:
                last[name] = before, value
            known[name] = value
        for name in writes.maybe:
            last[name] = known.get(name, START), UNKNOWN
            known[name] = UNKNOWN
        asked, moved = self._tagged(writes.put - self.put, writes.gone - self.gone, asked)
        if moved:
            last["tags"] = START, UNKNOWN
        put, gone = (self.put | writes.put) - writes.gone, (self.gone | writes.gone) - writes.put
        kinds = rule.told(last)
        known["counter"] = None
        if writes.said and not MARK.search("".join(writes.said)):
            known["text"] = writes.said[-1]
        elif writes.said or "text" in known:  # what is said on the ticket is asked, not the note
            known["text"] = UNKNOWN
        return Path(self.world, asked, known, put, gone, last, kinds)

    def acts_again(self, rule: Ruled) -> bool:
        """Whether the rule has something to do, if it holds."""
        writes, known = rule.writes, self.known
        changes = any(known.get(name, START) != value for name, value in writes.sets.items())
        tags = not (writes.put <= self.put and writes.gone <= self.gone)
        return writes.leaves or bool(writes.maybe) or changes or tags

    def _tagged(
        self, put: frozenset[str], gone: frozenset[str], asked: Branch
    ) -> tuple[Branch, bool]:
        """The ticket had not what is put in, or had what is taken out, if that can be."""
        moved = bool(put & self.gone or gone & self.put)
        wanted = Marks(must=gone - self.put, never=put - self.gone)
        if wanted.must or wanted.never:
            other = both(asked, {"tags": wanted})
            return (other, True) if other is not None else (asked, moved)
        return asked, moved

    def _meeting(self, branch: Branch) -> Branch | None:
        """What the ticket at the start must be besides, for the branch to hold now."""
        asked: Branch | None = dict(self.asked)
        for key, constraint in branch.items():
            name = key.removesuffix(PAIR)
            more = self._paired(name, constraint) if key != name else self._now(name, constraint)
            if asked is None or more is None:
                return None
            asked = both(asked, more)
        return asked

    def _now(self, name: str, constraint: Constraint) -> Branch | None:
        if name == "tags" and isinstance(constraint, Marks):
            left = constraint.after(self.put, self.gone)
            return None if left is None else {name: left}
        value = self.known.get(name, START)
        if value is START:
            return {name: constraint}
        domain = self.world.domain(name)
        if isinstance(constraint, Marks) and isinstance(value, str):
            return {} if constraint & exactly(value) else None
        if value is UNKNOWN or domain is None or isinstance(constraint, Marks):
            return {}
        return {} if constraint & domain.bit(value) else None

    def _paired(self, name: str, constraint: Constraint) -> Branch | None:
        """A condition on before and after: of what the last rule did, and of nothing else."""
        domain = self.world.domain(name)
        if isinstance(constraint, Marks):
            return {}
        if domain is None:
            return {} if constraint & (CHANGED if name in self.last else SAME) else None
        before, after = self.last.get(name, (self.known.get(name, START),) * 2)
        mask = constraint & (domain.going & ~domain.same if name in self.last else domain.same)
        if after is not START and after is not UNKNOWN:
            mask &= domain.columns(domain.bit(after))
        if before is not START and before is not UNKNOWN:
            mask &= domain.rows(domain.bit(before))
        if not mask:
            return None
        if before is not START:
            return {}
        size = domain.size
        firsts = sum(1 << at for at in range(size) if mask & domain.rows(1 << at)) & domain.valid
        return {name: firsts} if firsts else None
