"""Tickets that were answered, and with no article: what is asked often should stand in one."""

from sqlalchemy import func, select

from core import clock
from core.db import db
from desk.gaps.asked import MOST, SINCE, Asked
from desk.linked import SENT
from desk.masking import masked, question_of
from models import Case, CaseArticle, Message, MessageKind, Participant, StatusCategory, Ticket

OVER = (StatusCategory.SOLVED, StatusCategory.CLOSED)
LONGEST = 200  # letters


def answered_by_hand(locale: str) -> list[Asked]:
    """The newest; a subject with the first sentence that was written. In a unit of work."""
    first = (
        select(func.min(Message.id))
        .where(Message.case_id == Case.id, Message.kind == MessageKind.PUBLIC)
        .correlate(Case)
        .scalar_subquery()
    )
    linked = select(CaseArticle.case_id).where(CaseArticle.kind == SENT)
    query = (
        select(Case.id, Case.subject, Case.requester_id, Case.created_at, Participant.name, first)
        .join(Participant, Participant.id == Case.requester_id)
        .where(Case.kind == Ticket.__mapper_args__["polymorphic_identity"])
        .where(Case.locale == locale, Case.created_at > clock.now() - SINCE)
        .where(Case.category.in_(OVER), Case.last_agent_at.is_not(None), Case.id.not_in(linked))
        .order_by(Case.id.desc())
        .limit(MOST)
    )
    rows = db.session.execute(query).all()
    texts = _texts([row[5] for row in rows])
    return [
        Asked(
            _words(row.subject, texts.get(row[5], ""), row.name),
            f"participant:{row.requester_id}",
            row.created_at,
            row.id,
        )
        for row in rows
    ]


def _texts(numbers: list[int]) -> dict[int, str]:
    rows = db.session.execute(select(Message.id, Message.text).where(Message.id.in_(numbers)))
    return {row.id: row.text for row in rows}


def _words(subject: str, text: str, name: str) -> str:
    question = question_of(text)[:LONGEST]
    said = subject if subject.lower() in question.lower() else f"{subject}. {question}"
    return masked(question if len(question) > len(subject) and said == subject else said, [name])
