"""A case began, and what was said on it."""

from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True)
class AgentReplied(CaseEvent):
    kind = "agent_replied"
    label = N_("Agent replied")
    visible_to_client = True


@dataclass(frozen=True, kw_only=True)
class NoteAdded(CaseEvent):
    kind = "note_added"
    label = N_("Internal note added")
