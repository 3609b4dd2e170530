"""Everyone who can speak or act, and the addresses by which they are known."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from core.i18n import DEFAULT_LOCALE, company_zone


class ParticipantKind(StrEnum):
    STAFF = "staff"
    CLIENT = "client"
    OUTSIDER = "outsider"
    BOT = "bot"
    RULE = "rule"
    COUNTER = "counter"
    DISPATCHER = "dispatcher"
    API_KEY = "api_key"


class ContactKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


@lru_cache(maxsize=4096)
def initials_of(name: str) -> str:
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


class Participant(Base):
    """One author column everywhere points here; staff and clients add their own columns."""

    __tablename__ = "participant"
    __table_args__ = (Index("ix_participant_name", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    locale: Mapped[str] = mapped_column(String(8), default=DEFAULT_LOCALE)
    own_zone: Mapped[str] = mapped_column("zone", String(64), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_key: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]

    contact_points: Mapped[list["ContactPoint"]] = relationship(
        back_populates="participant", order_by="ContactPoint.id"
    )

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "participant"}

    @property
    def zone(self) -> str:
        """The time zone: the own one, else that of the company."""
        return self.own_zone or company_zone()

    @zone.setter
    def zone(self, name: str) -> None:
        self.own_zone = name

    @property
    def email(self) -> str | None:
        """The address to write to: the first that has not bounced."""
        mails = [p for p in self.contact_points if p.kind == ContactKind.EMAIL]
        usable = [p for p in mails if p.bounced_at is None]
        return usable[0].value if usable else None

    @property
    def initials(self) -> str:
        return initials_of(self.name)

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else ""

    @property
    def is_staff(self) -> bool:
        return self.kind == ParticipantKind.STAFF

    @property
    def is_active(self) -> bool:
        return self.deactivated_at is None

    # Flask-Login's protocol; the session key in the id lets "sign out everywhere" work.
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        return f"{self.id}.{self.session_key}"


class Outsider(Participant):
    """Somebody with an address only: an expert at a vendor, a colleague without an account."""

    __mapper_args__ = {"polymorphic_identity": ParticipantKind.OUTSIDER}


class RuleActor(Participant):
    """The author of everything that triggers do; the event's cause tells which trigger."""

    __mapper_args__ = {"polymorphic_identity": ParticipantKind.RULE}


class CounterActor(Participant):
    """The author of everything that counters do."""

    __mapper_args__ = {"polymorphic_identity": ParticipantKind.COUNTER}


class DispatcherActor(Participant):
    """The author of everything that the dispatcher does."""

    __mapper_args__ = {"polymorphic_identity": ParticipantKind.DISPATCHER}


class Bot(Participant):
    """A scripted speaker in dialogs."""

    __mapper_args__ = {"polymorphic_identity": ParticipantKind.BOT}


class ApiKey(Participant):
    """A program that acts through the API."""

    __mapper_args__ = {"polymorphic_identity": ParticipantKind.API_KEY}


class ContactPoint(Base):
    """An address by which an incoming message finds its person; `value` is normalised."""

    __tablename__ = "contact_point"
    __table_args__ = (UniqueConstraint("kind", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(320))
    verified_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]

    participant: Mapped[Participant] = relationship(back_populates="contact_points")
