"""What conditions look at when they are asked about an image of a case."""

from collections.abc import Callable
from typing import Any, cast

from desk.automation.facts import Facts
from desk.automation.field import Subject, live_facts
from desk.automation.fields import field_named
from desk.automation.fields.text import LIMIT
from desk.automation.moment import Occurrence
from desk.automation.replay.image import Image
from desk.history import COLUMNS
from models import Case, Message, MessageKind, ParticipantKind

MESSAGES = 100  # of a case that its text is made of, as in fields/text.py


class Note:
    """A note that a rule would have written."""

    kind = MessageKind.NOTE
    inbound = False
    attachments = ()

    def __init__(self, image: Image, text: str) -> None:
        self.text = text
        self.channel = image.channel
        self.author = _RULE


class _Author:
    kind = ParticipantKind.RULE


_RULE = _Author()


class PastSubject(Subject):
    """An image instead of the row."""

    @property
    def message(self) -> Message | None:
        number = self.occurrence.message_id
        if number is None:
            return None
        image = cast(Image, self.case)
        if number < 0:
            return cast(Message, Note(image, image.notes[number]()))
        return image.today.message(number)


def facts_of(image: Image, occurrence: Occurrence) -> Facts:
    subject = PastSubject(cast(Case, image), occurrence)

    def source(name: str) -> Any:
        if name in _VALUES:
            return image.value(name)
        own = _OWN.get(name)
        if own is not None:
            return own(image, subject)
        field = field_named(name)
        if field is not None:
            return field.of(subject)
        rest = live_facts(subject.case, occurrence, field_named).source
        return rest(name) if rest else None

    return Facts(source=source)


def _text(image: Image, subject: Subject) -> str:
    """As fields/text.py puts it together, of what had been said by then."""
    message = subject.message
    if message is not None:
        said = [image.subject] if subject.occurrence.is_creation else []
        return "\n".join([*said, message.text])[:LIMIT]
    return image.words(MESSAGES)[:LIMIT]


_VALUES = frozenset(COLUMNS) - {"requester"}  # fields that are their column, and nothing else

_OWN: dict[str, Callable[[Image, Subject], Any]] = {
    "text": _text,
    "kind": lambda image, subject: image.kind,
    "last_runs": lambda image, subject: image.last_runs,
    "created_at": lambda image, subject: image.created_at,
    "status_since": lambda image, subject: image.status_since,
    "last_client_at": lambda image, subject: image.last_client_at,
    "last_agent_at": lambda image, subject: image.last_agent_at,
    "assignee_since": lambda image, subject: image.assignee_since,
}
