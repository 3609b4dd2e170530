"""The product stopped triggers: a rule that fails or runs away, a chain that set itself off."""

from collections.abc import Mapping
from typing import Any

from core.i18n import N_, _, again, locale
from desk.notices.occasion import Occasion


class RuleStopped(Occasion):
    key = "rule_stopped"
    position = 9
    label = N_("A trigger was switched off")
    explained = N_("By the product itself, because it fails or triggers set each other off.")
    icon = "octagon-pause"
    template = "alert"
    button = N_("Open the trigger")
    for_admins = True
    about_ticket = False

    def sentence(self, number: int | None, data: Mapping[str, Any]) -> str:
        if data["why"]:
            return _("Trigger “%(name)s” was switched off", name=data["name"])
        return _("Triggers set each other off: “%(name)s”", name=data["name"])

    def detail(self, data: Mapping[str, Any]) -> str:
        why = data["why"]
        return again(why) if why else _("The chain was stopped.")

    def paragraphs(self, data: Mapping[str, Any]) -> list[str]:
        names = [one[locale()] or one["ru"] or one["en"] for one in data["chain"]]
        said = [_("Why: %(why)s", why=self.detail(data)) if data["why"] else self.detail(data)]
        if names:
            said.append(_("In this order: %(chain)s", chain=" → ".join(names)))
        return [*said, _("Seen last on No. %(number)s.", number=data["case"])]

    def path(self, number: int | None, data: Mapping[str, Any]) -> str:
        return f"/admin/triggers/{data['rule']}"
