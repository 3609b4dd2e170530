"""The lists that agents work from: named, within rights, counted in bounds, paged by key."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, literal, select, tuple_

from core.db import plain_rows
from core.i18n import N_
from desk import access, settings
from desk.catalog import catalog
from desk.notices import inbox
from desk.routing import works
from models import (
    Case,
    Client,
    Company,
    Counter,
    CounterState,
    Draft,
    EventRecord,
    Participant,
    Staff,
)

PAGE = 50
COUNTED = 1000  # counts stop here: "1000+"
SNIPPET = 160
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Sort(StrEnum):
    UPDATED = "updated"
    DUE = "due"
    PRIORITY = "priority"


@dataclass(frozen=True)
class View:
    """A named list; `sorts` = the orders it can be had in, the first unless asked otherwise."""

    key: str
    label: str
    icon: str
    holds: Callable[[Staff], ColumnElement[bool]]
    sorts: tuple[Sort, ...] = (Sort.UPDATED, Sort.DUE, Sort.PRIORITY)

    def sort(self, asked: str) -> Sort:
        return next((sort for sort in self.sorts if sort == asked), self.sorts[0])


class Row(NamedTuple):
    """A line of a list, no row of the session; `draft` = how the reader's unsent text begins."""

    id: int
    subject: str
    preview: str
    channel: str
    status_id: int
    is_open: bool
    assignee_id: int | None
    priority: int
    due_at: datetime | None
    near_at: datetime | None
    due_policy_id: int | None
    updated_at: datetime
    tags_read: str | None
    is_answered: bool
    requester: str
    company: str | None
    draft: str | None
    is_paused: bool  # clocks there are, and all of them stand

    @property
    def shown_tags(self) -> list[str]:
        return sorted(self.tags_read.split("\n")) if self.tags_read else []


_OF_CASE = [getattr(Case, name) for name in Row._fields[: Row._fields.index("is_answered")]]
_IS_ANSWERED = func.coalesce(Case.last_agent_at, Case.created_at) > func.coalesce(
    Case.last_client_at, Case.created_at
)

_PAUSED = select(Counter.id).where(Counter.case_id == Case.id, Counter.state == CounterState.PAUSED)
_STANDS = and_(Case.is_open, Case.due_at.is_(None), _PAUSED.exists())


@dataclass(frozen=True)
class Page:
    """`following` = the cursor of the next page, if there is one."""

    rows: list[Row]
    following: str | None = None


@dataclass(frozen=True)
class Tally:
    """Counts by view, COUNTED + 1 standing for "more"; the id of the newest event."""

    counts: dict[str, int]
    last_event: int
    unread: int = 0  # notices
    in_hand: int = 0  # slots of tickets


def _mine(who: Staff) -> ColumnElement[bool]:
    return and_(_awake(), Case.assignee_id == who.id)


def _unassigned(who: Staff) -> ColumnElement[bool]:
    return and_(_awake(), Case.assignee_id.is_(None))


def _of_my_groups(who: Staff) -> ColumnElement[bool]:
    groups = catalog().groups_of(who.id)
    return and_(_awake(), Case.group_id.in_(groups)) if groups else false()


def _open(who: Staff) -> ColumnElement[bool]:
    return _awake()


def _asleep(who: Staff) -> ColumnElement[bool]:
    return and_(Case.is_open, Case.snoozed_until.is_not(None))


def _awake() -> ColumnElement[bool]:
    """Open and not put off."""
    return and_(Case.is_open, Case.snoozed_until.is_(None))


def _done(who: Staff) -> ColumnElement[bool]:
    return and_(~Case.is_open)


VIEWS = {
    view.key: view
    for view in (
        View("all", N_("All open"), "inbox", _open),
        View("mine", N_("Mine"), "user", _mine),
        View("unassigned", N_("Unassigned"), "circle-dot", _unassigned),
        View("group", N_("Group queue"), "layers", _of_my_groups),
        View("snoozed", N_("Snoozed tickets"), "alarm-clock", _asleep, (Sort.UPDATED,)),
        View("solved", N_("Solved tickets"), "list-checks", _done, (Sort.UPDATED,)),
    )
}


class Stretch(NamedTuple):
    """Part of an order that one index gives: rows of which `holds` is true, by `columns`."""

    columns: tuple[Any, ...]
    descending: bool
    holds: ColumnElement[bool] | None = None


ORDERS: dict[Sort, tuple[Stretch, ...]] = {
    Sort.UPDATED: (Stretch((Case.updated_at, Case.id), True),),
    Sort.DUE: (
        Stretch((Case.due_at, Case.id), False, Case.due_at.is_not(None)),
        Stretch((Case.id,), True, Case.due_at.is_(None)),
    ),
    Sort.PRIORITY: (Stretch((Case.priority, Case.updated_at, Case.id), True),),
}


