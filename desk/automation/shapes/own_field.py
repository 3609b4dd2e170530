"""An own field of the company, and a value of its type."""

from typing import Any

from core.i18n import _
from desk.automation.pieces import Sentence
from desk.automation.shape import Form, Shape, first
from desk.automation.shapes.choices import One
from desk.automation.types import Json, OwnFields, ValueType, type_of
from desk.catalog import catalog


class OwnField(Shape):
    """{"field": its key, "value": ...}. `drawn` in a form = the field that it was asked of."""

    key = "own_field"

    def read(self, form: Form, name: str, kind: ValueType) -> dict[str, Any]:
        field = first(form, f"{name}.field")
        its = _its_type(kind, field)
        if its is None or first(form, f"{name}.drawn") not in ("", field):
            return {"field": field, "value": ""}
        return {"field": field, "value": One().read(form, f"{name}.value", its)}

    def problem(self, value: Any, kind: ValueType) -> str:
        field = value.get("field") if isinstance(value, dict) else None
        if not isinstance(field, str) or not field:
            return _("Choose a field.")
        its = _its_type(kind, field)
        return One().problem(value.get("value"), its) if its else ""

    def gone(self, value: Any, kind: ValueType) -> bool:
        its = _its_type(kind, value["field"])
        return its is None or One().gone(value["value"], its)

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        given = value if isinstance(value, dict) else {}
        field, its = given.get("field"), _its_type(kind, given.get("field"))
        shown = One().told(given.get("value", ""), its)["value"] if its else "…"
        return {"field": kind.show(field) if field else "…", "value": shown}

    def schema(self, kind: ValueType, one: Json) -> Json:
        rows = [row for row in catalog().fields.values() if row.is_active]
        return {
            "oneOf": [_schema(row.key, row.name, type_of(row)) for row in rows] or [{"not": {}}]
        }

    def blank(self, kind: ValueType) -> dict[str, str]:
        return {"field": "", "value": ""}


def _its_type(kind: ValueType, field: Any) -> ValueType | None:
    return kind.type_of(field) if isinstance(kind, OwnFields) else None


def _schema(key: str, name: str, kind: ValueType) -> Json:
    return {
        "title": name,
        "type": "object",
        "properties": {"field": {"const": key}, "value": One().schema(kind, kind.schema())},
        "required": ["field", "value"],
        "additionalProperties": False,
    }
