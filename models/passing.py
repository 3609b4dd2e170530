"""How work travelled between lines and departments, and to people outside."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class Passing(Base):
    """A case went to another line or department. `way` up | down | sideways | back.

    `ended_at` = when it went on from there or was solved: how long the receiving line held it.
    """

    __tablename__ = "passing"
    __table_args__ = (Index("ix_passing_case", "case_id", "id"), Index("ix_passing_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    way: Mapped[str] = mapped_column(String(8))
    from_line: Mapped[int]
    to_line: Mapped[int]
    from_group_id: Mapped[int | None] = mapped_column(ForeignKey("staff_group.id"))
    to_group_id: Mapped[int | None] = mapped_column(ForeignKey("staff_group.id"))
    from_assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    tried: Mapped[str] = mapped_column(Text, default="")
    found: Mapped[str] = mapped_column(Text, default="")
    needed: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]


class OutsideQuestion(Base):
    """A question to an outsider (line 4), asked on a case: what was asked and what came back.

    `message_id` = the forwarded message; `answer_id` = theirs.
    """

    __tablename__ = "outside_question"
    __table_args__ = (Index("ix_outside_question_case", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    outsider_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    asked_at: Mapped[datetime]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    answered_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
