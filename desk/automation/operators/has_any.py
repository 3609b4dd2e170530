"""At least one of these is among them."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class HasAny(Operator):
    key = "has_any"
    label = N_("has any of")
    phrase = N_("%(field)s: any of %(value)s")
    position = 50
    fits = ("set",)
    shape = "many"

    def test(self, value: Any) -> Test:
        wanted = frozenset(value)
        return lambda seen: not wanted.isdisjoint(seen or ())
