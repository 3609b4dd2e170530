"""The doors: what came in, and what must leave."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.case import Case
from models.participant import Participant

TO_SEND = text("state IN ('queued', 'sending', 'deferred')")


class OutboxState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"


class OutboxItem(Base):
    """One message to one recipient, unique by `dedupe_key`; sent under a lease."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_next", "next_at", "id", sqlite_where=TO_SEND, postgresql_where=TO_SEND),
        Index("ix_outbox_state", "state", "id"),
        Index("ix_outbox_case", "case_id", "id"),
        Index("ix_outbox_recipient", "recipient", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str] = mapped_column(String(320))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    template: Mapped[str] = mapped_column(String(64))
    payload: Mapped[dict[str, Any]]
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(8), default=OutboxState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    message_id: Mapped[str] = mapped_column(String(250), unique=True)
    receipt: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    case: Mapped[Case | None] = relationship()
    participant: Mapped[Participant | None] = relationship()

    def is_lost_to(self, participant_id: int) -> bool:
        """True when this person was to get it and will not, unless somebody helps."""
        return self.state == OutboxState.FAILED and self.participant_id == participant_id


class InboundState(StrEnum):
    STORED = "stored"
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    AUTOMATIC = "automatic"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


class Inbound(Base):
    """Something that arrived; each reaches exactly one end state. `outside_id` is the sender's."""

    __tablename__ = "inbound"
    __table_args__ = (UniqueConstraint("channel", "mailbox", "outside_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    mailbox: Mapped[str] = mapped_column(String(320), default="")
    outside_id: Mapped[str] = mapped_column(String(250))
    raw_key: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12), default=InboundState.STORED)
    reason: Mapped[str] = mapped_column(default="")
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    at: Mapped[datetime]
