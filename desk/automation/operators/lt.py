"""Less than a value; nothing is never less."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class LessThan(Operator):
    key = "lt"
    label = N_("less than")
    phrase = N_("%(field)s less than %(value)s")
    position = 90
    fits = ("ordered", "number", "hours", "date")

    def test(self, value: Any) -> Test:
        return lambda seen: seen is not None and bool(seen < value)
