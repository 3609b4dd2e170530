"""What colleagues are told, for tests."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core import bus
from core.db import db
from desk.notices import choices
from desk.notices.occasions import OCCASIONS
from models import Notice, OutboxItem, Staff, WaitingNotice


def told(person: Staff) -> list[tuple[str, int | None]]:
    """(occasion, ticket) of each notice in the app, oldest first."""
    db.session.expire_all()
    rows = db.session.query(Notice).filter_by(staff_id=person.id).order_by(Notice.id)
    return [(row.occasion, row.case_id) for row in rows]


def mailed(person: Staff) -> list[str]:
    """The subjects of the mails to a person, oldest first."""
    db.session.expire_all()
    rows = db.session.query(OutboxItem).filter_by(recipient=person.email).order_by(OutboxItem.id)
    return [row.payload["subject"] for row in rows]


def waiting(person: Staff) -> list[WaitingNotice]:
    db.session.expire_all()
    rows = db.session.query(WaitingNotice).filter_by(staff_id=person.id)
    return rows.order_by(WaitingNotice.id).all()


def chooses(person: Staff, channels: dict[str, Sequence[str]] | None = None, **more: Any) -> None:
    """The person's choice from now on: these occasions so, the others as before."""
    with bus.unit_of_work():
        row = db.session.get_one(Staff, person.id)
        now = choices.choice_of(row)
        wanted = {key: sorted(now.of(key)) for key in OCCASIONS} | (channels or {})
        new = replace(now, channels=wanted, **more)
        choices.choose(row, new, based_on=now.version)
