"""Who wrote a request of the form: shown when it is opened from a letter, or signed in."""

from datetime import datetime

from sqlalchemy import select

from core import bus
from core.db import db
from desk import events, history
from models import Case, EventRecord


def confirm(number: int) -> None:
    """The requester has opened it where only the requester can."""
    with bus.unit_of_work():
        case = db.session.get_one(Case, number, with_for_update={"of": Case})
        if case.is_unconfirmed:
            case.is_unconfirmed = False
            history.record(events.SenderConfirmed, case, by=case.requester)


def confirmed_at(case: Case) -> datetime | None:
    """When somebody's word became the requester's; None as long as it is not."""
    query = select(EventRecord.at).where(
        EventRecord.case_id == case.id, EventRecord.kind == events.SenderConfirmed.kind
    )
    return db.session.scalar(query.order_by(EventRecord.id).limit(1))
