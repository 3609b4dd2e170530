"""Not one of these is among them."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class HasNone(Operator):
    key = "has_none"
    label = N_("has none of")
    phrase = N_("%(field)s: none of %(value)s")
    position = 70
    fits = ("set",)
    shape = "many"

    def test(self, value: Any) -> Test:
        unwanted = frozenset(value)
        return lambda seen: unwanted.isdisjoint(seen or ())
