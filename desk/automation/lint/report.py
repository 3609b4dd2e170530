"""All doubts about a set of rules, by rule; and about one that is still being written."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from core.i18n import _
from desk.automation.definition import Node, Problem
from desk.automation.lint import conflicts, mails, rounds, shadowing
from desk.automation.lint.finding import BROKEN, Finding, in_order
from desk.automation.lint.gone import gone, missing_tags
from desk.automation.lint.notes import kept_inside
from desk.automation.lint.own import own
from desk.automation.lint.reaching import Whole
from desk.automation.lint.ruled import DRAFT, Ruled, Source, looked_at
from desk.automation.lint.twice import twice

ENOUGH = 5  # conflicts of a rule that are looked for
Found = dict[int, list[Finding]]


def findings(sources: Sequence[Source], a_day: Mapping[int, float] | None = None) -> Found:
    """By rule id, the gravest first. `a_day` = mails a day of rules, where that is known."""
    report = _Report(looked_at(sources))
    for each in sources:
        report.found[each.id] += broken(each)
    for rule in report.rules:
        report.found[rule.id] += report.by_itself(rule, (a_day or {}).get(rule.id, 0))
        report.found[rule.id] += shadowing.shadowed(rule, report.above(rule))
        report.found[rule.id] += shadowing.hidden(rule, report.rules[rule.place :])
    report.circles(None)
    report.conflicts(None)
    return {number: in_order(its) for number, its in report.found.items() if its}


def findings_of_draft(
    definition: Node,
    others: Sequence[Source],
    *,
    name: str = "",
    place: int | None = None,
    a_day: float = 0,
) -> list[Finding]:
    """Of a definition as it stands in the editor; it counts as switched on. Empty while unsound.

    `others` are the other rules in their order, `place` how many of them stand above it.
    """
    mine, at = Source(DRAFT, name, definition), len(others) if place is None else place
    if not mine.is_sound or mine.failure:
        return list(broken(mine))
    report = _Report(looked_at([*others[:at], mine, *others[at:]]))
    draft = next(rule for rule in report.rules if rule.source is mine)
    found = report.found[DRAFT]
    found += report.by_itself(draft, a_day)
    found += shadowing.shadowed(draft, report.above(draft))
    found += shadowing.hidden(draft, report.rules[draft.place :])
    report.circles(draft)
    report.conflicts(draft)
    return in_order(found)


def broken(source: Source) -> Iterator[Finding]:
    """What is wrong with a sound one that raises when it is asked."""
    if source.is_sound and source.failure:
        yield Finding(BROKEN, "then", _("It can't be looked at: %(why)s", why=source.failure))


def warnings(definition: Node) -> list[Problem]:
    """Of a sound definition by itself, as rows of the editor show them."""
    report = _Report(looked_at([Source(DRAFT, "", definition)]))
    found = in_order(report.by_itself(report.rules[0], 0))
    return [Problem(each.where, each.message) for each in found]


@dataclass
class _Report:
    rules: list[Ruled]
    found: Found = field(default_factory=lambda: defaultdict(list))
    _together: set[frozenset[int]] = field(default_factory=set)  # those of one circle

    @cached_property
    def put(self) -> frozenset[str]:
        """The tags that rules put on tickets."""
        return frozenset(tag for rule in self.rules for tag in rule.writes.put)

    @cached_property
    def whole(self) -> Whole:
        return Whole(self.rules)

    def above(self, rule: Ruled) -> list[Ruled]:
        return self.rules[: rule.place - 1]

    def by_itself(self, rule: Ruled, a_day: float) -> Iterator[Finding]:
        missing = list(gone(rule.definition))
        yield from missing
        yield from missing_tags(rule.definition, self.put)
        if not any(each.where.startswith("if") for each in missing):
            yield from own(rule, self._rewritten(rule))
        yield from twice(rule)
        yield from mails.languages(rule)
        if rule.can_hold:
            yield from mails.automatic(rule)
        yield from kept_inside(rule.definition)
        yield from mails.expected(a_day)

    def _rewritten(self, rule: Ruled) -> frozenset[str]:
        writers = (each for each in self.above(rule) if not each.heard.isdisjoint(rule.heard))
        return frozenset(name for each in writers for name in each.writes.fields)

    def circles(self, only: Ruled | None) -> None:
        living = [rule for rule in self.rules if rule is only or rule.id not in self._dead]
        search = rounds.Search(living, only)
        for circle, state, story in search.run():
            self._together |= {frozenset((a.id, b.id)) for a in circle for b in circle}
            for rule in circle:
                self.found[rule.id].append(rounds.told(rule, circle, state, story))
        for knot in search.unfinished:
            for rule in knot:
                self.found[rule.id].append(rounds.told_of_more(rule, knot))

    @cached_property
    def _dead(self) -> set[int]:
        return {number for number, its in self.found.items() if any(e.is_dead for e in its)}

    def conflicts(self, only: Ruled | None) -> None:
        counted: Counter[int] = Counter()
        meeting = 0
        for at, (one, other, name) in enumerate(conflicts.pairs(self.rules, only)):
            if min(counted[one.id], counted[other.id]) >= ENOUGH:
                continue
            if frozenset((one.id, other.id)) in self._together or self._dead & {one.id, other.id}:
                continue
            if at >= conflicts.PAIRS or meeting >= conflicts.MEETING:
                self.found[(only or one).id].append(conflicts.told_of_more())
                return
            if not conflicts.meet(one, other):
                continue
            meeting += 1
            clash = conflicts.conflict(one, other, name, self.whole)
            if clash is not None:
                for mine, its in ((one, other), (other, one)):
                    counted[mine.id] += 1
                    # What only watches changes nothing for one that acts; it will, once it is on.
                    if its.source.acts or not mine.source.acts:
                        self.found[mine.id].append(conflicts.told(mine, its, clash))
