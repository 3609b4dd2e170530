"""The small reference tables as one snapshot in memory: names of statuses, groups, people, ..."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.db import Base, db
from core.i18n import N_, _
from desk import revision
from models import (
    Calendar,
    ClientCategory,
    CustomField,
    Direction,
    Group,
    Line,
    Membership,
    Priority,
    Staff,
    Status,
    StatusCategory,
    Tag,
    TicketType,
    Topic,
)

T = TypeVar("T", bound=Base)

PRIORITY_NAMES = {
    Priority.LOW: N_("Low"),
    Priority.NORMAL: N_("Normal"),
    Priority.HIGH: N_("High"),
    Priority.URGENT: N_("Urgent"),
}
CHANNEL_NAMES = {
    "portal": N_("Portal"),
    "email": N_("E-mail"),
    "staff": N_("By hand"),
    "api": N_("API"),
    "phone": N_("Phone"),
    "chat": N_("Chat"),
}
LOCALE_NAMES = {"ru": N_("Russian"), "en": N_("English")}


@dataclass(frozen=True, eq=False)
class Catalog:
    """Rows by id, detached from any session: read only. Ordered as people ordered them.

    A new revision is a new object; what is built from one is kept with it (`built`).
    """

    statuses: dict[int, Status]
    groups: dict[int, Group]
    staff: dict[int, Staff]
    types: dict[int, TicketType]
    topics: dict[int, Topic]
    directions: dict[int, Direction]
    lines: dict[int, Line]
    categories: dict[int, ClientCategory]
    fields: dict[int, CustomField]
    calendars: dict[int, Calendar]
    tags: dict[int, Tag]
    members: dict[int, tuple[int, ...]] = field(default_factory=dict)
    built: dict[Any, Any] = field(default_factory=dict)

    priorities = tuple(reversed(Priority))

    def once(self, key: Any, build: Callable[[], Any]) -> Any:
        """What `build()` gives, built once as long as this snapshot is in force."""
        if key not in self.built:
            self.built[key] = build()
        return self.built[key]

    def first_status(self, category: StatusCategory) -> Status:
        """The status the product itself sets for a category. LookupError when there is none."""
        for status in self.statuses.values():
            if status.category == category and status.is_active:
                return status
        raise LookupError(f"no status of category {category}")

    def by_key(self, what: str, key: str) -> Any:
        """The row of `what` (statuses, groups, ...) with this key. LookupError."""
        for row in getattr(self, what).values():
            if row.key == key:
                return row
        raise LookupError(f"{what}: no {key!r}")

    def groups_of(self, staff_id: int) -> list[int]:
        return [group for group, members in self.members.items() if staff_id in members]

    def name_of(self, field_name: str, value: Any) -> str:
        """The words for a stored value of a case field, in the reader's language."""
        if value is None or value == "" or value == []:
            return _("none")
        if isinstance(value, list):
            return ", ".join(self.name_of(field_name, each) for each in value)
        return self._name(field_name, value)

    def _name(self, field_name: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if field_name == "priority":
            return _(PRIORITY_NAMES[Priority(value)]) if value in PRIORITY_NAMES else str(value)
        if field_name == "channel":
            return _(CHANNEL_NAMES.get(value, str(value)))
        if field_name == "locale":
            return _(LOCALE_NAMES.get(value, str(value)))
        if field_name == "line" and value in self.lines:
            return f"{value} · {self.lines[value].name}"
        table = TABLE_OF_FIELD.get(field_name)
        row = getattr(self, table).get(value) if table else None
        return row.name if row is not None else str(value)


TABLE_OF_FIELD = {
    "status": "statuses",
    "assignee": "staff",
    "group": "groups",
    "type": "types",
    "topic": "topics",
    "direction": "directions",
    "client_category": "categories",
}


def catalog() -> Catalog:
    """The snapshot of the revision in force."""
    return revision.kept("catalog", _load)


def changed() -> None:
    """To be called by whoever changes a reference row."""
    db.session.flush()
    revision.bump("catalog")


def _load() -> Catalog:
    with Session(bind=db.session.connection()) as session:
        members: dict[int, list[int]] = {}
        for row in session.execute(select(Membership.group_id, Membership.staff_id)):
            members.setdefault(row.group_id, []).append(row.staff_id)
        loaded = Catalog(
            statuses=_rows(session, Status),
            groups=_rows(session, Group),
            staff=_by_id(
                session.scalars(
                    select(Staff)
                    .options(selectinload(Staff.contact_points), selectinload(Staff.directions))
                    .order_by(Staff.name)
                ).all()
            ),
            types=_rows(session, TicketType),
            topics=_rows(session, Topic),
            directions=_rows(session, Direction),
            lines=_by_id(session.scalars(select(Line).order_by(Line.id)).all()),
            categories=_rows(session, ClientCategory),
            fields=_rows(session, CustomField),
            calendars=_rows(session, Calendar),
            tags=_by_id(session.scalars(select(Tag).order_by(Tag.name)).all()),
            members={group: tuple(ids) for group, ids in members.items()},
        )
        session.expunge_all()
    return loaded


def _rows(session: Session, model: type[T]) -> dict[int, T]:
    order = (model.position, model.id)  # type: ignore[attr-defined]
    return _by_id(session.scalars(select(model).order_by(*order)).all())


def _by_id(rows: Sequence[T] | Iterable[T]) -> dict[int, T]:
    return {row.id: row for row in rows}  # type: ignore[attr-defined]
