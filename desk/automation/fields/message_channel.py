"""The way the message that came took; a ticket may be answered by another than it was opened."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import CHANNELS


class MessageChannel(Field):
    key = "message_channel"
    label = N_("Channel of the message")
    section = "message"
    position = 122
    type = CHANNELS

    def of(self, subject: Subject) -> str | None:
        return subject.message.channel if subject.message else None
