"""Rules that set each other off in a circle: found by values, shown by the engine itself."""

from collections.abc import Iterator, Sequence
from itertools import islice

from core.i18n import _, ngettext
from desk.automation.lint.branches import both
from desk.automation.lint.chain import Story, set_of, story
from desk.automation.lint.circles import Followers, knots, loose_knots
from desk.automation.lint.finding import (
    LOOP,
    PARTLY,
    Finding,
    action_row,
    actions_told,
    event_told,
    row,
    ticket_told,
)
from desk.automation.lint.path import Path
from desk.automation.lint.roaming import MOST_RULES, roaming
from desk.automation.lint.ruled import Ruled
from desk.automation.lint.starting import Circle, begun, tickets
from desk.automation.lint.states import State
from desk.automation.lint.world import PAIR, Branch
from desk.automation.pieces import quoted
from desk.automation.planning import MAX_DEPTH
from desk.automation.ruleset import CompiledSet

STEPS = 12_000  # of looking for circles, in all
ASKED = 16_000  # rules that are asked about tickets on the way, at each link of a chain, in all
ROAMED = 600  # tickets by chance, in all
ROAMED_RULES = 9_000  # rules that are asked about these
NAMED = 8  # of those that may set each other off
TRIED = 100  # tickets that a circle is tried on, for each rule that it may begin with


class Enough(Exception):
    """So dense a set is not looked at to its end."""


