"""What can be done to a dialog beyond what desk.tickets does to every case."""

from dataclasses import dataclass

from sqlalchemy import select

from core import clock
from core.db import db
from desk import beginning, events, tickets
from desk.catalog import catalog
from desk.texts import MAX_TEXT, checked_subject, checked_text
from desk.tickets import NewTicket
from models import (
    Case,
    CaseLink,
    Dialog,
    Message,
    MessageKind,
    Participant,
    StatusCategory,
    Ticket,
)

BECAME = "dialog"  # the kind of link from a ticket to the dialog that it was


@dataclass(frozen=True)
class NewDialog:
    """What a dialog begins with."""

    subject: str
    text: str
    channel: str = "chat"
    locale: str = ""
    direction_id: int | None = None


def open_dialog(new: NewDialog, *, requester: Participant) -> Dialog:
    """A new dialog with its first words. Invalid when the subject or text can't be taken."""
    subject, text = checked_subject(new.subject), checked_text(new.text)
    dialog = beginning.blank(Dialog, new, subject, requester)
    return beginning.begin(dialog, text, events.DialogCreated, by=requester, inbound=True)


def close(dialog: Case, *, by: Participant | None = None) -> bool:
    if dialog.is_solved:
        return False
    status = catalog().first_status(StatusCategory.CLOSED)
    return tickets.change_status(dialog, status.id, by=by)


def turn_into_ticket(dialog: Case) -> Ticket:
    """The ticket that goes on where the dialog ends; the same one when it is there already."""
    found = ticket_of(dialog)
    if found is not None:
        return found
    new = NewTicket(
        dialog.subject,
        _transcript(dialog),
        channel=dialog.channel,
        locale=dialog.locale,
        direction_id=dialog.direction_id,
        topic_id=dialog.topic_id,
    )
    ticket = tickets.open_ticket(new, requester=dialog.requester)
    link = CaseLink(case_id=ticket.id, other_id=dialog.id, kind=BECAME, created_at=clock.now())
    db.session.add(link)
    db.session.flush()
    return ticket


def ticket_of(dialog: Case) -> Ticket | None:
    """The one that it was turned into."""
    query = (
        select(Ticket)
        .join(CaseLink, CaseLink.case_id == Ticket.id)
        .where(CaseLink.other_id == dialog.id, CaseLink.kind == BECAME)
    )
    return db.session.scalars(query).first()


def _transcript(dialog: Case) -> str:
    """What was said, oldest first; of a very long talk the end."""
    query = (
        select(Message)
        .where(Message.case_id == dialog.id, Message.kind == MessageKind.PUBLIC)
        .order_by(Message.id)
    )
    said = [f"{message.author.name}: {message.words}" for message in db.session.scalars(query)]
    return "\n\n".join(said)[-MAX_TEXT:]
