"""What a kind of counter is: when its clock starts, when it stops, how it is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk import events
from models import Case

Happened = Sequence[events.CaseEvent]
Options = Mapping[str, Any]
# Of what happened in one unit of work, when all of it has happened.
Question = Callable[[Case, Happened, Options], bool]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`waits` = the sentence, with %(limit)s. Solving the case stops every kind.

    `starts_anew`: what starts it ends the run under way and starts another. `recurs`: what starts
    it comes to tickets that are open already, too. `is_measured`: each
    run is kept as met or missed. `needs_deed`: a run in time that solving ends, without what stops
    it, is neither. `is_one`: one clock a case for all counters of the kind, by the
    first whose conditions hold; otherwise each counter of the kind is a clock of its own.
    """

    key: str
    label: str
    explained: str
    waits: str
    starts: Question
    stops: Question
    starts_anew: bool = False
    recurs: bool = False
    is_measured: bool = True
    needs_deed: bool = False
    is_one: bool = True

    def ends(self, case: Case, happened: Happened, options: Options) -> bool:
        """Whether a run under way is over, be it only because another begins."""
        return self.stops(case, happened, options) or (
            self.starts_anew and self.starts(case, happened, options)
        )

    def begins(self, case: Case, happened: Happened, options: Options) -> bool:
        """Whether a run begins, as none is under way."""
        return self.starts(case, happened, options) and not self.stops(case, happened, options)


def never(case: Case, happened: Happened, options: Options) -> bool:
    return False
