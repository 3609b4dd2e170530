"""The calendar has working hours at that instant."""

from typing import Any

from core.i18n import N_
from desk.automation.calendars import is_working_by
from desk.automation.operator import Operator, Test


class Inside(Operator):
    key = "inside"
    label = N_("is within")
    phrase = N_("it happened within %(value)s")
    position = 10
    fits = ("working_time",)

    def test(self, value: Any) -> Test:
        return lambda seen: is_working_by(value, seen) is True
