"""What was said on a case, with its files; and what an agent has half written."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.case import Case
from models.participant import Participant


class MessageKind(StrEnum):
    """Only `public` is ever shown or sent to a client."""

    PUBLIC = "public"
    NOTE = "note"
    FORWARD = "forward"
    SYSTEM = "system"


class Message(Base):
    """`text` is plain; `html`, when there is one, has been sanitised before it was stored."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    kind: Mapped[str] = mapped_column(String(8))
    inbound: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    html: Mapped[str | None]
    quoted: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    case: Mapped[Case] = relationship()
    author: Mapped[Participant] = relationship()
    attachments: Mapped[list["Attachment"]] = relationship(back_populates="message")

    @property
    def is_public(self) -> bool:
        return self.kind == MessageKind.PUBLIC

    @property
    def words(self) -> str:
        """What stands for it where files are not drawn: its text, else the names of its files."""
        return self.text or ", ".join(each.name for each in self.attachments)


class Attachment(Base):
    """A file; `storage_key` is the SHA-256 of its content, `name` what the sender called it."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    storage_key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255))
    content_type: Mapped[str] = mapped_column(String(127))
    size: Mapped[int]

    message: Mapped[Message] = relationship(back_populates="attachments")


class Draft(Base):
    """Half-written text of one person on one case; kind reply | note."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("case_id", "staff_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str] = mapped_column(String(8))
    text: Mapped[str]
    updated_at: Mapped[datetime]
