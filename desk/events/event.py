"""What the log keeps, typed: the base of every event, and the way from a row to its event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from core.i18n import _
from models import EventRecord

KINDS: dict[str, type["Event"]] = {}

Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, kw_only=True)
class Event:
    """What the log keeps, typed. `chain` = ids of the rules whose actions led here, in order.

    `cause` = the event of the same unit that a rule or counter reacted to with this one.
    """

    record: EventRecord
    chain: tuple[int, ...] = ()
    cause: "Event | None" = None

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""  # as the trigger editor names it; empty = can't be listened to
    visible_to_client: ClassVar[bool] = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.kind:
            KINDS[cls.kind] = cls

    @property
    def id(self) -> int:
        return self.record.id

    @property
    def at(self) -> datetime:
        return self.record.at

    @property
    def case_id(self) -> int | None:
        return self.record.case_id

    @property
    def actor_id(self) -> int:
        return self.record.actor_id

    @property
    def data(self) -> Mapping[str, Any]:
        return self.record.data

    @property
    def depth(self) -> int:
        return self.record.depth

    @property
    def is_automatic(self) -> bool:
        """A machine wrote what led here (out of office, a bounce): it must not be answered."""
        if self.data.get("automatic"):
            return True
        return self.cause is not None and self.cause.is_automatic

    @property
    def changes(self) -> Changes:
        return {name: (pair[0], pair[1]) for name, pair in self.record.changes.items()}

    def sentence(self) -> str:
        """One line for people, without the actor, in the reader's language."""
        return _(self.label)


def of(record: EventRecord) -> Event:
    """The typed event of a stored row; a kind of another version is still shown."""
    return KINDS.get(record.kind, Event)(record=record)


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    """Something that happened to a ticket or dialog."""
