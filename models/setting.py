"""Small things to remember: settings, revisions, used form keys, sign-in attempts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.participant import Participant


class Setting(Base):
    """`value` is {"value": anything JSON can hold}."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[dict[str, Any]]


class Revision(Base):
    """Grows when something that processes keep in memory has changed: catalog, rules, policies."""

    __tablename__ = "revision"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class Heartbeat(Base):
    """When a background worker was last seen, and what it said of itself."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Submission(Base):
    """A form that was sent: its idempotency key, a keyed hash of what stood in it, and where the
    sender was led. An empty hash is of before there were any."""

    __tablename__ = "submission"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    endpoint: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(String(500), default="")
    fingerprint: Mapped[str] = mapped_column(String(64), default="", server_default="")
    at: Mapped[datetime] = mapped_column(index=True)


class Attempt(Base):
    """One try of something that is limited, under a bucket such as `sign-in:ivan@example.ru`."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_bucket", "bucket", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class SignInLink(Base):
    """A one-time way in, sent by mail; only the token's hash is kept."""

    __tablename__ = "sign_in_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    participant: Mapped[Participant] = relationship()
