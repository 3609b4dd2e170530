"""The mail that brings an answer of ours to the client."""

from core.db import db
from core.i18n import use_locale
from desk import events, mails, outbox
from desk.letters import drawing
from desk.letters.to_clients import ANSWERED
from models import Case, Message


def answer_client(case: Case, event: events.Event) -> None:
    address = case.requester.email
    if address is None:
        return
    message = db.session.get_one(Message, event.data["message"])
    with use_locale(case.requester.locale, case.requester.zone):
        given = ANSWERED.given(case, message.words, message.author)
        drawn = drawing.drawn(ANSWERED, given)
        text, html = mails.rendered(ANSWERED.letter(drawn, given))
        mail = outbox.Mail(
            recipient=address,
            subject=drawn.subject,
            text=text,
            html=html,
            template="answered",
            headers={"Auto-Submitted": "no"} if message.author.is_staff else {},  # RFC 3834
            to=case.requester,
            case=case,
            event_id=event.id,
        )
    outbox.put(mail, dedupe=f"{event.id}:answered:{address}")
