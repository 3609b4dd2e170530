"""How many tickets and dialogs the client has ever had, this one included."""

from sqlalchemy import func, select

from core.db import db
from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Count
from models import Case


class ClientTickets(Field):
    key = "client_tickets"
    label = N_("All tickets of the client")
    section = "client"
    position = 171
    type = Count()

    def of(self, subject: Subject) -> int:
        query = select(func.count()).where(Case.requester_id == subject.case.requester_id)
        return db.session.scalar(query) or 0
