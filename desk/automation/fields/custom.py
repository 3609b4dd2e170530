"""The company's own fields: each row of custom_field is a field of conditions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import Date, Number, Text, ValueType, Words, YesNo
from models import CustomField


class IsoDate(Date):
    def read(self, text: str) -> str:
        return date.fromisoformat(text.strip()).isoformat()


class OwnField(Field):
    """Not declared but made: one for each row."""

    section = "own"
    position = 300
    has_history = True

    def __init__(self, row: CustomField) -> None:
        self.key = f"field.{row.key}"
        self.row = row
        self.type = _type_of(row)

    @property
    def name(self) -> str:
        return self.row.name

    def reader(self) -> Callable[[Moment], Any]:
        key = self.key
        return lambda moment: _yes_no(moment.facts[key])


def custom_field(row: CustomField) -> Field:
    return OwnField(row)


def _type_of(row: CustomField) -> ValueType:
    if row.kind == "choice":
        return Words("choice", {str(each): str(each) for each in row.choices})
    if row.kind == "number":
        return Number()
    if row.kind == "date":
        return IsoDate()
    return YesNo() if row.kind == "bool" else Text()


def _yes_no(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
