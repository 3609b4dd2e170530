"""A case began, and what was said on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from core.i18n import N_, _
from desk.catalog import catalog
from desk.events.event import CaseEvent


@dataclass(frozen=True, kw_only=True)
class TicketCreated(CaseEvent):
    kind = "ticket_created"
    label = N_("Ticket created")
    visible_to_client = True

    def sentence(self) -> str:
        channel = self.changes.get("channel", (None, ""))[1]
        return _("Created, channel: %(channel)s", channel=catalog().name_of("channel", channel))


@dataclass(frozen=True, kw_only=True)
class DialogCreated(CaseEvent):
    kind = "dialog_created"
    label = N_("Dialog created")
    visible_to_client = True


BEGINNINGS = (TicketCreated, DialogCreated)


@dataclass(frozen=True, kw_only=True)
class ClientReplied(CaseEvent):
    kind = "client_replied"
    label = N_("Client replied")
    visible_to_client = True


class Recorded(Protocol):
    """What the log keeps of an event, as far as it is asked here."""

    @property
    def kind(self) -> str: ...
    @property
    def actor_id(self) -> int: ...
    @property
    def changes(self) -> Mapping[str, Any]: ...


def is_of_client(record: Recorded) -> bool:
    """Words from outside, whoever's address they bear: a stranger may give a colleague's."""
    if record.kind == ClientReplied.kind:
        return True
    asks = record.kind in {beginning.kind for beginning in BEGINNINGS}
    return asks and bool(record.changes.get("requester", (0, 0))[1] == record.actor_id)


@dataclass(frozen=True, kw_only=True)
class AgentReplied(CaseEvent):
    kind = "agent_replied"
    label = N_("Agent replied")
    visible_to_client = True


@dataclass(frozen=True, kw_only=True)
class SenderConfirmed(CaseEvent):
    """No rule listens to it: nothing was said or changed."""

    kind = "sender_confirmed"

    def sentence(self) -> str:
        return _("The sender is confirmed: the client opened the request")


@dataclass(frozen=True, kw_only=True)
class NoteAdded(CaseEvent):
    kind = "note_added"
    label = N_("Internal note added")
