"""Cases as the dispatcher sees them, read from the database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_

from core.db import db, plain_rows, table
from desk import settings
from desk.catalog import catalog
from desk.dispatcher import Channel, Work
from desk.dispatcher.work import FAR
from desk.routing.staffing import staffing
from models import Case, ClientInCategory, StatusCategory, TicketType, Waiting

_CATEGORIES = table(ClientInCategory)
ORDER = (
    Case.priority.desc(),
    func.coalesce(Case.due_at, FAR),
    Case.created_at,
    Case.id,
)
_READ = (
    *(Case.id, Case.kind, Case.group_id, Case.direction_id, Case.locale, Case.type_id),
    *(Case.priority, Case.due_at, Case.created_at, Case.requester_id),
    *(Waiting.since, Waiting.been, Waiting.passed_over),
)
_KEY = 120


def wants_somebody() -> ColumnElement[bool]:
    """Cases that somebody has to take now: nobody has them, and they wait for nothing else."""
    return and_(
        Case.is_open,
        Case.assignee_id.is_(None),
        Case.category != StatusCategory.PENDING,
        Case.snoozed_until.is_(None),
    )


def want(case: Case) -> bool:
    """The same of one row."""
    waits_for_us = case.is_open and case.category != StatusCategory.PENDING
    return waits_for_us and case.assignee_id is None and case.snoozed_until is None


def takes_slots() -> ColumnElement[bool]:
    """Cases that count as work in hand of whoever has them."""
    if settings.get("pending_takes_slot"):
        return and_(Case.is_open)
    return and_(Case.is_open, Case.category != StatusCategory.PENDING)


def in_hand_of(staff_id: int) -> Select[Any]:
    """Slots of tickets in use by one person; null for none."""
    slots = func.sum(func.coalesce(TicketType.slots, 1))
    query = select(slots).select_from(Case).outerjoin(TicketType, TicketType.id == Case.type_id)
    return query.where(takes_slots(), Case.assignee_id == staff_id, Case.kind == Channel.TICKET)


def slots_of(type_id: int | None) -> int:
    """What a case of this type weighs under a limit."""
    kind = catalog().types.get(type_id or 0)
    return max(kind.slots, 1) if kind else 1


def works_of(case_ids: Collection[int]) -> list[Work]:
    """Cases of a group, whether they wait in its queue or not, in the order of the queue."""
    query = select(*_READ).outerjoin(Waiting, Waiting.case_id == Case.id).order_by(*ORDER)
    return _works(query.where(Case.id.in_(case_ids), Case.group_id.is_not(None)))


def waiting_in(groups: Collection[int], *, deep: int, without: Collection[int] = ()) -> list[Work]:
    """What waits in these groups: of all that ask for the same no more than the first `deep`."""
    place = func.row_number().over(partition_by=(Waiting.group_id, Waiting.demand), order_by=ORDER)
    query = select(*_READ, place.label("place")).join(Waiting, Waiting.case_id == Case.id)
    query = query.where(Waiting.group_id.in_(groups), Waiting.case_id.not_in(without))
    rows = query.subquery()
    return _works(select(rows).where(rows.c.place <= deep))


def queue_of(groups: Collection[int], limit: int) -> list[Work]:
    """The first of what waits there, in order."""
    query = select(*_READ).join(Waiting, Waiting.case_id == Case.id).order_by(*ORDER)
    return _works(query.where(Waiting.group_id.in_(groups)).limit(limit))


def ahead_of(case: Case, group: int) -> int:
    """How many wait in the group before it."""
    due, own_due = func.coalesce(Case.due_at, FAR), case.due_at or FAR
    key, own = tuple_(Case.created_at, Case.id), [case.created_at, case.id]
    columns = (Case.created_at, Case.id)
    is_older = key < tuple_(*(literal(v, c.type) for v, c in zip(own, columns, strict=True)))
    is_sooner = or_(due < own_due, and_(due == own_due, is_older))
    before = or_(Case.priority > case.priority, and_(Case.priority == case.priority, is_sooner))
    query = select(func.count()).select_from(Waiting).join(Case, Case.id == Waiting.case_id)
    return db.session.scalar(query.where(Waiting.group_id == group, before)) or 0


def _works(query: Select[Any]) -> list[Work]:
    rows = plain_rows(query)
    categories = categories_of({row.requester_id for row in rows}) if staffing().serves else {}
    sticky = _answered_before(rows)
    return [_work(row, categories.get(row.requester_id, frozenset()), sticky) for row in rows]


def _work(row: Any, categories: frozenset[int], sticky: Mapping[int, int]) -> Work:
    group = catalog().groups[row.group_id]
    return Work(
        case_id=row.id,
        group=row.group_id,
        channel=Channel(row.kind),
        direction=row.direction_id,
        language=row.locale if group.asks_language else "",
        needs=staffing().needs.get(row.type_id or 0, {}),
        categories=categories,
        slots=slots_of(row.type_id),
        passed_over=frozenset(row.passed_over or ()),
        arrived_at=row.created_at,
        priority=row.priority,
        due_at=row.due_at,
        sticky=sticky.get(row.requester_id) if group.is_sticky else None,
        queued_at=row.since,
        been=tuple(row.been or ()),
    )


def categories_of(clients: Collection[int]) -> dict[int, frozenset[int]]:
    """{client: categories}, of those who have any."""
    query = select(_CATEGORIES).where(_CATEGORIES.c.client_id.in_(clients))
    found: dict[int, set[int]] = defaultdict(set)
    for row in plain_rows(query):
        found[row.client_id].add(row.category_id)
    return {client: frozenset(ids) for client, ids in found.items()}


def _answered_before(rows: Iterable[Any]) -> dict[int, int]:
    """{client: who had their last case}, of the clients of groups that ask for it."""
    groups = catalog().groups
    clients = {row.requester_id for row in rows if groups[row.group_id].is_sticky}
    if not clients:
        return {}
    newest = func.row_number().over(
        partition_by=Case.requester_id, order_by=(Case.updated_at.desc(), Case.id.desc())
    )
    had = select(Case.requester_id, Case.assignee_id, newest.label("place"))
    rows_of = had.where(Case.requester_id.in_(clients), Case.assignee_id.is_not(None)).subquery()
    found = plain_rows(select(rows_of).where(rows_of.c.place == 1))
    return {row.requester_id: row.assignee_id for row in found}


def demand_key(case: Case, passed_over: Iterable[int]) -> str:
    """Equal for cases that the same agents can take, whatever administrators change meanwhile."""
    categories = categories_of([case.requester_id]).get(case.requester_id, frozenset())
    parts = [case.kind, case.direction_id, case.locale, case.type_id]
    said = "|".join(map(str, [*parts, sorted(categories), sorted(passed_over)]))
    return said if len(said) <= _KEY else blake2b(said.encode(), digest_size=32).hexdigest()
