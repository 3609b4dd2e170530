"""It changed from one of these to one of those; an empty list stands for anything."""

from typing import Any

from core.i18n import N_
from desk.automation.operator import Looks, Operator, Test


class ChangedFromTo(Operator):
    key = "changed_from_to"
    label = N_("changed from, to")
    phrase = N_("%(field)s changed: %(before)s → %(after)s")
    position = 160
    fits = ("choice", "ordered")
    shape = "pair"
    looks = Looks.CHANGE

    def test(self, value: Any) -> Test:
        left, entered = frozenset(value["from"]), frozenset(value["to"])

        def test(seen: Any) -> bool:
            if seen is None:
                return False
            return (not left or seen[0] in left) and (not entered or seen[1] in entered)

        return test
