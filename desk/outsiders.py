"""Questions to outsiders, line 4: an expert at a vendor, a colleague without an account.

What is asked and answered is kept on the case; it is never shown or sent to clients.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from core.i18n import _
from desk import history, people
from desk.errors import Invalid, NotFound
from desk.events import OutsideQuestionRevoked, OutsiderAnswered, OutsiderAsked
from desk.messages import know_ids, say
from desk.texts import checked_text
from models import Case, Client, Message, MessageKind, OutsideQuestion, Participant


class Asked(NamedTuple):
    """A question with whom it went to; `address` as known today."""

    question: OutsideQuestion
    name: str
    address: str

    @property
    def is_open(self) -> bool:
        return self.question.answered_at is None and self.question.revoked_at is None


def ask(
    case: Case, outsider_email: str, name: str, text: str, *, by: Participant
) -> OutsideQuestion:
    """Keep a question to somebody with an address only. Invalid for who is of the house, and for
    the client's side of this very case."""
    words = checked_text(text)
    person = _outsider(case, outsider_email, name)
    message = _said(case, words, author=by, inbound=False)
    question = OutsideQuestion(
        case_id=case.id,
        outsider_id=person.id,
        asked_by_id=by.id,
        message_id=message.id,
        asked_at=message.at,
    )
    db.session.add(question)
    db.session.flush()
    told = {"question": question.id, "name": person.name, "message": message.id}
    history.record(OutsiderAsked, case, by=by, data=told)
    return question


def answered(question: OutsideQuestion, text: str, *, by: Participant | None = None) -> Message:
    """What the outsider said to it; `by` = the colleague who wrote it down, None = themselves.

    They may write more than once. Invalid for a question that was withdrawn.
    """
    if question.revoked_at is not None:
        raise Invalid(_("This question was withdrawn: its answer is not taken any more."), "text")
    case = db.session.get_one(Case, question.case_id)
    person = db.session.get_one(Participant, question.outsider_id)
    message = _said(case, checked_text(text), author=person, inbound=True)
    if question.answered_at is None:
        question.answer_id, question.answered_at = message.id, message.at
    told = {"question": question.id, "name": person.name, "message": message.id}
    history.record(OutsiderAnswered, case, by=by or person, data=told)
    return message


def revoke(question: OutsideQuestion, *, by: Participant) -> bool:
    """It needs no answer any more; nothing when that was said before. Invalid once answered."""
    if question.revoked_at is not None:
        return False
    if question.answered_at is not None:
        raise Invalid(_("It is answered already: there is nothing to withdraw."))
    question.revoked_at = clock.now()
    name = db.session.get_one(Participant, question.outsider_id).name
    case = db.session.get_one(Case, question.case_id)
    told = {"question": question.id, "name": name}
    history.record(OutsideQuestionRevoked, case, by=by, data=told)
    return True


def question_of(case: Case, number: int) -> OutsideQuestion:
    """NotFound, also for one of another case."""
    found = db.session.get(OutsideQuestion, number) if 0 < number < 2**31 else None
    if found is None or found.case_id != case.id:
        raise NotFound(_("There is no such question."))
    return found


def questions_of(case_id: int) -> Sequence[Asked]:
    """All of a case in their order."""
    query = (
        select(OutsideQuestion, Participant)
        .join(Participant, Participant.id == OutsideQuestion.outsider_id)
        .options(joinedload(Participant.contact_points))
        .where(OutsideQuestion.case_id == case_id)
        .order_by(OutsideQuestion.id)
    )
    rows = db.session.execute(query).unique()
    return [Asked(question, person.name, person.email or "") for question, person in rows]


def _outsider(case: Case, email: str, name: str) -> Participant:
    known = people.by_email(people.normal_email(email))
    if known is not None and known.is_staff:
        text = _(
            "%(name)s has an account here: pass the ticket on, or name them in a note.",
            name=known.name,
        )
        raise Invalid(text, "email")
    if known is not None and _is_clients(case, known):
        raise Invalid(
            _("This is the address of the client, or of a colleague of theirs: answer instead."),
            "email",
        )
    return people.outsider_for(email, name)


def _is_clients(case: Case, person: Participant) -> bool:
    """The client's own address, or one of the client's company."""
    asker = case.requester
    if person.id == asker.id:
        return True
    if not isinstance(person, Client) or not isinstance(asker, Client):
        return False
    return person.company_id is not None and person.company_id == asker.company_id


def _said(case: Case, text: str, *, author: Participant, inbound: bool) -> Message:
    message = say(case, text, by=author, kind=MessageKind.FORWARD, inbound=inbound)
    know_ids()
    return message
