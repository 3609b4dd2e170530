"""Begins with these letters, whatever their case."""

from typing import Any

from core.i18n import N_
from core.text import fold
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
