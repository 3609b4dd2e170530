"""Rows that people know by a name in two languages and other installations by a key."""

from typing import Any

from sqlalchemy import ColumnElement, String, func
from sqlalchemy.orm import Mapped, mapped_column

from core.i18n import locale


def named_in(code: str, ru: str, en: str) -> str:
    """The name in this language, else in the one there is."""
    return (en or ru) if code == "en" else (ru or en)


class Bilingual:
    """The English name may be left out."""

    name_ru: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")

    @property
    def name(self) -> str:
        """In the reader's language, else in the one there is."""
        return self.name_in(locale())

    def name_in(self, code: str) -> str:
        return named_in(code, self.name_ru, self.name_en)


def name_of(model: Any) -> ColumnElement[str | None]:
    """The same as a column, for queries that want no more of the row."""
    first, second = model.name_ru, model.name_en
    if locale() == "en":
        first, second = second, first
    return func.coalesce(func.nullif(first, ""), second)


class Named(Bilingual):
    """`key` is stable and used in exports; `position` is the order that people chose."""

    key: Mapped[str] = mapped_column(String(64), unique=True)
    position: Mapped[int] = mapped_column(default=0)
