"""The index of cases made anew, some at a time: the desk goes on working meanwhile."""

from collections import defaultdict
from collections.abc import Callable, Collection

from sqlalchemy import delete, func, select

from core import bus
from core.db import db
from desk.search.analysis import terms
from desk.search.backend import full_text
from desk.search.cases import held_by, put_cases, stems_of
from models import Attachment, Case, ContactPoint, Message, Participant
from models.search import CaseIndex

SOME = 200  # cases of one unit of work: others wait for it no longer than for a large mail

_FIRST_ADDRESS = (
    select(ContactPoint.participant_id, func.min(ContactPoint.id).label("id"))
    .group_by(ContactPoint.participant_id)
    .subquery()
)


def reindex_cases(tell: Callable[[int], object] = lambda _number: None) -> int:
    """From subjects, requesters, messages and names of files.

    `tell` hears how many are done, as they are done.
    """
    with bus.unit_of_work():
        db.session.execute(delete(CaseIndex).where(CaseIndex.case_id.not_in(select(Case.id))))
        full_text().rebuild_cases()
    last = number = 0
    while True:
        with bus.unit_of_work():
            done = _some(last)
        if not done:
            return number
        last, number = done[-1], number + len(done)
        tell(number)


def _some(last: int) -> list[int]:
    """The next cases, indexed; their numbers."""
    following = select(Case.id).where(Case.id > last).order_by(Case.id).limit(SOME)
    numbers = list(db.session.scalars(following))
    put_cases(held_by(numbers), _said(numbers))
    return numbers


def _said(numbers: Collection[int]) -> dict[int, str]:
    """What each of the cases is found by."""
    found: dict[int, list[str]] = defaultdict(list)
    begun = (
        select(Case.id, Case.subject, Participant.name, ContactPoint.value)
        .join(Case.requester)
        .outerjoin(_FIRST_ADDRESS, _FIRST_ADDRESS.c.participant_id == Participant.id)
        .outerjoin(ContactPoint, ContactPoint.id == _FIRST_ADDRESS.c.id)
        .where(Case.id.in_(numbers))
    )
    for case in db.session.execute(begun):
        found[case.id] += terms(f"{case.subject}\n{case.name}\n{case.value or ''}")
    messages = select(Message.case_id, Message.text).where(Message.case_id.in_(numbers))
    files = select(Message.case_id, Attachment.name).join(Attachment.message)
    for query in (messages, files.where(Message.case_id.in_(numbers))):
        for case_id, text in db.session.execute(query.order_by(Message.id)):
            found[case_id] += terms(text)
    return {number: stems_of(stems) for number, stems in found.items()}
