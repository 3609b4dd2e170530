"""What the dispatcher did besides giving work, which is a change of the assignee."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.i18n import N_, _
from core.when import duration
from desk import dispatcher
from desk.events.event import CaseEvent

LEFT = {
    "shift": N_("the shift of who had it is over"),
    "absence": N_("who had it is absent"),
    "gone": N_("who had it works here no more"),
}


def why_given(data: Mapping[str, Any]) -> str:
    """Why the dispatcher changed an assignee or a group, by what the event keeps; "" of others.

    `data` = {routing, decision} | {left, why} | {overflow: minutes} | {unanswered: seconds}.
    """
    if "decision" in data:
        return dispatcher.why_chosen(dispatcher.unpacked(data["decision"]))
    if "left" in data:
        why = LEFT[data["why"]]
        return _(why)
    if "overflow" in data:
        return _("it had waited %(time)s", time=duration(data["overflow"] * 60))
    if "unanswered" in data:
        return _("no answer for %(time)s", time=duration(data["unanswered"]))
    return ""


@dataclass(frozen=True, kw_only=True)
class DispatcherHeld(CaseEvent):
    """A case went round in circles; `data` = {times}. No trigger listens to it."""

    kind = "dispatcher_held"

    def sentence(self) -> str:
        times = self.data["times"]
        return _("Given %(times)s times in ten minutes, so it is left to people", times=times)
