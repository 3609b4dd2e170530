"""These letters in a row stand nowhere."""

from typing import Any

from core.i18n import N_
from core.text import Span, fold, spans_of
from desk.automation.operator import Operator, Test


class NotContains(Operator):
    key = "not_contains"
    label = N_("does not contain")
    phrase = N_("%(field)s does not contain %(value)s")
    position = 26
    fits = ("text",)

    def test(self, value: Any) -> Test:
        part = fold(value)
        return lambda seen: part not in fold(seen or "")

    def spans(self, value: Any, seen: Any) -> list[Span]:
        """What spoils it."""
        return spans_of(value, seen or "")
