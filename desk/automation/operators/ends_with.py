"""The last words of a text."""

from typing import Any

from core.i18n import N_
from core.text import Span, fold, spans_of
from desk.automation.operator import Operator, Test


class EndsWith(Operator):
    key = "ends_with"
    label = N_("ends with")
    phrase = N_("%(field)s ends with %(value)s")
    position = 28
    fits = ("text",)

    def test(self, value: Any) -> Test:
        part = fold(value)
        return lambda seen: fold(seen or "").rstrip().endswith(part)

    def spans(self, value: Any, seen: Any) -> list[Span]:
        return spans_of(value, seen or "")[-1:] if self.test(value)(seen) else []
