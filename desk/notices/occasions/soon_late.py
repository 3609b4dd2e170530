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
    explained = N_("15 minutes before the limit: to the assignee, else to the head of the group.")
    icon = "alarm-clock"
    title = N_("Soon late: No. %(number)s")
    usual = (APP, MAIL, DESKTOP)
    weight = 3

    def detail(self, data: Mapping[str, Any]) -> str:
        limit = format_datetime(datetime.fromisoformat(data["limit"]))
        name = data["names"].get(locale()) or data["names"]["ru"] or data["names"]["en"]
        return _("%(counter)s, limit %(time)s", counter=name, time=limit)

    def paragraphs(self, data: Mapping[str, Any]) -> list[str]:
        return [self.detail(data)]
