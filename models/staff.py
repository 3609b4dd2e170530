"""People who answer: agents, heads, administrators, and the groups they work in."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.client import ClientCategory
from models.named import Named
from models.participant import Participant, ParticipantKind
from models.work_place import Direction


class Role(StrEnum):
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Presence(StrEnum):
    AVAILABLE = "available"
    ASSIGNED_ONLY = "assigned_only"
    AWAY = "away"
    OFF = "off"


class Staff(Participant):
    """One who signs in to the workspace. `directions` empty = sees all of them.

    `presence` is in force; `wanted_presence` = what they go back to when they come back, where the
    product made them away or off. Limits None = those of their groups, else of the company.
    `languages` empty = the one of their pages; `serves` = client categories, empty = all. `weight`
    = their share of the work beside the others', where a group goes by it.
    """

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), default=Role.AGENT)
    line: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(120), default="")
    presence: Mapped[str] = mapped_column(String(16), default=Presence.OFF)
    wanted_presence: Mapped[str | None] = mapped_column(String(16), default=Presence.AVAILABLE)
    ticket_limit: Mapped[int | None]
    dialog_limit: Mapped[int | None]
    languages: Mapped[list[Any]] = mapped_column(default=list)
    weight: Mapped[int] = mapped_column(default=1)
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("schedule.id"))
    theme: Mapped[str] = mapped_column(String(8), default="auto")
    shortcuts: Mapped[bool] = mapped_column(default=True)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="staff")
    directions: Mapped[list[Direction]] = relationship(secondary="staff_direction")
    serves: Mapped[list[ClientCategory]] = relationship(secondary="staff_category")

    __mapper_args__ = {"polymorphic_identity": ParticipantKind.STAFF}

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def is_supervisor(self) -> bool:
        return self.role in (Role.SUPERVISOR, Role.ADMIN)


class StaffDirection(Base):
    """Which directions a person is confined to."""

    __tablename__ = "staff_direction"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    direction_id: Mapped[int] = mapped_column(ForeignKey("direction.id"), primary_key=True)


class StaffCategory(Base):
    """Which clients a person is kept for."""

    __tablename__ = "staff_category"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("client_category.id"), primary_key=True)


class Leaving(StrEnum):
    """What becomes of open work whose agent is off shift, absent or gone."""

    KEEP = "keep"
    HAND_ON = "hand_on"
    QUEUE = "queue"


class Group(Named, Base):
    """People who share a queue; the head is told when something burns.

    `mode` = a mode of the dispatcher, empty = people take work themselves. After
    `overflow_minutes` in the queue work goes to `overflow_to`. `answer_seconds` = a dialog that was
    given and not answered so long goes back to the queue.
    """

    __tablename__ = "staff_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    direction_id: Mapped[int | None] = mapped_column(ForeignKey("direction.id"))
    line: Mapped[int] = mapped_column(default=1)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    mode: Mapped[str] = mapped_column(String(16), default="")
    ticket_limit: Mapped[int | None]
    dialog_limit: Mapped[int | None]
    overflow_minutes: Mapped[int | None]
    overflow_to_id: Mapped[int | None] = mapped_column(ForeignKey("staff_group.id"))
    answer_seconds: Mapped[int | None]
    is_sticky: Mapped[bool] = mapped_column(default=False)
    asks_language: Mapped[bool] = mapped_column(default=False)
    at_shift_end: Mapped[str] = mapped_column(String(8), default=Leaving.KEEP)
    at_absence: Mapped[str] = mapped_column(String(8), default=Leaving.HAND_ON)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="group")
    head: Mapped[Staff | None] = relationship(foreign_keys=head_id)


class Membership(Base):
    """A person in a group, for a while or until further notice."""

    __tablename__ = "membership"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("staff_group.id"), primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime | None]

    staff: Mapped[Staff] = relationship(back_populates="memberships")
    group: Mapped[Group] = relationship(back_populates="memberships")
