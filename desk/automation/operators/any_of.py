"""Equal to one of several values."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Operator, Test


class AnyOf(Operator):
    key = "any_of"
    label = N_("is one of")
    phrase = N_("%(field)s is %(value)s")
    position = 30
    fits = ("choice", "ordered")
    shape = "many"

    def test(self, value: Any) -> Test:
        return frozenset(value).__contains__
