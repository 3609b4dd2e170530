"""A date that is more than so many days ago."""

from collections.abc import Callable
from datetime import date
from typing import Any

from core.i18n import N_
from desk.automation.moment import Moment
from desk.automation.operator import Looks, Operator, Test


class OlderThan(Operator):
    key = "older_than"
    label = N_("is older than")
    phrase = N_("%(field)s is older than %(value)s")
    position = 96
    fits = ("date",)
    shape = "days"
    looks = Looks.AGE

    def test(self, value: Any) -> Test:
        return lambda seen: seen is not None and bool(seen > value)

    def seer(self, key: str, read: Callable[[Moment], Any]) -> Callable[[Moment], Any]:
        return lambda moment: _days_since(read(moment), moment)


def _days_since(written: Any, moment: Moment) -> int | None:
    """None for what is no date."""
    try:
        return (moment.now.date() - date.fromisoformat(written)).days
    except (TypeError, ValueError):
        return None
