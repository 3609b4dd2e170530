"""The words of a case, as rows: who said them, and what the case repeats of them for lists."""

from collections.abc import Iterable

from core import clock
from core.db import db
from desk import files
from desk.files import Upload
from desk.texts import checked_text
from models import Case, Message, MessageKind, Participant

PREVIEW = 160


def said(
    case: Case,
    text: str,
    *,
    by: Participant,
    channel: str,
    inbound: bool,
    uploads: Iterable[Upload],
) -> Message:
    text = checked_text(text)
    message = say(case, text, by=by, kind=MessageKind.PUBLIC, inbound=inbound, channel=channel)
    files.attach(message, uploads)
    db.session.flush()
    return message


def say(
    case: Case, text: str, *, by: Participant, kind: MessageKind, inbound: bool, channel: str = ""
) -> Message:
    at = clock.now()
    message = Message(
        case=case,
        author=by,
        kind=kind,
        inbound=inbound,
        channel=channel or case.channel,
        text=text,
        at=at,
        attachments=[],
    )
    db.session.add(message)
    if kind == MessageKind.PUBLIC:
        case.preview = " ".join(text.split())[:PREVIEW]
        if inbound:
            case.last_client_at = at
        else:
            case.last_agent_at = at
    return message
