"""A regular expression is found in it; see desk.automation.patterns for what it may say."""

from typing import Any

from core.i18n import N_
from core.text import Span
from desk.automation.operator import Operator, Test
from desk.automation.patterns import pattern


class Matches(Operator):
    key = "matches"
    label = N_("matches the expression")
    phrase = N_("%(field)s matches %(value)s")
    position = 29
    fits = ("text",)
    shape = "pattern"

    def test(self, value: Any) -> Test:
        found = pattern(value)
        return lambda seen: found.holds(seen or "")

    def spans(self, value: Any, seen: Any) -> list[Span]:
        return pattern(value).spans(seen or "")
