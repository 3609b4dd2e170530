"""A clock on a ticket is about to run out; told by desk.notices.limits, not by an event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.i18n import N_, _, format_datetime, locale
from desk.deadlines.soon import NEAR, stage_of
from desk.notices.occasion import APP, DESKTOP, MAIL, Occasion
from models import Case, Counter, CounterState, Staff


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

    def holds_still(self, case: Case, person: Staff, data: Mapping[str, Any]) -> bool:
        """One of its clocks is as far still, and it is nobody else's ticket."""
        mine = case.assignee_id in (None, person.id)
        its = [one["clock"] for one in _clocks(data) if "clock" in one]
        clocks = [each for each in case.counters if each.id in its or not its]
        return case.is_open and mine and any(map(self._has_come, clocks))

    def _has_come(self, counter: Counter) -> bool:
        """Near still: what is late by now is told as that."""
        if counter.state != CounterState.RUNNING or counter.limit_at is None:
            return False
        return stage_of(counter.limit_at, counter.near_at) == NEAR

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        counters = ", ".join(_name(one) for one in _clocks(data))
        return _(self.title, number=number, counters=counters)

    def detail(self, data: Mapping[str, Any]) -> str:
        return "; ".join(self.paragraphs(data))

    def paragraphs(self, data: Mapping[str, Any]) -> list[str]:
        return [_clock_in_words(one) for one in _clocks(data)]


def _clocks(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All that came as far at once, each with its names and limit."""
    return [data, *data.get("others", ())]


def _clock_in_words(one: Mapping[str, Any]) -> str:
    limit = format_datetime(datetime.fromisoformat(one["limit"]))
    return _("%(counter)s, limit %(time)s", counter=_name(one), time=limit)


def _name(one: Mapping[str, Any]) -> str:
    names = one["names"]
    return str(names.get(locale()) or names["ru"] or names["en"])
