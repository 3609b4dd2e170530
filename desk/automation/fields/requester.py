"""Who asks, as mail programs write it: name and address."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Text


class Requester(Field):
    key = "requester_name"
    label = N_("Client's name or e-mail")
    section = "client"
    position = 150
    type = Text()

    def of(self, subject: Subject) -> str:
        requester = subject.case.requester
        return f"{requester.name} <{requester.email}>" if requester.email else requester.name
