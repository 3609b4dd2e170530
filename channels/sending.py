"""What a way out can answer beside "sent"."""

from dataclasses import dataclass
from typing import Any, Protocol


class TryLater(Exception):
    """Not now (4xx, no connection): the item is kept and tried again with growing pauses."""


class Refused(Exception):
    """Never (5xx, a bad address): the item is marked as failed and shown to people."""


@dataclass(frozen=True)
class Item:
    """A copy of an outbox row, free of the database: nothing is held while the wire is slow."""

    id: int
    recipient: str
    message_id: str
    payload: dict[str, Any]
    sender: str
    sender_name: str
    thread: str


class Sender(Protocol):
    """A connection for a batch of items."""

    def send(self, item: Item) -> str:
        """Hand over; the receipt. Raises TryLater or Refused."""
        ...

    def close(self) -> None: ...
