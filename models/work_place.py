"""Where work belongs: directions (businesses or brands) and the lines of support."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from models.named import Bilingual, Named


class Direction(Named, Base):
    """A business or brand with its own queue, sender address and load figures."""

    __tablename__ = "direction"

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_from: Mapped[str] = mapped_column(String(320), default="")
    is_active: Mapped[bool] = mapped_column(default=True)


class Line(Bilingual, Base):
    """Line 0 is self-service, 1-3 are ours, 4 are outsiders. The id is the line's number."""

    __tablename__ = "line"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hidden_from_clients: Mapped[bool] = mapped_column(default=False)
