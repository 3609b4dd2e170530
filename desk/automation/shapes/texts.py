"""Texts that administrators write, in one language or in both."""

import re
from typing import Any

from core.i18n import LOCALES, N_, _, locale
from desk.automation.pieces import Sentence, quoted
from desk.automation.shape import MAX_LINE, MAX_TEXT, Form, Shape, first
from desk.automation.types import Json, ValueType
from desk.errors import Invalid
from desk.people import normal_email

NAMES = {"ru": N_("in Russian"), "en": N_("in English")}
_WRITTEN = {"pattern": r"\S"}
_HOLE = re.compile(r"\{\{[^{}]*\}\}")  # a placeholder


class Area(Shape):
    """A text of several lines."""

    key = "area"

    def problem(self, value: Any, kind: ValueType) -> str:
        if not isinstance(value, str) or not value.strip():
            return _("Write a text.")
        too_long = len(value) > MAX_TEXT
        return _("It is longer than %(n)s characters.", n=MAX_TEXT) if too_long else ""

    def schema(self, kind: ValueType, one: Json) -> Json:
        return {"type": "string", "maxLength": MAX_TEXT, **_WRITTEN}

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        return {"value": quoted(short(value))}

    def unsaid(self, value: Any) -> dict[str, str]:
        return {"": str(value or "")}


class Line(Area):
    """A text that may be left out."""

    key = "line"

    def problem(self, value: Any, kind: ValueType) -> str:
        if not isinstance(value, str):
            return _("Write a text.")
        too_long = len(value) > MAX_LINE
        return _("It is longer than %(n)s characters.", n=MAX_LINE) if too_long else ""

    def schema(self, kind: ValueType, one: Json) -> Json:
        return {"type": "string", "maxLength": MAX_LINE}


class Address(Shape):
    """An e-mail address."""

    key = "address"

    def problem(self, value: Any, kind: ValueType) -> str:
        try:
            normal_email(value if isinstance(value, str) else "")
        except Invalid as error:
            return str(error)
        return ""

    def schema(self, kind: ValueType, one: Json) -> Json:
        return {"type": "string", "format": "email"}


class LineInBoth(Shape):
    """{"ru": ..., "en": ...}; one of them is enough."""

    key = "line_in_both"
    limit = MAX_LINE

    def read(self, form: Form, name: str, kind: ValueType) -> dict[str, str]:
        return {code: first(form, f"{name}.{code}") for code in LOCALES}

    def problem(self, value: Any, kind: ValueType) -> str:
        texts = list(value.values()) if isinstance(value, dict) else []
        if not all(isinstance(text, str) for text in texts) or not any(map(str.strip, texts)):
            return _("Write a text in one language at least.")
        too_long = any(len(text) > self.limit for text in texts)
        return _("It is longer than %(n)s characters.", n=self.limit) if too_long else ""

    def told(self, value: Any, kind: ValueType) -> dict[str, str | Sentence]:
        return {"value": quoted(short(in_language(value)))}

    def unsaid(self, value: Any) -> dict[str, str]:
        given = value if isinstance(value, dict) else {}
        return {_(NAMES[code]): str(given.get(code, "")) for code in LOCALES}

    def schema(self, kind: ValueType, one: Json) -> Json:
        text = {"type": "string", "maxLength": self.limit}
        return {
            "type": "object",
            "properties": dict.fromkeys(LOCALES, text),
            "additionalProperties": False,
            "anyOf": [{"required": [code], "properties": {code: _WRITTEN}} for code in LOCALES],
        }

    def blank(self, kind: ValueType) -> dict[str, str]:
        return dict.fromkeys(LOCALES, "")


class AreaInBoth(LineInBoth):
    key = "area_in_both"
    limit = MAX_TEXT


def in_language(texts: Any, code: str = "") -> str:
    """The text of the reader's language, else the one there is."""
    from_ = texts if isinstance(texts, dict) else {"": str(texts or "")}
    wanted = from_.get(code or locale(), "")
    return wanted if wanted.strip() else next((t for t in from_.values() if t.strip()), "")


def short(value: Any) -> str:
    """A line for a sentence: placeholders as dots, cut where it is long."""
    line = " ".join(_HOLE.sub("…", str(value or "…")).split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"
