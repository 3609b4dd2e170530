"""What administrators wrote in place of the product's own letters."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from models.participant import Participant


class MailTemplate(Base):
    """One version of a letter's text in one language; the highest of a key is in force.

    `is_built_in` = from here on the product's own text again. `title` stands above the letter,
    empty = the subject does. `broken` = why it could not be drawn; then the own text was sent.
    """

    __tablename__ = "mail_template"
    __table_args__ = (UniqueConstraint("key", "locale", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32))
    locale: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(250))
    title: Mapped[str] = mapped_column(String(250), default="")
    body: Mapped[str]
    is_built_in: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("participant.id"))
    at: Mapped[datetime]
    broken: Mapped[str] = mapped_column(String(250), default="")
    broken_at: Mapped[datetime | None]

    author: Mapped[Participant] = relationship()
