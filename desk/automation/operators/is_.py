"""Equal to one value."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class Is(Operator):
    key = "is"
    label = N_("is")
    phrase = N_("%(field)s is %(value)s")
    position = 10
    fits = ("choice", "ordered", "text", "number", "date")

    def test(self, value: Any) -> Test:
        return frozenset([value]).__contains__
