"""There is no value."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class Empty(Operator):
    key = "empty"
    label = N_("is empty")
    phrase = N_("%(field)s is empty")
    position = 100
    fits = ("choice", "text", "set", "number", "date")
    shape = "none"

    def test(self, value: Any) -> Test:
        return lambda seen: seen in (None, "", [])
