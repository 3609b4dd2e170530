"""Cases are indexed at the end of the unit of work that says something on them."""

from collections import defaultdict
from collections.abc import Sequence

from core import bus
from core.db import db
from desk import events
from desk.search.cases import index_cases
from models import Message, Participant


@bus.at_end(stage=50)
def index_what_was_said(happened: Sequence[events.Event]) -> None:
    said: dict[int, list[str]] = defaultdict(list)
    begun = {event.case_id for event in happened if isinstance(event, events.BEGINNINGS)}
    for event in happened:
        if isinstance(event, events.CaseEvent) and event.case_id is not None:
            said[event.case_id] += _texts(event)
    index_cases({case: "\n".join(texts) for case, texts in said.items() if texts}, new=begun)


def _texts(event: events.CaseEvent) -> list[str]:
    """What the event added to read: a new subject, a message with the names of its files (still in
    the session: no query), and who asks, by name and address, when a case begins."""
    subject = event.changes.get("subject", (None, None))[1]
    number = event.data.get("message")
    message = db.session.get(Message, number) if number is not None else None
    texts = [subject]
    if message is not None:
        texts += [message.text, *(file.name for file in message.attachments)]
    requester = event.changes.get("requester", (None, None))[1]
    if requester is not None:
        person = db.session.get_one(Participant, requester)
        texts += [person.name, *(point.value for point in person.contact_points)]
    return [text for text in texts if text]
