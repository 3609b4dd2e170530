"""It changed, whatever to."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Looks, Operator, Test


class Changed(Operator):
    key = "changed"
    label = N_("changed")
    phrase = N_("%(field)s changed")
    position = 140
    fits = ("choice", "ordered", "text", "set", "number", "date")
    shape = "none"
    looks = Looks.CHANGE

    def test(self, value: Any) -> Test:
        return lambda seen: seen is not None
