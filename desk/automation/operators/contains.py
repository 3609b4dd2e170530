"""Letters in a row, whatever their case."""

from typing import Any

from core.i18n import N_
from core.text import Span, fold, spans_of
from desk.automation.operator import Operator, Test


class Contains(Operator):
    key = "contains"
    label = N_("contains")
    phrase = N_("%(field)s contains %(value)s")
    position = 25
    fits = ("text",)

    def test(self, value: Any) -> Test:
        part = fold(value)
        return lambda seen: part in fold(seen or "")

    def spans(self, value: Any, seen: Any) -> list[Span]:
        return spans_of(value, seen or "")
