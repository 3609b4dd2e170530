"""The message that led to this; outside the house the last public one, never a note."""

from sqlalchemy import select

from core.db import db
from core.i18n import N_
from desk.automation.placeholder import Placeholder, Scene
from models import Message


class MessageText(Placeholder):
    key = "message"
    label = N_("Text of the message")
    position = 100

    def value(self, scene: Scene) -> str:
        query = select(Message).where(Message.case_id == scene.case.id)
        number = scene.occurrence.message_id
        if number is None or scene.reader.is_outside:
            query = query.where(Message.kind == "public")
            if number and number > 0:  # what a replay only thinks of has none of the log
                query = query.where(Message.id <= number)
        else:
            query = query.where(Message.id == number)
        found = db.session.scalars(query.order_by(Message.id.desc()).limit(1)).first()
        return found.words if found else ""
