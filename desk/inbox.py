"""The one door for everything that any channel received."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from core import clock
from core.db import db
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


def accept(
    arrival: Arrival, *, sender: Participant | None = None, case: Case | None = None
) -> Case:
    """A new ticket, or an answer on `case`. Taking the same arrival again changes nothing."""
    known = _known(arrival)
    if known is not None and known.case_id is not None:
        return db.session.get_one(Case, known.case_id)
    row = _stored(arrival)
    failpoint("inbox.stored")
    author = sender or people.client_for(
        arrival.email, name=arrival.name, locale=arrival.new.locale
    )
    if case is None:
        case = tickets.open_ticket(arrival.new, requester=author, uploads=arrival.uploads)
    else:
        tickets.client_reply(
            case, arrival.new.text, by=author, channel=arrival.channel, uploads=arrival.uploads
        )
    db.session.flush()
    row.state, row.case_id = InboundState.ACCEPTED, case.id
    failpoint("inbox.accepted")
    return case


def _known(arrival: Arrival) -> Inbound | None:
    query = select(Inbound).where(
        Inbound.channel == arrival.channel,
        Inbound.mailbox == arrival.mailbox,
        Inbound.outside_id == arrival.outside_id,
    )
    return db.session.scalars(query).one_or_none()


def _stored(arrival: Arrival) -> Inbound:
    row = Inbound(
        channel=arrival.channel,
        mailbox=arrival.mailbox,
        outside_id=arrival.outside_id,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row
