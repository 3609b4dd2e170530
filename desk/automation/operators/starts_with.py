"""Begins with these letters, whatever their case."""

from typing import Any

from core.i18n import N_
from core.text import Span, fold, spans_of
from desk.automation.operator import Operator, Test


class StartsWith(Operator):
    key = "starts_with"
    label = N_("starts with")
    phrase = N_("%(field)s starts with %(value)s")
    position = 27
    fits = ("text",)

    def test(self, value: Any) -> Test:
        part = fold(value)
        return lambda seen: fold(seen or "").startswith(part)

    def spans(self, value: Any, seen: Any) -> list[Span]:
        return spans_of(value, seen or "")[:1] if self.test(value)(seen) else []
