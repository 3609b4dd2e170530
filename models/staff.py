"""People who answer: agents, heads, administrators, and the groups they work in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
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
    """One who signs in to the workspace. `directions` empty = sees all of them."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), default=Role.AGENT)
    line: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(120), default="")
    presence: Mapped[str] = mapped_column(String(16), default=Presence.OFF)
    ticket_limit: Mapped[int] = mapped_column(default=5)
    dialog_limit: Mapped[int] = mapped_column(default=3)
    theme: Mapped[str] = mapped_column(String(8), default="auto")
    shortcuts: Mapped[bool] = mapped_column(default=True)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="staff")
    directions: Mapped[list[Direction]] = relationship(secondary="staff_direction")

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


class Group(Named, Base):
    """People who share a queue; the head is told when something burns."""

    __tablename__ = "staff_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    direction_id: Mapped[int | None] = mapped_column(ForeignKey("direction.id"))
    line: Mapped[int] = mapped_column(default=1)
    head_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

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
