"""What the company's clients call one thing."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class SynonymGroup(Base):
    """`words` = words and phrases that stand for one another; `version` counts the changes."""

    __tablename__ = "synonym_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[list[Any]]
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
