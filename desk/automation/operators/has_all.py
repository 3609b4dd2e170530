"""All of these are among them."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class HasAll(Operator):
    key = "has_all"
    label = N_("has all of")
    phrase = N_("%(field)s: all of %(value)s")
    position = 60
    fits = ("set",)
    shape = "many"

    def test(self, value: Any) -> Test:
        wanted = frozenset(value)
        return lambda seen: wanted.issubset(seen or ())
