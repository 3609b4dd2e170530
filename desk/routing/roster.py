"""Agents as the dispatcher sees them, read from the database: who is here, what is in hand."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cache, partial
from zoneinfo import ZoneInfo

from sqlalchemy import Executable, bindparam, func, select

from core import clock
from core.db import plain_rows, table
from core.i18n import company_zone
from desk import settings
from desk.catalog import catalog
from desk.dispatcher import Absence, AbsenceKind, Agent, Channel
from desk.dispatcher.agent import ALWAYS
from desk.routing import shifts
from desk.routing.limits import OF_CHANNEL, limits_of
from desk.routing.staffing import staffing
from desk.routing.works import takes_slots
from models import Case, Duty, Participant, Staff, TicketType

_STAFF, _PEOPLE, _DUTY = table(Staff), table(Participant), table(Duty)
_NOW = (
    select(
        _STAFF.c.id,
        _STAFF.c.presence,
        _PEOPLE.c.deactivated_at,
        _DUTY.c.last_given,
        _DUTY.c.given_on,
        _DUTY.c.given,
        _DUTY.c.freed_at,
    )
    .join(_PEOPLE, _PEOPLE.c.id == _STAFF.c.id)
    .outerjoin(_DUTY, _DUTY.c.staff_id == _STAFF.c.id)
    .where(_STAFF.c.id.in_(bindparam("ids", expanding=True)))
)


def members_of(groups: Iterable[int]) -> set[int]:
    """Staff ids."""
    members = catalog().members
    return {person for group in groups for person in members.get(group, ())}


def agents(ids: Collection[int], at: datetime | None = None) -> list[Agent]:
    """In two statements however many they are. `at` = the instant that shifts and absences are
    looked at, now unless said otherwise; what they have in hand is always that of now."""
    load = slots_in_hand(ids)
    at = at or clock.now()
    day, absences = today(at), staffing().absences
    standing = _standing()
    return [
        standing[row.id].at_this_instant(
            is_active=row.deactivated_at is None,
            presence=row.presence,
            absence=_absence(row.id, at) if row.id in absences else None,
            load=load[row.id],
            idle_since=None if load[row.id] else row.freed_at or standing[row.id].idle_since,
            given_today=row.given or 0 if row.given_on == day else 0,
            last_given=row.last_given or 0,
        )
        for row in plain_rows(_NOW, {"ids": list(ids)})
        if row.id in standing
    ]


def _standing() -> dict[int, Agent]:
    """What administrators say of each, which stays as it is from one decision to the next;
    `idle_since` = since they work here."""
    limits = tuple(map(settings.get, OF_CHANNEL.values()))
    found: dict[int, Agent] = catalog().once(("agents", staffing(), limits), _agents)
    return found


def _agents() -> dict[int, Agent]:
    known = staffing()
    groups: dict[int, set[int]] = defaultdict(set)
    for group, members in catalog().members.items():
        for person in members:
            groups[person].add(group)
    return {
        person.id: Agent(
            id=person.id,
            name=person.name,
            groups=frozenset(groups[person.id]),
            line=person.line,
            shift=partial(shifts.shift_of, person.id, known)
            if shifts.is_planned(person.id, known)
            else ALWAYS,
            skills=known.levels.get(person.id, {}),
            languages=frozenset(person.languages or [person.locale]),
            directions=frozenset(direction.id for direction in person.directions),
            categories=known.serves.get(person.id, frozenset()),
            limits=limits_of(person),
            idle_since=person.created_at,
            weight=person.weight,
        )
        for person in catalog().staff.values()
    }


def _absence(person: int, at: datetime) -> Absence | None:
    row = staffing().absence(person, at)
    return Absence(AbsenceKind(row.kind), row.ends_at, row.stand_in_id) if row else None


def slots_in_hand(ids: Collection[int]) -> dict[int, dict[str, int]]:
    """{staff: {channel: slots}}, in one statement; nobody who has nothing has a channel."""
    query = _in_hand(settings.get("pending_takes_slot"))
    found: dict[int, dict[str, int]] = {each: {} for each in ids}
    for row in plain_rows(query, {"ids": list(ids)}):
        found[row.assignee_id][Channel(row.kind)] = int(row.slots)
    return found


@cache
def _in_hand(_pending_takes_slot: bool) -> Executable:
    slots = func.sum(func.coalesce(TicketType.slots, 1))
    return (
        select(Case.assignee_id, Case.kind, slots.label("slots"))
        .outerjoin(TicketType, TicketType.id == Case.type_id)
        .where(takes_slots(), Case.assignee_id.in_(bindparam("ids", expanding=True)))
        .group_by(Case.assignee_id, Case.kind)
    )


def today(at: datetime) -> date:
    """The day of the company, by which works given are counted."""
    return at.astimezone(ZoneInfo(company_zone())).date()
