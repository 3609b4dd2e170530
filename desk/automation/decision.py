"""What the evaluator says of an occurrence: rules that ran, rules that did not, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from core.i18n import N_
from desk import events
from desk.automation.action import Receipts
from desk.automation.moment import Moment
from desk.automation.ruleset import CompiledRule
from desk.automation.scan import Failed

SET_BY_PERSON = N_("skipped: set by a person")
GONE = N_("skipped: it names something that has been removed")
LOOP = N_("stopped: loop")
TOO_DEEP = N_("stopped: too long a chain")

# Why a rule that listens had no effect, where it is not a condition that failed.
SO_ALREADY = "="
ONCE = "once"
ACTED = "acted"  # on what led here, before
STOPPED_BY = "stop:"  # and the id of the rule that said so

_NOTHING: Mapping[str, tuple[Any, Any]] = MappingProxyType({})


class Effect(NamedTuple):
    """One action of a rule: what it changes, {field: (before, after)}, or why it is left undone."""

    at: int
    stored: Mapping[str, Any]
    changes: Mapping[str, tuple[Any, Any]] = _NOTHING
    skipped: str = ""
    receipts: Receipts = ()

    @property
    def acts(self) -> bool:
        return not self.skipped


class Run(NamedTuple):
    """A rule whose conditions held and that had something to do. state as in models.RuleRun."""

    rule: CompiledRule
    effects: tuple[Effect, ...]
    state: str = "done"
    error: str = ""
    trigger: events.Event | None = None
    ms: float = 0.0
    chain: tuple[int, ...] = ()  # the rules that led to it, in order
    undoes: bool = False  # of a rule that was cut: it would have put back what was just changed

    @property
    def changes(self) -> dict[str, Any]:
        """The fields as they are after it."""
        done = [each for each in self.effects if each.acts]
        return {name: pair[1] for each in done for name, pair in each.changes.items()}


class Miss(NamedTuple):
    """A rule that listens and had no effect: the path of what failed first, and the value seen."""

    rule: CompiledRule
    path: str
    field: str = ""
    seen: Any = None


@dataclass
class Decision:
    """Rules that ran, and those that did not; what these saw is looked up when it is asked for."""

    moment: Moment
    runs: list[Run] = field(default_factory=list)
    noted: list[Failed | Miss] = field(default_factory=list)  # at the moment as it is now
    _earlier: list[tuple[list[Failed | Miss], Mapping[str, Any]]] = field(default_factory=list)

    def pages(self) -> Iterator[tuple[Moment, list[Failed | Miss]]]:
        """Newest first: those that did not run, with the moment as it was then, until the next."""
        moment = self.moment.copy()
        yield moment, self.noted
        for noted, before in reversed(self._earlier):
            moment.facts.update(before)
            yield moment, noted

    @property
    def misses(self) -> list[Miss]:
        """In the order of the rules."""
        pages = [[_miss(one, moment) for one in noted] for moment, noted in self.pages()]
        return [one for page in reversed(pages) for one in page]

    @property
    def is_empty(self) -> bool:
        return not (self.runs or self.noted or self._earlier)

    @property
    def acted(self) -> set[int]:
        """The rules that have had their turn, be it only to watch."""
        return {run.rule.id for run in self.runs if run.state in ("done", "shadow")}

    def take_over(self, changes: Mapping[str, Any]) -> None:
        """Later rules see the changes; what was noted keeps what was seen then."""
        self._earlier.append((self.noted, self.moment.take_over(changes)))
        self.noted = []


def _miss(one: Failed | Miss, moment: Moment) -> Miss:
    if isinstance(one, Miss):
        return one
    failed = one.condition
    return Miss(one.rule, failed.path, failed.field, failed.see(moment))
