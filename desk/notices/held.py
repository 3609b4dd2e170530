"""Mails to colleagues that wait for the end of quiet hours, of a storm, or for a digest."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from core.db import db
from desk import access
from desk.catalog import catalog
from desk.notices.occasions import OCCASIONS
from models import Case, Staff, WaitingNotice

READ = 2_000  # notices that are looked at
NAMED = 5  # of one mail


class Held(NamedTuple):
    """One mail to come: `what` = the first of its news in words, with the ticket; `more` others."""

    recipient: str
    leaves: datetime
    what: list[tuple[str, int | None]]
    more: int


def held(who: Staff, recipient: str = "", case_id: int | None = None) -> list[Held]:
    """Those that leave first on top, about tickets that this person may see; to addresses that
    begin so, about this ticket."""
    query = select(WaitingNotice).order_by(WaitingNotice.due_at, WaitingNotice.id).limit(READ)
    if access.directions_of(who):
        cases = access.visible_cases(who).with_only_columns(Case.id)
        query = query.where(or_(WaitingNotice.case_id.is_(None), WaitingNotice.case_id.in_(cases)))
    if case_id is not None:
        query = query.where(WaitingNotice.case_id == case_id)
    staff = catalog().staff
    mails: dict[tuple[str, datetime], list[WaitingNotice]] = defaultdict(list)
    for row in db.session.scalars(query):
        person = staff.get(row.staff_id)
        address = (person.email if person else None) or ""
        if row.occasion in OCCASIONS and address.startswith(recipient.lower()):
            mails[address, row.due_at].append(row)
    return [
        Held(to, leaves, [_told(row) for row in rows[:NAMED]], max(len(rows) - NAMED, 0))
        for (to, leaves), rows in mails.items()
    ]


def _told(row: WaitingNotice) -> tuple[str, int | None]:
    return OCCASIONS[row.occasion].sentence(row.case_id, row.data), row.case_id
