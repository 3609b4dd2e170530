"""An article that I look after is due to be looked at again; told by desk.care."""

from collections.abc import Mapping
from typing import Any

from core.i18n import N_, _, locale
from desk.notices.occasion import APP, MAIL, Occasion


class Review(Occasion):
    key = "review"
    position = 13
    label = N_("An article is to be looked at again")
    explained = N_("To whoever looks after it, on the day that was chosen for it.")
    icon = "clock"
    title = N_("Look at the article again: %(title)s")
    usual = (APP, MAIL)
    weight = 1
    button = N_("Open the article")
    about_ticket = False

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        return _(self.title, title=data.get("titles", {}).get(locale(), ""))

    def paragraphs(self, data: Mapping[str, Any]) -> list[str]:
        return [
            _("You look after it, and this is the day that was chosen to see whether it holds.")
        ]

    def path(self, number: int | None, data: Mapping[str, Any]) -> str:
        return f"/agent/kb/{data.get('article', 0)}"
