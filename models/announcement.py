"""What clients are told before they write: a known outage, a change of hours."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from core.i18n import locale
from models.work_place import Direction


class Announcement(Base):
    """Shown from `starts_at` until `ends_at` (None = until it is taken down); without a direction
    it is for the clients of all."""

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    direction_id: Mapped[int | None] = mapped_column(ForeignKey("direction.id"))
    text_ru: Mapped[str] = mapped_column(String(500))
    text_en: Mapped[str] = mapped_column(String(500), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None] = mapped_column(index=True)

    direction: Mapped[Direction | None] = relationship()

    @property
    def text(self) -> str:
        """In the reader's language, else in the one there is."""
        return (self.text_en or self.text_ru) if locale() == "en" else self.text_ru
