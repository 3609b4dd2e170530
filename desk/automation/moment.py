"""What happened to one case at one time, as rules see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desk.automation.facts import Facts
from desk.automation.subjects import CREATED, NOT_AN_UPDATE, TICKET, UPDATED, kinds_of
from desk.events import Event

__all__ = ["CREATED", "NOT_AN_UPDATE", "UPDATED", "Changes", "Moment", "Occurrence"]

Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Occurrence:
    """The events of one case in one batch, with their changes merged per field.

    `set_by_person`: fields that a person changed in this unit of work. `subject`: what the case is.
    `acted`: rules that have acted on the case in this unit of work, each of which does so once.
    """

    events: tuple[Event, ...] = ()
    kinds: frozenset[str] = frozenset()
    changes: Changes = field(default_factory=dict)
    set_by_person: frozenset[str] = frozenset()
    subject: str = TICKET
    acted: frozenset[int] = frozenset()

    @property
    def event_id(self) -> int:
        """The event that decisions about this occurrence are filed under; 0 when there is none."""
        return self.events[0].id if self.events else 0

    @property
    def message_id(self) -> int | None:
        """The last message among the events."""
        ids = [event.data["message"] for event in self.events if "message" in event.data]
        return ids[-1] if ids else None

    @property
    def is_creation(self) -> bool:
        return not self.kinds.isdisjoint(CREATED)

    @property
    def is_automatic(self) -> bool:
        """True when what came in was written by a machine (out of office, a bounce)."""
        return any(event.is_automatic for event in self.events)


@dataclass(slots=True)
class Moment:
    """Facts as they are when a rule's turn comes, and what led to its turn."""

    facts: Facts
    changes: Changes
    now: datetime
    first: dict[str, Any] = field(default_factory=dict)

    def before(self, name: str) -> Any:
        """The value before all this, whether it changed or not."""
        if name in self.changes:
            return self.changes[name][0]
        return self.first[name] if name in self.first else self.facts[name]

    def copy(self) -> "Moment":
        """The same moment, to be kept as it is."""
        return Moment(self.facts.copy(), self.changes, self.now, dict(self.first))

    def take_over(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """What a rule did is what the next one sees. Gives the facts as they were before."""
        before = {name: self.facts[name] for name in changes}
        if "status" in changes:
            before["status_since"] = self.facts["status_since"]
            self.facts["status_since"] = self.now
        if "assignee" in changes:
            if "assignee_since" in self.facts:  # else nobody has asked, and it costs a statement
                before["assignee_since"] = self.facts["assignee_since"]
            self.facts["assignee_since"] = self.now
        for name, value in before.items():
            if name in changes:
                self.first.setdefault(name, value)
        self.facts.update(changes)
        return before


def merged(changes: list[Changes]) -> dict[str, tuple[Any, Any]]:
    """First old and last new per field; what ends as it began is no change."""
    net: dict[str, tuple[Any, Any]] = {}
    for each in changes:
        for name, (before, after) in each.items():
            net[name] = (net[name][0] if name in net else before, after)
    return {name: pair for name, pair in net.items() if pair[0] != pair[1]}


def occurrence_of(
    happened: list[Event],
    set_by_person: frozenset[str] = frozenset(),
    subject: str = TICKET,
    acted: Iterable[int] = (),
) -> Occurrence:
    """One occurrence out of the events of one case, oldest first."""
    net = merged([event.changes for event in happened])
    alive = tuple(event for event in happened if _still_says_something(event, net))
    kinds = frozenset(kind for event in alive for kind in kinds_of(event, subject))
    return Occurrence(alive, kinds, net, set_by_person, subject, frozenset(acted))


def _still_says_something(event: Event, net: Changes) -> bool:
    """A change that was taken back within the same batch has not happened."""
    if event.data.get("message") or event.kind in NOT_AN_UPDATE:
        return True
    return not event.changes or any(name in net for name in event.changes)
