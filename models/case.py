"""What is worked on: one table, two kinds, Ticket and Dialog.

Rows are changed only by desk.history, which records it: a row equals the fold of its events.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Identity, Index, String, false, func, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from core.db import Base
from models.participant import Participant
from models.staff import Group, Staff
from models.words import Priority, Status, StatusCategory, Tag, TicketType, Topic
from models.work_place import Direction

if TYPE_CHECKING:
    from models.counter import Counter

FIRST_NUMBER = 1001
ASLEEP = text("snoozed_until IS NOT NULL")


def _open(name: str, *columns: str) -> Index:
    """Over open cases only. The words are those that a query's `Case.is_open` becomes."""
    return Index(name, *columns, sqlite_where=text("is_open = 1"), postgresql_where=text("is_open"))


class CaseTag(Base):
    __tablename__ = "case_tag"
    __table_args__ = (Index("ix_case_tag_tag", "tag_id", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)


class Case(Base):
    """The id is the number people quote. `category`, `is_open` repeat the status's for indexes."""

    __tablename__ = "cases"
    __table_args__ = (
        _open("ix_cases_open", "updated_at", "id"),
        _open("ix_cases_assignee", "assignee_id", "updated_at", "id"),
        _open("ix_cases_group", "group_id", "updated_at", "id"),
        _open("ix_cases_due", "due_at", "id"),
        _open("ix_cases_priority", "priority", "updated_at", "id"),
        Index(
            "ix_cases_done",
            "updated_at",
            "id",
            sqlite_where=text("is_open = 0"),
            postgresql_where=text("NOT is_open"),
        ),
        Index("ix_cases_category", "category", "updated_at", "id"),
        Index("ix_cases_requester", "requester_id", "updated_at", "id"),
        Index(
            "ix_cases_snoozed",
            "snoozed_until",
            "id",
            sqlite_where=ASLEEP,
            postgresql_where=ASLEEP,
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Identity(start=FIRST_NUMBER), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(250))
    preview: Mapped[str] = mapped_column(String(200), default="")
    channel: Mapped[str] = mapped_column(String(16))
    locale: Mapped[str] = mapped_column(String(8))
    direction_id: Mapped[int | None] = mapped_column(ForeignKey("direction.id"))
    requester_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    status_id: Mapped[int] = mapped_column(ForeignKey("status.id"))
    category: Mapped[str] = mapped_column(String(16))
    is_open: Mapped[bool]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("staff_group.id"))
    line: Mapped[int] = mapped_column(default=1)
    type_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_type.id"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    priority: Mapped[int] = mapped_column(default=Priority.NORMAL)
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=0)
    link_nonce: Mapped[str] = mapped_column(String(16), default="")
    # Somebody not signed in wrote under an address known before; until desk.confirming says else.
    is_unconfirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    due_at: Mapped[datetime | None]
    # Of the same clock, for lists: when the limit begins to be near, and the counter it is of.
    near_at: Mapped[datetime | None]
    due_policy_id: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    status_since: Mapped[datetime]
    last_client_at: Mapped[datetime | None]
    last_agent_at: Mapped[datetime | None]
    first_answer_at: Mapped[datetime | None]
    solved_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    woken_at: Mapped[datetime | None]
    woken_by: Mapped[str | None] = mapped_column(String(8))  # time | client | person
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))

    requester: Mapped[Participant] = relationship(foreign_keys=requester_id)
    assignee: Mapped[Staff | None] = relationship(foreign_keys=assignee_id)
    group: Mapped[Group | None] = relationship()
    status: Mapped[Status] = relationship()
    direction: Mapped[Direction | None] = relationship()
    type: Mapped[TicketType | None] = relationship()
    topic: Mapped[Topic | None] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary="case_tag", order_by=Tag.name)
    counters: Mapped[list["Counter"]] = relationship(back_populates="case", order_by="Counter.id")
    # For pages: one column where the relationship would be two joins and more rows.
    tags_read: Mapped[str | None] = column_property(
        select(func.aggregate_strings(Tag.name, "\n"))
        .where(CaseTag.case_id == id, CaseTag.tag_id == Tag.id)
        .scalar_subquery(),
        deferred=True,
    )

    __mapper_args__ = {"polymorphic_on": "kind"}

    @property
    def number(self) -> int:
        return self.id

    @property
    def is_answered(self) -> bool:
        """True when the last word is ours."""
        return (self.last_agent_at or self.created_at) > (self.last_client_at or self.created_at)

    @property
    def is_solved(self) -> bool:
        return self.category in (StatusCategory.SOLVED, StatusCategory.CLOSED)

    @property
    def tag_names(self) -> list[str]:
        return [tag.name for tag in self.tags]


class Ticket(Case):
    """A request that is worked on until it is solved."""

    __mapper_args__ = {"polymorphic_identity": "ticket"}


class Dialog(Case):
    """A live talk: chat or messenger."""

    __mapper_args__ = {"polymorphic_identity": "dialog"}


class CaseLink(Base):
    """Two cases that belong together: related | parent | duplicate | call | dialog."""

    __tablename__ = "case_link"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    created_at: Mapped[datetime]
