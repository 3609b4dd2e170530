"""A colleague handed an article down to my group; told by desk.handing_down."""

from collections.abc import Mapping
from typing import Any

from core.i18n import N_, _, locale
from desk.notices.occasion import APP, MAIL, Occasion


class ToRead(Occasion):
    key = "to_read"
    position = 12
    label = N_("An article to read")
    explained = N_("A colleague hands a solution down to a group that I am in.")
    icon = "book-open"
    title = N_("%(who)s asks you to read: %(title)s")
    usual = (APP, MAIL)
    weight = 2
    button = N_("Read it")
    about_ticket = False

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        title = data.get("titles", {}).get(locale(), "")
        return _(self.title, who=data.get("who", ""), title=title)

    def paragraphs(self, data: Mapping[str, Any]) -> list[str]:
        asked = _("When you have read it, say so on its page: the colleague sees who has.")
        return [*filter(None, [str(data.get("words", ""))]), asked]

    def path(self, number: int | None, data: Mapping[str, Any]) -> str:
        return f"/agent/kb/reading/{data.get('hand_down', 0)}"
