"""A ticket as its page reads it: plain rows of one statement, nothing that could be changed."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, and_, bindparam, exists, or_, select

from core.db import plain_rows
from core.i18n import _, company_zone
from desk import access, writing
from desk.errors import NotFound
from models import (
    Case,
    Client,
    Company,
    ContactPoint,
    Counter,
    Draft,
    OutboxItem,
    OutboxState,
    OutsideQuestion,
    Participant,
    ParticipantKind,
    Passing,
    Staff,
)
from models.participant import initials_of


class Asker(NamedTuple):
    """Whose request it is; what only clients have is None for others."""

    id: int
    kind: str
    name: str
    locale: str
    own_zone: str
    manages_company: bool | None
    note: str | None
    categories_read: str | None
    company: str | None

    @property
    def zone(self) -> str:
        return self.own_zone or company_zone()

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def is_staff(self) -> bool:
        return self.kind == ParticipantKind.STAFF

    @property
    def shown_categories(self) -> list[int]:
        return [int(each) for each in (self.categories_read or "").split(",") if each]


class Point(NamedTuple):
    """An address of theirs."""

    id: int | None
    kind: str
    value: str
    bounced_at: datetime | None


class Unsent(NamedTuple):
    """What somebody has begun to write."""

    staff_id: int | None
    kind: str | None
    text: str
    updated_at: datetime


class Opened(NamedTuple):
    """Named as in models.Case, and read like one."""

    id: int
    subject: str
    locale: str
    direction_id: int | None
    requester_id: int
    status_id: int
    is_open: bool
    assignee_id: int | None
    group_id: int | None
    line: int
    type_id: int | None
    topic_id: int | None
    priority: int
    fields: dict[str, Any]
    created_at: datetime
    last_client_at: datetime | None
    last_agent_at: datetime | None
    snoozed_until: datetime | None
    woken_at: datetime | None
    woken_by: str | None
    is_unconfirmed: bool
    tags_read: str | None
    has_counters: bool
    has_lost_mails: bool
    was_passed: bool
    asked_outside: bool
    requester: Asker
    contact_points: list[Point]
    drafts: list[Unsent]  # the reader's own
    writers: list[int]  # who else is writing an answer just now

    @property
    def number(self) -> int:
        return self.id

    @property
    def is_answered(self) -> bool:
        return (self.last_agent_at or self.created_at) > (self.last_client_at or self.created_at)

    @property
    def shown_tags(self) -> list[str]:
        return sorted(self.tags_read.split("\n")) if self.tags_read else []

    @property
    def as_case(self) -> Case:
        """For those who read a case by its columns alone."""
        return cast(Case, self)


_OF_CASE = Opened._fields[: Opened._fields.index("has_counters")]
_AT_ASKER = Opened._fields.index("requester")


def ticket_for(who: Staff, number: int) -> Opened:
    """Load and authorise, as access.case_for. NotFound when missing or hidden."""
    values = {"number": number, "reader": who.id, "writing_since": writing.since()}
    rows = plain_rows(_query(), values) if 0 < number < 2**31 else []
    found = _opened(rows, who) if rows else None
    if found is None or not access.may(who, "case.read", found):
        raise NotFound(_("There is no such request."))
    return found


def _opened(rows: Sequence[Any], who: Staff) -> Opened:
    """A requester with two addresses is two rows."""
    own, of_asker = _AT_ASKER, len(Asker._fields)
    first, asker_ends = rows[0], own + of_asker
    points = {row[asker_ends]: Point._make(row[asker_ends : asker_ends + 4]) for row in rows}
    begun = {Unsent._make(row[asker_ends + 4 :]) for row in rows}
    return Opened._make(
        (
            *first[:own],
            Asker._make(first[own:asker_ends]),
            [point for key, point in points.items() if key is not None],
            [each for each in begun if each.staff_id == who.id],
            sorted({each.staff_id for each in begun if each.staff_id not in (None, who.id)}),
        )
    )


@cache
def _query() -> Select[Any]:
    clients, people = Client.__table__, Participant
    own = Draft.staff_id == bindparam("reader")
    lost = and_(
        OutboxItem.case_id == Case.id,
        OutboxItem.participant_id == Case.requester_id,
        OutboxItem.state == OutboxState.FAILED,
    )
    return (
        select(
            *(getattr(Case, name) for name in _OF_CASE),
            exists().where(Counter.case_id == Case.id),
            exists().where(lost),
            exists().where(Passing.case_id == Case.id),
            exists().where(OutsideQuestion.case_id == Case.id),
            *(people.id, people.kind, people.name, people.locale, people.own_zone),
            *(clients.c.manages_company, clients.c.note, Client.categories_read, Company.name),
            *(ContactPoint.id, ContactPoint.kind, ContactPoint.value, ContactPoint.bounced_at),
            *(Draft.staff_id, Draft.kind, Draft.text, Draft.updated_at),
        )
        .select_from(Case)
        .join(people, people.id == Case.requester_id)
        .outerjoin(clients, clients.c.id == Case.requester_id)
        .outerjoin(Company, Company.id == clients.c.company_id)
        .outerjoin(ContactPoint, ContactPoint.participant_id == Case.requester_id)
        .outerjoin(Draft, and_(Draft.case_id == Case.id, or_(own, writing.IS_GOING_ON)))
        .where(Case.id == bindparam("number"))
        .order_by(ContactPoint.id)
    )
