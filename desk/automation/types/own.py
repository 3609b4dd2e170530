"""The company's own fields: which there are, and what each may hold."""

from datetime import date
from typing import Any

from desk.automation.types.choices import Choice, Words, YesNo
from desk.automation.types.value import Options, ValueType
from desk.automation.types.written import Date, Number, Text
from desk.catalog import catalog
from models import CustomField


class IsoDate(Date):
    def read(self, text: str) -> str:
        return date.fromisoformat(text.strip()).isoformat()

    def fits(self, value: Any) -> bool:
        try:
            return isinstance(value, str) and self.read(value) == value
        except ValueError:
            return False


def type_of(row: CustomField) -> ValueType:
    if row.kind == "choice":
        return Words("choice", {str(each): str(each) for each in row.choices})
    if row.kind == "number":
        return Number()
    if row.kind == "date":
        return IsoDate()
    return YesNo() if row.kind == "bool" else Text()


class OwnFields(Choice):
    """One of these fields, by its key."""

    def __init__(self) -> None:
        super().__init__("own_field")

    def options(self) -> Options:
        return [(row.key, row.name) for row in self._rows().values() if row.is_active]

    def named(self, value: Any) -> str:
        row = self._rows().get(value)
        return row.name if row else str(value)

    def read(self, text: str) -> str:
        return text

    def fits(self, value: Any) -> bool:
        return isinstance(value, str)

    def exists(self, value: Any) -> bool:
        return value in self._rows()

    def type_of(self, key: Any) -> ValueType | None:
        """Of the values of this field; None when there is no such field (any more)."""
        row = self._rows().get(key) if isinstance(key, str) else None
        return type_of(row) if row else None

    @staticmethod
    def _rows() -> dict[str, CustomField]:
        return {str(row.key): row for row in catalog().fields.values()}
