"""Whether the message that came is seen by the client."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Words
from models import MessageKind

NAMES = {
    MessageKind.PUBLIC.value: N_("Answer that the client sees"),
    MessageKind.NOTE.value: N_("Internal note"),
    MessageKind.FORWARD.value: N_("Talk with an outsider"),
}


class KindOfMessage(Field):
    key = "message_kind"
    label = N_("Kind of message")
    section = "message"
    position = 123
    type = Words("message_kind", NAMES)

    def of(self, subject: Subject) -> str | None:
        return subject.message.kind if subject.message else None
