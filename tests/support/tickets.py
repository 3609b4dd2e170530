"""Tickets for tests, made by the same verbs as in life."""

from typing import Any

from core import bus
from desk import tickets
from desk.tickets import NewTicket
from models import Participant, Ticket

TROUBLE = "Терминал не печатает чек"


def opened(requester: Participant, subject: str = TROUBLE, text: str = "", **more: Any) -> Ticket:
    """A ticket that the requester wrote."""
    with bus.unit_of_work():
        new = NewTicket(subject=subject, text=text or f"{subject}. Помогите!", **more)
        return tickets.open_ticket(new, requester=requester)
