"""A request as its client sees it: public messages, what happened, where it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.db import db
from core.i18n import _
from core.when import moment
from desk import access, confirming, events, promises, public_face, reopening
from desk.catalog import catalog
from desk.mails import STEP_OF
from desk.routing import queue_board
from models import Case, Dialog, EventRecord, Message, StatusCategory

SHOWN_EVENTS = (events.StatusChanged,)
OVER = (StatusCategory.SOLVED, StatusCategory.CLOSED)


@dataclass(frozen=True)
class Said:
    """A public message."""

    at: datetime
    message: Message
    who: str
    is_mine: bool

    @property
    def html(self) -> Markup:
        """What was cleaned before it was stored; empty for a message of plain text."""
        return Markup(self.message.html or "")  # noqa: S704


@dataclass(frozen=True)
class Happened:
    """A step on the way, in words for clients; `to` is the category it led to."""

    at: datetime
    words: str
    to: StatusCategory


@dataclass(frozen=True)
class Conversation:
    """All that the page of a request is made of. `step` = 0..3; `notes` one for each step."""

    case: Case
    entries: list[Said | Happened]
    step: int
    notes: tuple[str, str, str, str]
    promise: datetime | None
    answers: str
    is_withheld: bool  # there are words that whoever looks may not read
    opened_again: datetime | None  # and nobody has taken it into work since
    queue: tuple[int, timedelta | None] | None = None  # of a dialog: its place, the wait expected

    @property
    def is_late(self) -> bool:
        return self.promise is not None and self.promise < clock.now()


def conversation(case: Case, *, is_visitors: bool = False) -> Conversation:
    said, happened = _said(case, is_visitors), _happened(case)
    # What one unit of work did has one time: words first, then what they led to.
    entries = sorted([*said, *happened], key=lambda entry: (entry.at, isinstance(entry, Happened)))
    promise = promises.answer_to(case)
    reopened = _reopened(happened)
    again = reopening.opened_again([case] if reopened else []).get(case.id)
    step = STEP_OF[StatusCategory.NEW if again else StatusCategory(case.category)]
    return Conversation(
        case=case,
        entries=entries,
        step=step,
        notes=_notes(case, step, happened, promise, reopened),
        promise=promise,
        answers=_visible_assignee(case),
        is_withheld=is_visitors and case.last_agent_at is not None,
        opened_again=again,
        queue=_queue(case),
    )


def _reopened(happened: list[Happened]) -> datetime | None:
    """When it was opened again, by whomever, since it was over the last time."""
    since = max((at + 1 for at, each in enumerate(happened) if each.to in OVER), default=None)
    return happened[since].at if since is not None and since < len(happened) else None


def stamp(case: Case) -> str:
    """Changes whenever the page may look different: what a live page asks by."""
    promise, queue = promises.answer_to(case), _queue(case)
    late = "-late" if promise and promise < clock.now() else ""
    return f"{case.version}{late}{f'-{queue}' if queue else ''}"


def _queue(case: Case) -> tuple[int, timedelta | None] | None:
    """Who has written in a dialog sits before the screen and waits."""
    return queue_board.place_of(case) if isinstance(case, Dialog) else None


def messages_for(case: Case, *, is_visitors: bool = False) -> Select[Message]:
    """A visitor sees what came by the visitor's own door: the client's words until the client
    came in by another."""
    query = access.public_messages(case)
    if not is_visitors:
        return query
    query = query.where(Message.inbound)
    until = confirming.confirmed_at(case)
    return query if until is None else query.where(Message.at < until)


def _said(case: Case, is_visitors: bool) -> list[Said]:
    query = messages_for(case, is_visitors=is_visitors).options(
        joinedload(Message.author), selectinload(Message.attachments)
    )
    return [
        Said(
            at=message.at,
            message=message,
            who=public_face.name_of(message.author),
            is_mine=message.inbound and message.author_id == case.requester_id,
        )
        for message in db.session.scalars(query)
    ]


def _happened(case: Case) -> list[Happened]:
    kinds = [shown.kind for shown in SHOWN_EVENTS if shown.visible_to_client]
    query = (
        select(EventRecord)
        .where(EventRecord.case_id == case.id, EventRecord.kind.in_(kinds))
        .options(joinedload(EventRecord.actor))
        .order_by(EventRecord.id)
    )
    found = (_step(record, case) for record in db.session.scalars(query))
    return [step for step in found if step is not None]


def _step(record: EventRecord, case: Case) -> Happened | None:
    """Clients know four words, not the company's statuses: only a change of category is told."""
    statuses = catalog().statuses
    before, after = (statuses.get(number) for number in record.changes["status"])
    if before is None or after is None or before.category == after.category:
        return None
    came, went = StatusCategory(before.category), StatusCategory(after.category)
    words = _words(came, went, record, case)
    return Happened(record.at, words, went) if words else None


def _words(came: StatusCategory, went: StatusCategory, record: EventRecord, case: Case) -> str:
    if went == StatusCategory.CLOSED and came == StatusCategory.SOLVED:
        return _("Request closed")
    if went in OVER:
        own = record.actor_id == case.requester_id
        return _("You said that it is solved") if own else _("Request solved")
    if went == StatusCategory.PENDING:
        return _("We are waiting for your reply")
    if came in OVER:
        return _("Request open again")
    if went == StatusCategory.NEW:
        return _("Back in the queue")
    if came == StatusCategory.PENDING:
        return _("In progress again")
    if record.actor.is_staff and not public_face.is_hidden(record.actor):
        return _("In progress: %(name)s", name=public_face.name_of(record.actor))
    return _("In progress")


def _notes(
    case: Case,
    step: int,
    happened: list[Happened],
    promise: datetime | None,
    reopened: datetime | None,
) -> tuple[str, str, str, str]:
    began = reopened or case.created_at
    times = (each.at for each in happened if each.to == StatusCategory.OPEN and each.at >= began)
    taken = next(times, case.first_answer_at)
    waited = any(each.to == StatusCategory.PENDING for each in happened)
    return (
        _("open again, %(when)s", when=moment(began)) if reopened else moment(began),
        _note_of_work(case, step, taken, promise),
        moment(case.status_since) if step == 2 else _unless(waited),
        moment(case.solved_at) if case.solved_at and step == 3 else "",
    )


def _unless(needed: bool) -> str:
    return "" if needed else "-"


def _note_of_work(case: Case, step: int, taken: datetime | None, promise: datetime | None) -> str:
    if step == 0:
        return _("answer by %(when)s", when=promises.in_words(promise)) if promise else ""
    if taken is None:
        return _unless(step == 1)
    name = _visible_assignee(case)
    return f"{name}, {moment(taken)}" if name else moment(taken)


def _visible_assignee(case: Case) -> str:
    person = case.assignee
    return public_face.name_of(person) if person and not public_face.is_hidden(person) else ""
