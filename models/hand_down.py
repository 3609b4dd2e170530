"""Articles that colleagues are asked to read."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.article import Article
from models.participant import Participant
from models.staff import Staff


class HandDown(Base):
    """An article that people of `groups` (their numbers) are to read, and why.

    `reminded_at` = when those who had not were told again.
    """

    __tablename__ = "hand_down"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    by_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    note: Mapped[str] = mapped_column(String(500), default="")
    groups: Mapped[list[Any]]
    at: Mapped[datetime]
    reminded_at: Mapped[datetime | None]

    article: Mapped[Article] = relationship()
    by: Mapped[Participant] = relationship()
    readers: Mapped[list["HandDownReader"]] = relationship(
        back_populates="hand_down",
        cascade="all, delete-orphan",
        order_by="HandDownReader.staff_id",
    )

    @property
    def unread(self) -> list["HandDownReader"]:
        return [one for one in self.readers if one.read_at is None]


class HandDownReader(Base):
    """One of those who were in the groups then; `read_at` = when they said that they had."""

    __tablename__ = "hand_down_reader"

    hand_down_id: Mapped[int] = mapped_column(
        ForeignKey("hand_down.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)
    read_at: Mapped[datetime | None]

    hand_down: Mapped[HandDown] = relationship(back_populates="readers")
    staff: Mapped[Staff] = relationship()
