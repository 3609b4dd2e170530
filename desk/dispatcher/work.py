"""What is to be given to somebody: a ticket or a dialog, and what it asks of who takes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

FAR = datetime.max.replace(tzinfo=UTC)  # due, where nothing is


class Channel(StrEnum):
    """What an agent has a limit for."""

    TICKET = "ticket"
    DIALOG = "dialog"


@dataclass(frozen=True)
class Demand:
    """All that filters may look at: works that ask for the same are fit for the same agents.

    `needs` = {skill: level}; `language` "" and `direction` None ask for nothing; `categories` are
    those of the client; `slots` = what the type weighs under a limit; `passed_over` = who had it
    and did not answer. ValueError when it is less than one slot.
    """

    group: int
    channel: Channel = Channel.TICKET
    direction: int | None = None
    language: str = ""
    needs: Mapping[int, int] = field(default_factory=dict)
    categories: frozenset[int] = frozenset()
    slots: int = 1
    passed_over: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.slots < 1:
            raise ValueError(f"a work of {self.slots} slots")

    @cached_property
    def demand(self) -> tuple[object, ...]:
        """Equal for works that ask for the same."""
        needs = tuple(sorted(self.needs.items()))
        asked = (self.group, self.channel, self.direction, self.language, needs)
        return (*asked, self.categories, self.slots, self.passed_over)


@dataclass(frozen=True, kw_only=True)
class Work(Demand):
    """`priority`: higher is more urgent. `sticky` = who is asked for first, where they are fit.

    `queued_at` = since when it waits in this group, where that is later than it arrived; `been` =
    the groups that it waited in before.
    """

    case_id: int
    arrived_at: datetime
    priority: int = 2
    due_at: datetime | None = None
    sticky: int | None = None
    queued_at: datetime | None = None
    been: tuple[int, ...] = ()

    @cached_property
    def order(self) -> tuple[int, datetime, datetime, int]:
        """Who waits before whom: by priority, then due time, then age; no two are equal."""
        return -self.priority, self.due_at or FAR, self.arrived_at, self.case_id

    @property
    def since(self) -> datetime:
        """When it began to wait in this group."""
        return self.queued_at or self.arrived_at
