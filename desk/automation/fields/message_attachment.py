"""Whether a file came with the message."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import YesNo, yes_or_no


class MessageAttachments(Field):
    key = "message_attachment"
    label = N_("Message has an attachment")
    section = "message"
    position = 124
    type = YesNo()

    def of(self, subject: Subject) -> str:
        return yes_or_no(subject.message is not None and bool(subject.message.attachments))
