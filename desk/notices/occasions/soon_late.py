"""A clock on a ticket is about to run out; told by desk.notices.limits, not by an event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.i18n import N_, _, format_datetime, locale
from desk.notices.occasion import APP, DESKTOP, MAIL, Occasion


class SoonLate(Occasion):
    key = "soon_late"
    position = 7
    label = N_("A ticket will soon be late")
    explained = N_(
        "In the last quarter of the limit, an hour of working time at most: to the assignee, "
        "else to the head of the group."
    )
    icon = "alarm-clock"
    title = N_("Soon late: No. %(number)s, %(counters)s")
    usual = (APP, MAIL, DESKTOP)
    weight = 3

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        counters = ", ".join(_name(clock) for clock in _clocks(data))
        return _(self.title, number=number, counters=counters)

    def detail(self, data: Mapping[str, Any]) -> str:
        return "; ".join(self.paragraphs(data))

    def paragraphs(self, data: Mapping[str, Any]) -> list[str]:
        return [_clock_in_words(clock) for clock in _clocks(data)]


def _clocks(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All that came as far at once, each with its names and limit."""
    return [data, *data.get("others", ())]


def _clock_in_words(clock: Mapping[str, Any]) -> str:
    limit = format_datetime(datetime.fromisoformat(clock["limit"]))
    return _("%(counter)s, limit %(time)s", counter=_name(clock), time=limit)


def _name(clock: Mapping[str, Any]) -> str:
    names = clock["names"]
    return str(names.get(locale()) or names["ru"] or names["en"])
