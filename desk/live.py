"""What a live page needs: the new events, who may hear of them, a nudge after a commit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from core import bus, signals
from core.db import db
from desk import access, writing
from desk.catalog import catalog
from desk.events import ClocksComputed, Event
from desk.writing import Writing
from models import Case, EventRecord, Notice, Participant, Staff

SIGNAL = "events"
BATCH = 200
OF_MANY = ClocksComputed.kind


@dataclass(frozen=True)
class Change:
    """One event of a case, as little of it as a page needs to know what to reload; of many cases
    at once when `case_id` is None."""

    id: int
    kind: str
    case_id: int | None
    actor_id: int
    direction_id: int | None
    assignee_id: int | None


@dataclass(frozen=True)
class ToldNow:
    """A colleague has a new notice: the bell of their pages is to ask for it."""

    id: int
    staff_id: int


@bus.at_end(90)
def wake_live_pages(happened: list[Event]) -> None:
    if not bus.unit().notes.get("live_pages_woken"):
        bus.unit().notes["live_pages_woken"] = True
        bus.after_commit(lambda: signals.signal(SIGNAL))


def head() -> int:
    """The id of the newest event; 0 before the first."""
    return db.session.scalar(select(func.max(EventRecord.id))) or 0


def since(after: int, limit: int = BATCH) -> list[Change]:
    """Events of one case or of many younger than `after`, oldest first."""
    query = (
        select(
            EventRecord.id,
            EventRecord.kind,
            Case.id,
            EventRecord.actor_id,
            Case.direction_id,
            Case.assignee_id,
        )
        .outerjoin(Case, Case.id == EventRecord.case_id)
        .where(EventRecord.id > after, or_(Case.id.is_not(None), EventRecord.kind == OF_MANY))
        .order_by(EventRecord.id)
        .limit(limit)
    )
    return [Change(*row) for row in db.session.execute(query)]


def told_head() -> int:
    """The id of the newest notice; 0 before the first."""
    return db.session.scalar(select(func.max(Notice.id))) or 0


def heads_for(who: Staff) -> tuple[int, int]:
    """The ids of the newest event and of the newest notice of a colleague, in one statement."""
    event = select(func.max(EventRecord.id)).scalar_subquery()
    notice = select(func.max(Notice.id)).where(Notice.staff_id == who.id).scalar_subquery()
    newest = db.session.execute(select(event, notice)).one()
    return newest[0] or 0, newest[1] or 0


def told_since(after: int, limit: int = BATCH) -> list[ToldNow]:
    """Notices younger than `after`, oldest first."""
    query = select(Notice.id, Notice.staff_id).where(Notice.id > after)
    return [ToldNow(*row) for row in db.session.execute(query.order_by(Notice.id).limit(limit))]


def concerns(who: Staff, one: Change | ToldNow | Writing) -> bool:
    """Whether the pages of a colleague are to hear of it; nobody hears of own writing."""
    match one:
        case ToldNow():
            return one.staff_id == who.id
        case Writing():
            return one.staff_id != who.id and access.may(who, "case.read", one)
    return may_hear(who, one)


def writing_now(who: Staff) -> list[Writing]:
    """What was told of writers before this colleague's page began to listen."""
    return [one for one in writing.going_on() if concerns(who, one)]


def may_hear(who: Staff, change: Change) -> bool:
    """Of many cases everybody: it says of none what is the matter with it."""
    return change.case_id is None or access.may(who, "case.read", change)


def listeners(sessions: Mapping[int, Iterable[str]]) -> dict[int, Staff]:
    """Of these people {id: session keys}, those whose session still stands, with their rights."""
    query = select(Participant.id, Participant.session_key).where(
        Participant.id.in_(sessions), Participant.deactivated_at.is_(None)
    )
    known = catalog().staff
    standing = [id for id, key in db.session.execute(query) if key in sessions[id]]
    return {id: known[id] for id in standing if id in known}
