"""Nothing, one value, several values, a change from some to others."""

from typing import Any

from core.i18n import N_, _
from desk.automation.pieces import Piece, Sentence, joined, quoted, words
from desk.automation.shape import MAX_LINE, Form, Shape, first, split_list
from desk.automation.types import Json, ValueType

NOBODY = "-"  # what a form sends for the choice of nobody


class Nothing(Shape):
    key = "none"

    def read(self, form: Form, name: str, kind: ValueType) -> None:
        return None

    def problem(self, value: Any, kind: ValueType) -> str:
        return ""

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        return {}

    def schema(self, kind: ValueType, one: Json) -> Json:
        return {}

    def blank(self, kind: ValueType) -> None:
        return None


class One(Shape):
    key = "one"

    def read(self, form: Form, name: str, kind: ValueType) -> Any:
        return _read(first(form, name), kind)

    def problem(self, value: Any, kind: ValueType) -> str:
        if value in (None, ""):
            return _("Choose or write a value.")
        if not kind.fits(value):
            return kind.refusal(value)
        too_long = isinstance(value, str) and len(value) > MAX_LINE
        return _("It is longer than %(n)s characters.", n=MAX_LINE) if too_long else ""

    def schema(self, kind: ValueType, one: Json) -> Json:
        written = kind.family == "text"
        return {**one, "minLength": 1, "maxLength": MAX_LINE} if written else one

    def gone(self, value: Any, kind: ValueType) -> bool:
        return not kind.exists(value)

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        shown = "…" if value == "" else kind.show(value)
        return {"value": quoted(shown) if kind.family == "text" else shown}


class OneOrNobody(One):
    """None is a choice too."""

    key = "one_or_nobody"

    def read(self, form: Form, name: str, kind: ValueType) -> Any:
        return None if first(form, name) == NOBODY else super().read(form, name, kind)

    def problem(self, value: Any, kind: ValueType) -> str:
        return "" if value is None else super().problem(value, kind)

    def gone(self, value: Any, kind: ValueType) -> bool:
        return value is not None and super().gone(value, kind)

    def schema(self, kind: ValueType, one: Json) -> Json:
        return {"anyOf": [{"type": "null", "title": _("nobody")}, super().schema(kind, one)]}


class Many(Shape):
    key = "many"
    by, last = ", ", N_(" or ")

    def read(self, form: Form, name: str, kind: ValueType) -> list[Any]:
        return [_read(text, kind) for text in form.get(name, ()) if text.strip()]

    def problem(self, value: Any, kind: ValueType) -> str:
        if not isinstance(value, list) or not value:
            return _("Choose at least one value.")
        if len(value) > kind.most:
            return _("These are more than %(n)s values.", n=kind.most)
        return next((kind.refusal(each) for each in value if not kind.fits(each)), "")

    def schema(self, kind: ValueType, one: Json) -> Json:
        return {"type": "array", "items": one, "minItems": 1, "maxItems": kind.most}

    def gone(self, value: Any, kind: ValueType) -> bool:
        return not all(kind.exists(each) for each in value)

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        shown: list[Sentence] = [(Piece(kind.show(each), "value"),) for each in value or []]
        return {"value": joined(shown, self.by, _(self.last)) or words("…")}

    def blank(self, kind: ValueType) -> list[Any]:
        return []


class Names(Many):
    """Names of tags, written with commas between them."""

    key = "names"
    last = ", "

    def read(self, form: Form, name: str, kind: ValueType) -> list[str]:
        return split_list(first(form, name))


class Pair(Shape):
    """{"from": [...], "to": [...]}: an empty list stands for anything."""

    key = "pair"

    def read(self, form: Form, name: str, kind: ValueType) -> dict[str, list[Any]]:
        many = Many()
        return {end: many.read(form, f"{name}.{end}", kind) for end in ("from", "to")}

    def problem(self, value: Any, kind: ValueType) -> str:
        ends = [value.get("from"), value.get("to")] if isinstance(value, dict) else []
        if not all(isinstance(end, list) for end in ends) or not any(ends):
            return _("Choose what it was or what it became.")
        return next((Many().problem(end, kind) for end in ends if end), "")

    def schema(self, kind: ValueType, one: Json) -> Json:
        some = Many().schema(kind, one)
        end = {**some, "minItems": 0}
        return {
            "type": "object",
            "properties": {"from": end, "to": end},
            "required": ["from", "to"],
            "anyOf": [{"properties": {name: {"minItems": 1}}} for name in ("from", "to")],
        }

    def gone(self, value: Any, kind: ValueType) -> bool:
        return any(Many().gone(end, kind) for end in value.values())

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        ends = value if isinstance(value, dict) else {}
        return {
            "before": Many().told(ends.get("from"), kind)["value"],
            "after": Many().told(ends.get("to"), kind)["value"],
        }

    def blank(self, kind: ValueType) -> dict[str, list[Any]]:
        return {"from": [], "to": []}


def _read(text: str, kind: ValueType) -> Any:
    try:
        return kind.read(text)
    except ValueError:
        return text
