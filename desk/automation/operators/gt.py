"""Greater than a value; nothing is never greater."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class GreaterThan(Operator):
    key = "gt"
    label = N_("more than")
    phrase = N_("%(field)s more than %(value)s")
    position = 80
    fits = ("ordered", "number", "hours", "date")

    def test(self, value: Any) -> Test:
        return lambda seen: seen is not None and bool(seen > value)
