"""Pictures in articles."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class Picture(Base):
    """`key` = the beginning of the SHA-256 of its content, and its address: who knows it may see
    the picture. `width` and `height` in pixels, `size` in bytes."""

    __tablename__ = "picture"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    storage_key: Mapped[str] = mapped_column(String(64))
    content_type: Mapped[str] = mapped_column(String(32))
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"))
    at: Mapped[datetime]
