"""What stands behind the @ of who asks: one company writes from one domain."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Text


class ClientDomain(Field):
    key = "client_domain"
    label = N_("Domain of the client's e-mail")
    section = "client"
    position = 152
    type = Text()

    def of(self, subject: Subject) -> str:
        return (subject.case.requester.email or "").rpartition("@")[2].lower()
