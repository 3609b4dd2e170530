"""What can be done to a dialog beyond what desk.tickets does to every case."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from core import clock
from core.db import db
from desk import events, history, tickets
from desk.catalog import catalog
from desk.messages import say
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
    dialog = _blank_dialog(new, subject, requester)
    message = say(dialog, text, by=requester, kind=MessageKind.PUBLIC, inbound=True)
    db.session.add(dialog)
    db.session.flush()
    changes = {name: [None, value] for name, value in history.snapshot(dialog).items()}
    data = {"message": message.id}
    history.record(events.DialogCreated, dialog, by=requester, changes=changes, data=data)
    return dialog


def _blank_dialog(new: NewDialog, subject: str, requester: Participant) -> Dialog:
    at = clock.now()
    status = catalog().first_status(StatusCategory.NEW)
    return Dialog(
        subject=subject,
        channel=new.channel,
        locale=new.locale or requester.locale,
        direction_id=new.direction_id,
        requester=requester,
        status_id=status.id,
        category=status.category,
        is_open=True,
        line=1,
        fields={},
        version=0,
        link_nonce=secrets.token_hex(8),
        created_at=at,
        updated_at=at,
        status_since=at,
        tags=[],
    )


def close(dialog: Case, *, by: Participant | None = None) -> bool:
    if dialog.is_solved:
        return False
    status = catalog().first_status(StatusCategory.CLOSED)
    return tickets.change_status(dialog, status.id, by=by)


def turn_into_ticket(dialog: Case) -> Ticket:
    """The ticket that goes on where the dialog ends; the same one when it is there already."""
    found = _ticket_of(dialog)
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


def _ticket_of(dialog: Case) -> Ticket | None:
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
    said = [f"{message.author.name}: {message.text}" for message in db.session.scalars(query)]
    return "\n\n".join(said)[-MAX_TEXT:]
