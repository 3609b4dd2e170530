"""The calendar has no working hours at that instant."""

from typing import Any

from core.i18n import N_
from desk.automation.calendars import is_working_by
from desk.automation.operator import Operator, Test


class Outside(Operator):
    key = "outside"
    label = N_("is outside of")
    phrase = N_("it happened outside of %(value)s")
    position = 20
    fits = ("working_time",)

    def test(self, value: Any) -> Test:
        return lambda seen: is_working_by(value, seen) is False
