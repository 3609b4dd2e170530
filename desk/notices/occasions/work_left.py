"""A colleague went off shift, fell ill or left: what became of their open work, for the heads."""

from collections.abc import Mapping
from typing import Any

from core.i18n import N_, _, ngettext
from desk.notices.occasion import APP, MAIL, Occasion

WHY = {
    "shift": N_("%(name)s is off shift"),
    "absence": N_("%(name)s is absent"),
    "gone": N_("%(name)s works here no more"),
}


class WorkLeft(Occasion):
    key = "work_left"
    position = 9
    label = N_("Work of an absent colleague was handed on")
    explained = N_("For heads of groups: how much was handed on, put back into the queue or kept")
    icon = "forward"
    title = N_("%(why)s: %(sum)s")
    usual = (APP, MAIL)
    weight = 2
    button = N_("Open the team")
    about_ticket = False

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        because = WHY[data.get("off", "absence")]
        return _(self.title, why=_(because, name=data.get("who", "")), sum=summed(data))

    def paragraphs(self, data: Mapping[str, Any]) -> list[str]:
        return [_("The team page shows who is there and what each of them has.")]

    def path(self, number: int | None, data: Mapping[str, Any]) -> str:
        return "/agent/team"


def summed(data: Mapping[str, Any]) -> str:
    """What became of how many tickets."""
    counts = {key: data.get(key, 0) for key in ("hand_on", "queue", "keep")}
    handed = ngettext("%(num)s ticket handed on", "%(num)s tickets handed on", counts["hand_on"])
    said = {
        "hand_on": handed,
        "queue": _("put back into the queue: %(count)s", count=counts["queue"]),
        "keep": _("kept: %(count)s", count=counts["keep"]),
    }
    return ", ".join(words for key, words in said.items() if counts[key]) or handed
