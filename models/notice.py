"""What colleagues are told: in the app, later by mail, and what each of them chose."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.case import Case
from models.staff import Staff

UNREAD = text("read_at IS NULL")
FOR_DESKTOP = text("desktop_at IS NOT NULL AND read_at IS NULL")


class Notice(Base):
    """One thing that one colleague is told in the app; `data` fills its sentence.

    `key` = what it is about, once a person. `desktop_at` = from when a browser may show it too.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("staff_id", "key"),
        Index("ix_notice_newest", "staff_id", "id"),
        Index("ix_notice_at", "at"),
        Index(
            "ix_notice_unread", "staff_id", "case_id", sqlite_where=UNREAD, postgresql_where=UNREAD
        ),
        Index(
            "ix_notice_desktop",
            "staff_id",
            "desktop_at",
            sqlite_where=FOR_DESKTOP,
            postgresql_where=FOR_DESKTOP,
        ),
        {"sqlite_autoincrement": True},  # live pages go by the id: none is given twice
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    occasion: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    desktop_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]

    case: Mapped[Case | None] = relationship()


class WaitingNotice(Base):
    """What a colleague will be told by mail: when the quiet hours end, or with the digest."""

    __tablename__ = "waiting_notice"
    __table_args__ = (
        UniqueConstraint("staff_id", "key"),
        Index("ix_waiting_notice_due", "due_at", "staff_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    occasion: Mapped[str] = mapped_column(String(24))
    key: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
    due_at: Mapped[datetime]

    case: Mapped[Case | None] = relationship()
    staff: Mapped[Staff] = relationship()


class NoticeChoice(Base):
    """What one colleague chose; no row = the defaults of the day on which they came.

    `channels` = {occasion: [channels]}; `quiet` as desk.notices.quiet.Quiet.
    """

    __tablename__ = "notice_choice"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    channels: Mapped[dict[str, Any]]
    quiet: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(8))
    digest_at: Mapped[str] = mapped_column(String(5))
    version: Mapped[int]
