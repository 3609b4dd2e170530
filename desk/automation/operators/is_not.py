"""Anything but one value; nothing at all included."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class IsNot(Operator):
    key = "is_not"
    label = N_("is not")
    phrase = N_("%(field)s is not %(value)s")
    position = 20
    fits = ("choice", "ordered", "text", "number", "date")

    def test(self, value: Any) -> Test:
        return lambda seen: bool(seen != value)
