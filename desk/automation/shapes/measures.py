"""Bounds, numbers of days, regular expressions."""

from typing import Any

from core.i18n import _, ngettext
from desk.automation.pattern_faults import in_words
from desk.automation.patterns import pattern
from desk.automation.pieces import Sentence, quoted
from desk.automation.shape import MAX_LINE, Form, Shape
from desk.automation.shapes.choices import One
from desk.automation.types import Json, ValueType

MAX_DAYS = 36_500


class Range(Shape):
    """{"from": ..., "to": ...}, both belong to it."""

    key = "range"

    def read(self, form: Form, name: str, kind: ValueType) -> dict[str, Any]:
        return {end: One().read(form, f"{name}.{end}", kind) for end in ("from", "to")}

    def problem(self, value: Any, kind: ValueType) -> str:
        given = value if isinstance(value, dict) else {}
        ends: list[Any] = [given.get("from"), given.get("to")]
        wrong = next(filter(None, (One().problem(end, kind) for end in ends)), "")
        if not wrong and ends[0] > ends[1]:
            return _("The first value must not be above the second.")
        return wrong

    def schema(self, kind: ValueType, one: Json) -> Json:
        ends = {end: One().schema(kind, one) for end in ("from", "to")}
        return {"type": "object", "properties": ends, "required": ["from", "to"]}

    def gone(self, value: Any, kind: ValueType) -> bool:
        return any(not kind.exists(end) for end in value.values())

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        ends = value if isinstance(value, dict) else {}
        names = {"before": ends.get("from", ""), "after": ends.get("to", "")}
        return {name: _shown(end, kind) for name, end in names.items()}

    def blank(self, kind: ValueType) -> dict[str, Any]:
        return {"from": "", "to": ""}


class Days(Shape):
    """A whole number of days."""

    key = "days"

    def read(self, form: Form, name: str, kind: ValueType) -> Any:
        text = super().read(form, name, kind)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text

    def problem(self, value: Any, kind: ValueType) -> str:
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_DAYS
        return "" if fits else _("Write a number of days, at most %(n)s.", n=MAX_DAYS)

    def schema(self, kind: ValueType, one: Json) -> Json:
        return {"type": "integer", "minimum": 0, "maximum": MAX_DAYS}

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return {"value": ngettext("%(n)s day", "%(n)s days", value) if is_number else "…"}


class PatternShape(Shape):
    """A regular expression, refused where the engine does not understand it."""

    key = "pattern"

    def problem(self, value: Any, kind: ValueType) -> str:
        if not isinstance(value, str) or not value:
            return _("Write an expression.")
        if len(value) > MAX_LINE:
            return _("It is longer than %(n)s characters.", n=MAX_LINE)
        try:
            pattern(value)
        except ValueError as error:
            return _("This expression is not understood: %(why)s", why=in_words(str(error))[:200])
        return ""

    def schema(self, kind: ValueType, one: Json) -> Json:
        """No format "regex": that would be another syntax than the one of RE2."""
        return {"type": "string", "minLength": 1, "maxLength": MAX_LINE, "description": "RE2"}

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        return {"value": quoted(str(value or "…"))}


def _shown(end: Any, kind: ValueType) -> str:
    """What does not fit is shown as it is, so that it can be seen what is wrong."""
    return kind.show(end) if kind.fits(end) and end != "" else str(end or "…")
