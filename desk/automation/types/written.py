"""Values that people write: texts, numbers, hours, dates."""

from typing import Any

from core.i18n import N_, _, format_number
from desk.automation.types.value import Json, ValueType

MOST_AMOUNT = 10**12  # of a number that people write; none is as large


class Text(ValueType):
    family = "text"


class Number(ValueType):
    family = "number"
    least: int | None = None

    def show(self, value: Any) -> str:
        return format_number(round(value, 2)) if self.fits(value) else super().show(value)

    def read(self, text: str) -> Any:
        number = float(text.replace(",", ".").replace("\u00a0", "").strip())
        if not abs(number) < MOST_AMOUNT:
            raise ValueError(text)
        return int(number) if number.is_integer() else number

    def fits(self, value: Any) -> bool:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not abs(value) < MOST_AMOUNT:
            return False
        return self.least is None or bool(value >= self.least)

    def schema(self) -> Json:
        beyond = (
            {"exclusiveMinimum": -MOST_AMOUNT} if self.least is None else {"minimum": self.least}
        )
        return {"type": "number", "exclusiveMaximum": MOST_AMOUNT, **beyond}


class Count(Number):
    """How many there are."""

    least: int | None = 0


class Hours(Number):
    family = "hours"
    unit = N_("h")
    least: int | None = 0

    def show(self, value: Any) -> str:
        shown = super().show(value)
        return f"{shown} {_(self.unit)}" if self.fits(value) else shown

    def schema(self) -> Json:
        return {**super().schema(), "description": _(self.unit)}


class Minutes(Hours):
    """Of working time; below zero when it is late."""

    unit = N_("min")
    least = None


class Date(ValueType):
    """Written 2026-03-02: sorts as it reads."""

    family = "date"

    def schema(self) -> Json:
        return {"type": "string", "format": "date"}
