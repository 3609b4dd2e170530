"""The words of what happened."""

from sqlalchemy import select

from core.db import db
from core.i18n import N_
from desk.automation.field import Field, Subject
from desk.automation.types import Text
from models import Message

LIMIT = 100_000  # characters that rules look at, whatever people paste


class TextField(Field):
    """The message that came; on creation with the subject; else subject and all public messages."""

    key = "text"
    label = N_("Text")
    section = "message"
    position = 120
    type = Text()

    def of(self, subject: Subject) -> str:
        occurrence, case = subject.occurrence, subject.case
        if subject.message is not None:
            said = [case.subject] if occurrence.is_creation else []
            return "\n".join([*said, subject.message.text])[:LIMIT]
        query = (
            select(Message.text)
            .where(Message.case_id == case.id, Message.kind == "public")
            .order_by(Message.id)
            .limit(100)
        )
        return "\n".join([case.subject, *db.session.scalars(query)])[:LIMIT]
