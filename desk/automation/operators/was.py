"""Its value before this event, whether it changed or not."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Looks, Operator, Test


class Was(Operator):
    key = "was"
    label = N_("was before")
    phrase = N_("%(field)s was %(value)s")
    position = 120
    fits = ("choice", "ordered")
    shape = "many"
    looks = Looks.BEFORE

    def test(self, value: Any) -> Test:
        wanted = frozenset(value)
        return lambda seen: seen in wanted
