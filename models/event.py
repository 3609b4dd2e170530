"""The one log of everything that happened: history, "why?", replay, reports and audit read it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.case import Case
from models.participant import Participant


class EventRecord(Base):
    """Append-only. `changes` = {field: [before, after]}; ids grow, live pages use them as cursor.

    `unit` ties together what one transaction did; the cause columns tell which event and which
    rule or counter led to this one; `depth` is the length of that chain.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_case", "case_id", "id"),
        Index("ix_event_kind", "kind", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(32))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    cause_event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    cause_rule_version_id: Mapped[int | None] = mapped_column(ForeignKey("rule_version.id"))
    cause_counter_id: Mapped[int | None] = mapped_column(ForeignKey("counter.id"))
    depth: Mapped[int] = mapped_column(default=0)
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

    actor: Mapped[Participant] = relationship()
    case: Mapped[Case | None] = relationship()
