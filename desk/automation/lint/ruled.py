"""A rule as it is looked at here: what it asks for, what it writes, and where to find it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from core.i18n import again
from desk import errors
from desk.automation.definition import Node, conditions_in, problems_in, root_of
from desk.automation.lint.branches import TooMany, branches, kinds_heard, possible
from desk.automation.lint.world import Branch, World
from desk.automation.lint.writes import Writes, kind_of_change, writes_of
from desk.automation.ruleset import CompiledRule, compiled_rule
from desk.automation.subjects import subjects_of, told_as

DRAFT = 0  # the id of what has not been saved


@dataclass(frozen=True)
class Source:
    """A rule as it is stored. `acts` = it does what it says, it does not only watch.

    What is found out about it is kept with it, as long as the catalogue stays the same.
    """

    id: int
    name: str
    definition: Node
    acts: bool = True

    @cached_property
    def is_sound(self) -> bool:
        return not problems_in(self.definition)

    @cached_property
    def failure(self) -> str:
        """Why it can't be looked at although it is sound."""
        try:
            writes_of(self.definition)
        except Exception as error:  # an action is at fault: the other rules are looked at
            return again(errors.kept(error))
        return ""

    @cached_property
    def writes(self) -> Writes:
        return writes_of(self.definition)

    @cached_property
    def compiled(self) -> CompiledRule:
        return compiled_rule(dict(self.definition), self.id, 0)


@dataclass(eq=False)
class Ruled:
    """`world` is that of all rules that are looked at together."""

    source: Source
    place: int
    world: World = field(repr=False)

    @property
    def id(self) -> int:
        return self.source.id

    @property
    def definition(self) -> Node:
        return self.source.definition

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.definition["on"])

    @cached_property
    def heard(self) -> frozenset[str]:
        """All kinds that set it off, one by one."""
        return kinds_heard(self.kinds)

    @cached_property
    def subjects(self) -> set[str]:
        return subjects_of(self.kinds)

    @property
    def stops(self) -> bool:
        """Whether no rule after it is asked whenever its conditions hold."""
        return bool(self.definition.get("stop") and self.is_tireless and self.source.acts)

    @property
    def is_tireless(self) -> bool:
        return bool(self.definition.get("run", "every") == "every")

    @cached_property
    def fields(self) -> frozenset[str]:
        """Those that its conditions look at."""
        return frozenset(node["field"] for _path, node in conditions_in(root_of(self.definition)))

    @property
    def writes(self) -> Writes:
        return self.source.writes

    def told(self, fields: Iterable[str]) -> frozenset[str]:
        """The kinds of events that rules hear when it has changed these fields."""
        kinds = {*map(kind_of_change, fields), *self.writes.tells}
        return frozenset(
            name for kind in kinds for subject in self.subjects for name in told_as(kind, subject)
        )

    @property
    def compiled(self) -> CompiledRule:
        return self.source.compiled

    @cached_property
    def holding(self) -> list[Branch] | None:
        """The ways in which its conditions hold; None when they are too many."""
        return self._ways(holds=True)

    @cached_property
    def failing(self) -> list[Branch] | None:
        return self._ways(holds=False)

    @cached_property
    def can_hold(self) -> bool:
        return self.holding is None or possible(self.holding, self.kinds, self.world)

    def _ways(self, *, holds: bool) -> list[Branch] | None:
        try:
            return branches(root_of(self.definition), self.world, holds=holds)
        except TooMany:
            return None


def looked_at(sources: Iterable[Source]) -> list[Ruled]:
    """Those that are sound, in their order, in one world."""
    given = [each for each in sources if each.is_sound and not each.failure]
    world = World((root_of(each.definition) for each in given), (each.writes for each in given))
    return [Ruled(source, place, world) for place, source in enumerate(given, 1)]