def page(view: View, who: Staff, *, sort: Sort = Sort.UPDATED, cursor: str = "") -> Page:
    """The next PAGE rows after `cursor`; a cursor that says nothing gives the first page."""
    stretches = ORDERS[sort]
    start, after = _read_cursor(cursor, stretches)
    queries = catalog().once(("rows", view.key, who.id, sort), lambda: _ordered(view, who, sort))
    found = list(islice(_rows(queries, stretches, start, after), PAGE + 1))
    shown = found[:PAGE]
    following = None
    if len(found) > PAGE:
        number, row = shown[-1]
        following = _cursor(number, stretches[number], row)
    return Page([row for _, row in shown], following)


def named(ids: Sequence[int], who: Staff) -> list[Row]:
    """The rows of these cases, in this order; those the reader may not see are left out."""
    query = catalog().once(("named", who.id), lambda: _named(who))
    rows = {row.id: row for row in _fetched(query, ids=list(ids))}
    return [rows[each] for each in ids if each in rows]


def _named(who: Staff) -> Select[Any]:
    these = Case.id.in_(bindparam("ids", expanding=True))
    return _with_names(access.visible_cases(who).where(these), who)


def tally(who: Staff) -> Tally:
    """How many rows each view has and how far the log has come, in one statement."""
    key = ("tally", who.id, settings.get("pending_takes_slot"))
    query = catalog().once(key, lambda: _tally(who))
    found = plain_rows(query)[0]
    counts = {key: getattr(found, key) for key in VIEWS}
    return Tally(counts, found.last_event or 0, found.unread, int(found.in_hand or 0))


def _tally(who: Staff) -> Select[Any]:
    def count(view: View) -> Any:
        rows = access.visible_cases(who).where(view.holds(who))
        some = rows.with_only_columns(literal(1).label("one")).limit(COUNTED + 1).subquery()
        return select(func.count()).select_from(some).scalar_subquery().label(view.key)

    last = select(func.max(EventRecord.id)).scalar_subquery().label("last_event")
    unread = inbox.unread_count(who).scalar_subquery().label("unread")
    in_hand = works.in_hand_of(who.id).scalar_subquery().label("in_hand")
    return select(last, unread, in_hand, *(count(view) for view in VIEWS.values()))


def _ordered(view: View, who: Staff, sort: Sort) -> list[Select[Any]]:
    """A statement for each stretch of the order, without the place to begin at."""
    query = _with_names(access.visible_cases(who).where(view.holds(who)), who)
    return [_stretch(query, stretch) for stretch in ORDERS[sort]]


def _stretch(query: Select[Any], stretch: Stretch) -> Select[Any]:
    asked = query.where(stretch.holds) if stretch.holds is not None else query
    order = (each.desc() if stretch.descending else each for each in stretch.columns)
    return asked.order_by(*order).limit(bindparam("most"))


def _with_names(query: Select[Any], who: Staff) -> Select[Any]:
    clients = Client.__table__
    draft = (
        select(func.substr(Draft.text, 1, SNIPPET))
        .where(Draft.case_id == Case.id, Draft.staff_id == who.id)
        .order_by(Draft.updated_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        query.join(Participant, Participant.id == Case.requester_id)
        .outerjoin(clients, clients.c.id == Case.requester_id)
        .outerjoin(Company, Company.id == clients.c.company_id)
        .with_only_columns(*_OF_CASE, _IS_ANSWERED, Participant.name, Company.name, draft, _STANDS)
    )


def _rows(
    queries: list[Select[Any]], stretches: tuple[Stretch, ...], start: int, after: list[Any]
) -> Iterator[tuple[int, Row]]:
    """Stretch by stretch, each asked for only when the one before is used up."""
    for number, stretch in enumerate(stretches[start:], start):
        asked = queries[number]
        if number == start and after:
            key = tuple_(*stretch.columns)
            last = tuple_(
                *(literal(v, c.type) for v, c in zip(after, stretch.columns, strict=True))
            )
            asked = asked.where(key < last if stretch.descending else key > last)
        for row in _fetched(asked, most=PAGE + 1):
            yield number, row


def _fetched(query: Select[Any], **values: Any) -> list[Row]:
    return list(map(Row._make, plain_rows(query, values)))


def _cursor(number: int, stretch: Stretch, row: Row) -> str:
    values = [getattr(row, column.key) for column in stretch.columns]
    plain = [(v - EPOCH) // MICROSECOND if isinstance(v, datetime) else v for v in values]
    return ".".join(str(part) for part in (number, *plain))


def _read_cursor(cursor: str, stretches: tuple[Stretch, ...]) -> tuple[int, list[Any]]:
    parts = cursor.split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 17 for part in parts):
        return 0, []
    number, *plain = map(int, parts)
    if number >= len(stretches) or len(plain) != len(stretches[number].columns):
        return 0, []
    return number, [_typed(*pair) for pair in zip(stretches[number].columns, plain, strict=True)]


def _typed(column: Any, value: int) -> Any:
    return EPOCH + value * MICROSECOND if column.key.endswith("_at") else value
