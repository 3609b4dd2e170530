"""How many other tickets of the same client are open."""

from sqlalchemy import func, select

from core.db import db
from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Count
from models import Case


class ClientOpenTickets(Field):
    key = "client_open_tickets"
    label = N_("Other open tickets of the client")
    section = "client"
    position = 170
    type = Count()

    def of(self, subject: Subject) -> int:
        query = select(func.count()).where(
            Case.requester_id == subject.case.requester_id, Case.is_open, Case.id != subject.case.id
        )
        return db.session.scalar(query) or 0
