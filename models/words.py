"""The company's own words for its work: statuses, types, topics, tags, custom fields."""

from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from models.named import Named


class StatusCategory(StrEnum):
    """What the product looks at; people look at the status's name."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    SOLVED = "solved"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        return self in (StatusCategory.NEW, StatusCategory.OPEN, StatusCategory.PENDING)


class Priority(IntEnum):
    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4


class Status(Named, Base):
    """A free name in a fixed category; the first of a category is the one the product sets."""

    __tablename__ = "status"

    id: Mapped[int] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(String(16))
    colour: Mapped[str] = mapped_column(String(16), default="teal")
    shape: Mapped[str] = mapped_column(String(16), default="dot")
    for_tickets: Mapped[bool] = mapped_column(default=True)
    for_dialogs: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class TicketType(Named, Base):
    """What kind of work it is; may weigh more than one slot under an agent's limit."""

    __tablename__ = "ticket_type"

    id: Mapped[int] = mapped_column(primary_key=True)
    slots: Mapped[int] = mapped_column(default=1)
    is_active: Mapped[bool] = mapped_column(default=True)


class Topic(Named, Base):
    """What it is about."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class Tag(Base):
    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)


class CustomField(Named, Base):
    """A typed question of the company: kind text | number | date | choice | bool."""

    __tablename__ = "custom_field"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default="text")
    choices: Mapped[list[Any]] = mapped_column(default=list)
    on_form: Mapped[bool] = mapped_column(default=False)
    required: Mapped[bool] = mapped_column(default=False)
    direction_id: Mapped[int | None] = mapped_column(ForeignKey("direction.id"))
    is_active: Mapped[bool] = mapped_column(default=True)