class Search:
    """All circles among rules, the short ones first; none that has a found one inside it.

    `about` = a rule that has to be in them. All that may be led to one another with it are looked
    at for it too: what is told of it is what is told of it among all.
    `unfinished`: knots in which there may be more, for the search was ended.
    """

    def __init__(self, rules: Sequence[Ruled], about: Ruled | None = None) -> None:
        self.all, self.about = rules, about
        self.rules = [rule for rule in rules if rule.is_tireless]
        self.steps, self.asked = STEPS, ASKED
        self.found: list[tuple[Circle, State, Story]] = []
        self.settled: list[set[Ruled]] = []  # circles that are told, or led to one that is
        self.unfinished: list[Sequence[Ruled]] = []

    def run(self) -> list[tuple[Circle, State, Story]]:
        """The small knots first."""
        loose = list(loose_knots(self.rules))
        near = [knot for knot in loose if self._is_asked_for(knot)]
        for knot, followers in sorted(self._knots(near), key=lambda one: len(one[0])):
            try:
                self._in(knot, followers)
            except Enough:
                self.unfinished.append(knot)
        roamed = [knot for knot in loose if len(knot) <= MOST_RULES]
        for knot in roamed:
            if knot in near:
                self._roam(knot, len(roamed))
        self.unfinished = list(filter(self._is_asked_for, self.unfinished))
        return [each for each in self.found if self._is_asked_for(each[0])]

    def _knots(self, loose: Sequence[list[Ruled]]) -> Iterator[tuple[list[Ruled], Followers]]:
        """All, where tickets by chance are tried too; else those that matter for the one."""
        for rules in loose:
            if self.about is None or len(rules) <= MOST_RULES:
                yield from knots(rules, rules)
            else:
                led = knots(rules, [self.about])
                yield from (each for each in led if self.about in each[0])

    def _is_asked_for(self, rules: Sequence[Ruled]) -> bool:
        return self.about is None or self.about in rules

    def _in(self, knot: Sequence[Ruled], followers: dict[Ruled, list[Ruled]]) -> None:
        for length in range(1, min(len(knot), MAX_DEPTH) + 1):
            for first in knot:
                self._from(first, length, followers)
        if not self._is_known(knot):
            self._try(knot)

    def _ask(self, rules: CompiledSet, state: State) -> Story:
        if self.asked < 0:
            raise Enough
        told = story(rules, state)
        self.asked -= len(rules.rules) * told.links
        return told

    def _roam(self, knot: Sequence[Ruled], knots_: int) -> None:
        """What is left: tickets by chance, where each may set off each; one of so many knots."""
        rules = set_of([*knot, *self._bystanders(tuple(knot))])
        count = min(ROAMED // knots_, ROAMED_RULES // knots_ // len(rules.rules))
        for state in roaming(knot, count):
            told = story(rules, state)
            if told.loop:
                self._keep(state, told, [*knot, *self._bystanders(tuple(knot))])

    def _keep(self, state: State, told: Story, present: Sequence[Ruled]) -> None:
        """Those that come round, with the others without which they would not; unless a smaller one
        is told."""
        needed, loop = [rule for rule in present if told.ran(rule.id)], set(told.loop)
        for rule in [each for each in needed if each.id not in loop]:
            fewer = [each for each in needed if each is not rule]
            again = story(set_of(fewer), state)
            if set(again.loop) == loop:
                needed, told = fewer, again
        if not all(rule.is_tireless for rule in needed):
            return
        if any(set(known) <= set(needed) for known, _state, _story in self.found):
            return
        order = [run.rule.id for run in told.runs]
        circle = tuple(sorted(needed, key=lambda rule: order.index(rule.id)))
        self.found = [each for each in self.found if not set(circle) < set(each[0])]
        self.found.append((circle, state, told))
        self.settled.append(set(circle))

    def _from(self, first: Ruled, length: int, followers: dict[Ruled, list[Ruled]]) -> None:
        for branch in first.holding or ():
            path = Path(first.world, branch).written(first, branch)
            self._walk((first,), path, length, followers)

    def _walk(
        self,
        circle: Circle,
        path: Path,
        length: int,
        followers: dict[Ruled, list[Ruled]],
    ) -> None:
        first = circle[0]
        if self._is_known(circle):
            return
        for rule in followers[circle[-1]]:
            closes = rule is first and len(circle) == length and path.acts_again(first)
            if closes and any(True for _each in path.met(first)):
                self._prove(circle)
            if len(circle) >= length or rule in circle:
                continue
            for after in path.through(rule):
                self.steps -= 1
                if self.steps < 0:
                    raise Enough
                self._walk((*circle, rule), after, length, followers)

    def _is_known(self, rules: Sequence[Ruled]) -> bool:
        return any(known <= set(rules) for known in self.settled)

    def _prove(self, circle: Circle) -> None:
        """Ask the engine, on tickets that should go round, beginning with any of the rules. Others
        may come round there instead: these are told too."""
        if self._is_known(circle):
            return
        present = [*circle, *self._bystanders(circle)]
        rules, ids = set_of(present), {rule.id for rule in circle}
        for at in range(len(circle)):
            turned = circle[at:] + circle[:at]
            for state in islice(tickets(turned), TRIED):
                told = self._ask(rules, state)
                if not ids.isdisjoint(told.loop):
                    self._keep(state, told, present)
                    self.settled.append(set(circle))
                if ids.issuperset(told.loop) and told.loop:
                    return

    def _try(self, knot: Sequence[Ruled]) -> None:
        """Where no circle is seen, what several rules do at one event may still close one."""
        rules = set_of([*knot, *self._bystanders(tuple(knot))])
        for first in knot:
            for state in islice(begun(first.holding or (), (first, *knot)), TRIED):
                told = self._ask(rules, state)
                if told.loop and len({run.rule.id for run in told.runs}) > 1:
                    self._keep(state, told, [*knot, *self._bystanders(tuple(knot))])
                    return

    def _bystanders(self, circle: Circle) -> list[Ruled]:
        """Those that may act on the same tickets in between, and so break the circle."""
        heard = {kind for rule in circle for kind in rule.heard}
        written = {name for rule in circle for name in rule.writes.fields}
        touched = written.union(*(rule.fields for rule in circle))
        return [
            rule
            for rule in self.all
            if rule not in circle
            and not rule.heard.isdisjoint(heard)
            and (rule.stops or not rule.writes.fields.isdisjoint(touched))
            and _share_tickets(rule, circle, written)
        ]


def _share_tickets(rule: Ruled, circle: Circle, written: set[str]) -> bool:
    """Whether a ticket can be one for both, whatever the fields are that the circle writes."""
    theirs = [_lasting(each, written) for one in circle for each in one.holding or ()]
    mine = [_lasting(each, written) for each in rule.holding or ({},)]
    return any(both(one, other) is not None for one in mine for other in theirs)


def _lasting(branch: Branch, written: set[str]) -> Branch:
    return {
        key: constraint
        for key, constraint in branch.items()
        if key[-1:] != PAIR and key not in written
    }


def told(rule: Ruled, circle: Circle, state: State, story: Story) -> Finding:
    """As one of its rules is told of it, in the order in which they act on the ticket shown."""
    circle = _as_they_acted(circle, story)
    names = [quoted(each.source.name) for each in circle]
    others = tuple(row(each, _writing(each)) for each in circle if each is not rule)
    if len(circle) == 1:
        said = _("It sets itself off, again and again.")
    else:
        said = _("They set each other off, again and again: %(chain)s.", chain=" → ".join(names))
    steps = tuple(
        _("“%(name)s”: %(does)s", name=each.source.name, does=actions_told(each))
        for each in (*circle, circle[0])
    )
    fields = [name for each in circle for name in (*each.fields, *each.writes.fields)]
    ticket = ticket_told(state, fields)
    return Finding(LOOP, _writing(rule), said, others, event_told(state), ticket, steps)


def _as_they_acted(circle: Circle, story: Story) -> Circle:
    first = next((run.rule.id for run in story.runs if run.rule.id in _ids(circle)), None)
    at = _ids(circle).index(first) if first is not None else 0
    return circle[at:] + circle[:at]


def _ids(circle: Circle) -> list[int]:
    return [rule.id for rule in circle]


def told_of_more(rule: Ruled, knot: Sequence[Ruled]) -> Finding:
    """That there may be circles among these which nobody has looked for, as one is told of it."""
    said = ngettext(
        "%(num)s trigger may set itself off; not every loop was looked for.",
        "%(num)s triggers may set each other off; not every loop among them was looked for.",
        len(knot),
    )
    others = [row(each, _writing(each)) for each in knot if each is not rule]
    return Finding(PARTLY, "on", said, tuple(others[:NAMED]))


def _writing(rule: Ruled) -> str:
    fields = sorted(rule.writes.fields)
    return action_row(rule, fields[0]) if fields else "then.0"
