"""The company's own fields: each row of custom_field is a field of conditions."""

from collections.abc import Callable
from typing import Any

from desk.automation.field import Field
from desk.automation.moment import Moment
from desk.automation.types import type_of
from models import CustomField


class OwnField(Field):
    """Not declared but made: one for each row."""

    section = "own"
    position = 300
    has_history = True

    def __init__(self, row: CustomField) -> None:
        self.key = f"field.{row.key}"
        self.row = row
        self.type = type_of(row)

    @property
    def name(self) -> str:
        return self.row.name

    def reader(self) -> Callable[[Moment], Any]:
        key = self.key
        return lambda moment: _yes_no(moment.facts[key])


def custom_field(row: CustomField) -> Field:
    return OwnField(row)


def _yes_no(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
