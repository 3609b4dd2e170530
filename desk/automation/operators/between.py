"""Within two bounds, both of which belong to it."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class Between(Operator):
    key = "between"
    label = N_("is between")
    phrase = N_("%(field)s between %(before)s and %(after)s")
    position = 95
    fits = ("ordered", "number", "hours", "date")
    shape = "range"

    def test(self, value: Any) -> Test:
        low, high = value["from"], value["to"]
        return lambda seen: seen is not None and bool(low <= seen <= high)
