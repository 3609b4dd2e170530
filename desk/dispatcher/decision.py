"""Who gets a work and why: what is kept of a choice."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from desk.dispatcher.mode import Rank
from desk.dispatcher.reason import Reason


class Candidate(NamedTuple):
    """Who could take it, with the slots of the channel then, and what ranked them in the mode."""

    agent_id: int
    used: int
    slots: int
    rank: Rank


class Excluded(NamedTuple):
    """Who could not, with the slots of the channel then. The first reason is the one to show."""

    agent_id: int
    used: int
    slots: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Decision:
    """`candidates` in their order, the first is chosen; `excluded` by id.

    `sticky` = who was asked for first, fit or not.
    """

    case_id: int
    group: int
    mode: str
    at: datetime
    sticky: int | None = None
    candidates: tuple[Candidate, ...] = ()
    excluded: tuple[Excluded, ...] = ()

    @property
    def chosen(self) -> int | None:
        """None: it waits."""
        return self.candidates[0].agent_id if self.candidates else None

    @property
    def is_sticky(self) -> bool:
        """Whether it went to who was asked for, before the mode had its say."""
        return self.sticky is not None and self.chosen == self.sticky
