"""How many characters the message that came has."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Count


class MessageLength(Field):
    key = "message_length"
    label = N_("Length of the message, characters")
    section = "message"
    position = 126
    type = Count()

    def of(self, subject: Subject) -> int | None:
        return len(subject.message.text.strip()) if subject.message else None
