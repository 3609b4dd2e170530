"""There is a value."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class NotEmpty(Operator):
    key = "not_empty"
    label = N_("is not empty")
    phrase = N_("%(field)s is not empty")
    position = 110
    fits = ("choice", "text", "set", "number", "date")
    shape = "none"

    def test(self, value: Any) -> Test:
        return lambda seen: seen not in (None, "", [])
