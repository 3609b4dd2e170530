"""The words of a case, as rows: who said them, and what the case repeats of them for lists."""

from collections.abc import Iterable

from core import clock, numbers
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
    """A public message on a case that is there: words, files, or both."""
    kept = list(uploads)
    text = checked_text(text, has_files=bool(kept))
    message = _message(case, text, by, MessageKind.PUBLIC, inbound, channel)
    files.attach(message, kept)
    know_ids()  # before the case is touched: its row is written once, with the event
    _repeat(case, message)
    return message


def say(
    case: Case,
    text: str,
    *,
    by: Participant,
    kind: MessageKind,
    inbound: bool,
    uploads: Iterable[Upload] = (),
) -> Message:
    message = _message(case, text, by, kind, inbound, case.channel)
    files.attach(message, uploads)
    if message.is_public:
        _repeat(case, message)
    return message


def know_ids() -> None:
    """So that events can name messages: those without an id are written for it."""
    if not numbers.are_known_ahead(Message):
        db.session.flush()


def _message(
    case: Case, text: str, by: Participant, kind: MessageKind, inbound: bool, channel: str
) -> Message:
    message = Message(
        id=numbers.next_of(Message),
        case=case,
        author=by,
        kind=kind,
        inbound=inbound,
        channel=channel,
        text=text,
        at=clock.now(),
        attachments=[],
    )
    db.session.add(message)
    return message


def _repeat(case: Case, message: Message) -> None:
    case.preview = " ".join(message.words.split())[:PREVIEW]
    if message.inbound:
        case.last_client_at = message.at
    else:
        case.last_agent_at = message.at
