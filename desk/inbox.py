"""The one door for everything that any channel received."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import bindparam, inspect, select, update

from core import clock
from core.db import db, put_if_absent, table
from core.failpoints import failpoint
from desk import people, tickets
from desk.files import Upload
from desk.tickets import NewTicket
from models import Case, Inbound, InboundState, Participant


@dataclass(frozen=True)
class Arrival:
    """One received message; the same `outside_id` (the sender's own id) is the same message."""

    channel: str
    outside_id: str
    new: NewTicket
    mailbox: str = ""
    email: str = ""
    name: str = ""
    uploads: Sequence[Upload] = field(default_factory=tuple)
    is_proven: bool = True  # that whoever sends it has to do with the address


def accept(
    arrival: Arrival, *, sender: Participant | None = None, case: Case | None = None
) -> Case:
    """A new ticket, or an answer on `case`. Taking the same arrival again changes nothing."""
    if not _stored(arrival):
        known = db.session.scalar(_CASE, _key(arrival))
        if known is not None:
            return db.session.get_one(Case, known)
    failpoint("inbox.stored")
    author = sender or people.client_for(
        arrival.email, name=arrival.name, locale=arrival.new.locale
    )
    if case is None:
        was_known = inspect(author).persistent
        new = replace(arrival.new, is_unconfirmed=was_known and not arrival.is_proven)
        case = tickets.open_ticket(new, requester=author, uploads=arrival.uploads)
    else:
        tickets.client_reply(
            case, arrival.new.text, by=author, channel=arrival.channel, uploads=arrival.uploads
        )
    db.session.execute(_ACCEPT, _key(arrival) | {"case": case.id})
    failpoint("inbox.accepted")
    return case


def _stored(arrival: Arrival) -> bool:
    """False when the same has arrived before; the second of two at once waits for the first."""
    return put_if_absent(
        Inbound,
        channel=arrival.channel,
        mailbox=arrival.mailbox,
        outside_id=arrival.outside_id,
        at=clock.now(),
    )


def _key(arrival: Arrival) -> dict[str, str]:
    return {
        "from_channel": arrival.channel,
        "in_mailbox": arrival.mailbox,
        "by_id": arrival.outside_id,
    }


_ROWS = table(Inbound)
_SAME = (
    _ROWS.c.channel == bindparam("from_channel"),
    _ROWS.c.mailbox == bindparam("in_mailbox"),
    _ROWS.c.outside_id == bindparam("by_id"),
)
_CASE = select(_ROWS.c.case_id).where(*_SAME)
_END = {"state": InboundState.ACCEPTED, "case_id": bindparam("case")}
_ACCEPT = update(_ROWS).where(*_SAME).values(_END)
