"""Who wrote the message that came."""

from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Words
from models import ParticipantKind

NAMES = {
    ParticipantKind.CLIENT.value: N_("Client"),
    ParticipantKind.STAFF.value: N_("Agent"),
    ParticipantKind.OUTSIDER.value: N_("Outsider"),
    ParticipantKind.BOT.value: N_("Bot"),
    ParticipantKind.RULE.value: N_("Trigger"),
    ParticipantKind.COUNTER.value: N_("Counter"),
    ParticipantKind.API_KEY.value: N_("Program"),
}


class MessageAuthor(Field):
    key = "message_author"
    label = N_("Author of the message")
    section = "message"
    position = 121
    type = Words("message_author", NAMES)

    def of(self, subject: Subject) -> str | None:
        if subject.message is None:
            return None
        kind = ParticipantKind(subject.message.author.kind)
        asks = subject.message.inbound and kind == ParticipantKind.STAFF
        return str(ParticipantKind.CLIENT if asks else kind)
