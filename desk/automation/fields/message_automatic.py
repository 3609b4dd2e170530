"""Whether a machine wrote it: out of office, a bounce."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import YesNo, yes_or_no


class MessageAutomatic(Field):
    key = "message_automatic"
    label = N_("Message is automatic")
    section = "message"
    position = 125
    type = YesNo()

    def of(self, subject: Subject) -> str:
        return yes_or_no(subject.occurrence.is_automatic)
