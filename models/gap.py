"""What people need to know and no article tells: the work list of editors."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.article import Article
from models.participant import Participant


class GapKind(StrEnum):
    """`search`: looked for and not found or not opened; `tickets`: asked again and again;
    `article`: read, and did not help."""

    SEARCH = "search"
    TICKETS = "tickets"
    ARTICLE = "article"


class GapState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DISMISSED = "dismissed"


class KnowledgeGap(Base):
    """Found anew every hour; what was decided stays, and hides what was said before.

    `clients` = how many people it concerns; `examples`: what was looked for, or numbers of cases;
    `article` = the one that is meant, or that was written.
    """

    __tablename__ = "knowledge_gap"
    __table_args__ = (
        UniqueConstraint("kind", "locale", "key"),
        Index("ix_knowledge_gap_state", "state", "clients"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    locale: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(32))
    said: Mapped[str] = mapped_column(String(250))
    clients: Mapped[int]
    examples: Mapped[list[Any]] = mapped_column(default=list)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(16), default=GapState.OPEN)
    last_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    decided_at: Mapped[datetime | None]

    article: Mapped[Article | None] = relationship()
    decided_by: Mapped[Participant | None] = relationship()
