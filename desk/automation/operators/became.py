"""It changed, and to one of these."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Looks, Operator, Test


class Became(Operator):
    key = "became"
    label = N_("became")
    phrase = N_("%(field)s became %(value)s")
    position = 130
    fits = ("choice", "ordered")
    shape = "many"
    looks = Looks.CHANGE

    def test(self, value: Any) -> Test:
        wanted = frozenset(value)
        return lambda seen: seen is not None and seen[1] in wanted
