"""When people work: schedules, single shifts, absences."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from models.named import Named


class Schedule(Named, Base):
    """The hours of a calendar, or a rotation.

    `cycle` = hours of each day of a rotation that begins at `anchor` and repeats for ever, as in
    [[["09:00", "21:00"]], [["09:00", "21:00"]], [], []], by the clock of `zone`; a night is written
    as two days, as in calendars. Empty where the calendar says it.
    """

    __tablename__ = "schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("calendar.id"))
    cycle: Mapped[list[Any]] = mapped_column(default=list)
    anchor: Mapped[date | None]
    zone: Mapped[str] = mapped_column(String(64), default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class Shift(Base):
    """A single one, beside the schedule."""

    __tablename__ = "shift"
    __table_args__ = (Index("ix_shift_staff", "staff_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class Absence(Base):
    """`kind` planned | sick; `ends_at` = the first instant back at work, None: nobody knows."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_staff", "staff_id", "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str] = mapped_column(String(16), default="planned")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str] = mapped_column(String(250), default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
