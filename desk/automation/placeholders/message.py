"""The message that led to this; to a client only a public one."""

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
        if number is not None:
            query = query.where(Message.id == number)
        if number is None or scene.to_client:
            query = query.where(Message.kind == "public")
        found = db.session.scalars(query.order_by(Message.id.desc()).limit(1)).first()
        return found.text if found else ""
