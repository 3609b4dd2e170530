"""It stayed as it was."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Looks, Operator, Test


class NotChanged(Operator):
    key = "not_changed"
    label = N_("did not change")
    phrase = N_("%(field)s did not change")
    position = 150
    fits = ("choice", "ordered", "text", "set", "number", "date")
    shape = "none"
    looks = Looks.CHANGE

    def test(self, value: Any) -> Test:
        return lambda seen: seen is None
