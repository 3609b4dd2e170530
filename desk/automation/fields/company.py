"""The company that the client belongs to, by name."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Text
from models import Client


class Company(Field):
    key = "company"
    label = N_("Client's company")
    section = "client"
    position = 140
    type = Text()

    def of(self, subject: Subject) -> str:
        requester = subject.case.requester
        company = requester.company if isinstance(requester, Client) else None
        return company.name if company else ""
