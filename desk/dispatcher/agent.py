"""An agent as the dispatcher sees them: what they can do, and how much they have in hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Self

from models import Presence


class SetBy(StrEnum):
    """Whose word a limit is: the nearest to the agent wins."""

    AGENT = "agent"
    GROUP = "group"
    GLOBAL = "global"


class Limit(NamedTuple):
    """How many slots of a channel an agent may have in use at once."""

    slots: int
    set_by: SetBy = SetBy.GLOBAL


class Shift(NamedTuple):
    """Whether an agent is at work, and when that changes; None: not that anybody knows."""

    is_on: bool
    until: datetime | None = None


class AbsenceKind(StrEnum):
    PLANNED = "planned"
    SICK = "sick"


class Absence(NamedTuple):
    """`until` = the first instant back at work, None while nobody knows."""

    kind: AbsenceKind
    until: datetime | None = None
    stand_in: int | None = None


ALWAYS = Shift(is_on=True)


@dataclass(frozen=True)
class Agent:
    """`directions`, `categories` (of clients): empty = all. `skills` = {skill: level}.

    `limits` and `load` are slots by channel; a channel without a limit is one they do not work.
    `idle_since` = since when they have had nothing in hand, None while they have something;
    `last_given` = number of the hand-out that gave them work last, 0 for none: the lower the longer
    ago. `weight` = their share of the work beside the others'.
    """

    id: int
    name: str
    groups: frozenset[int] = frozenset()
    line: int = 1
    is_active: bool = True
    presence: Presence = Presence.AVAILABLE
    shift: Shift | Callable[[datetime], Shift] = ALWAYS
    absence: Absence | None = None
    skills: Mapping[int, int] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    directions: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    load: Mapping[str, int] = field(default_factory=dict)
    idle_since: datetime | None = None
    given_today: int = 0
    last_given: int = 0
    weight: int = 1

    def at_this_instant(self, **known: Any) -> Self:
        """The same with these values; three times as quick as `replace`, and a decision asks it of
        everybody in the group."""
        copy = object.__new__(type(self))
        vars(copy).update(vars(self), **known)
        return copy

    @property
    def is_present_only_assigned(self) -> bool:
        """Works on what people give them, and gets nothing by routing."""
        return self.presence == Presence.ASSIGNED_ONLY

    @cached_property
    def alphabetical(self) -> tuple[str, int]:
        """Where the name stands in a list; ё as е."""
        return self.name.casefold().replace("ё", "е"), self.id

    def shift_at(self, at: datetime) -> Shift:
        return self.shift if isinstance(self.shift, Shift) else self.shift(at)

    def limit(self, channel: str) -> Limit:
        return self.limits.get(channel, NOTHING)

    def used(self, channel: str) -> int:
        """Slots in use."""
        return self.load.get(channel, 0)


NOTHING = Limit(0)
