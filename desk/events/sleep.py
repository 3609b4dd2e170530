"""A case was put out of sight for a while, and came back."""

from dataclasses import dataclass
from datetime import datetime

from core.i18n import N_, _
from core.when import full_moment
from desk.events.event import CaseEvent

RETURNS = {
    "time": N_("Returned: the time has come"),
    "client": N_("Returned: the client wrote"),
    "person": N_("Returned by hand"),
}


@dataclass(frozen=True, kw_only=True)
class Snoozed(CaseEvent):
    """`data` = {until}, an ISO moment."""

    kind = "snoozed"
    label = N_("Ticket put off")

    def sentence(self) -> str:
        until = datetime.fromisoformat(self.data["until"])
        return _("Put off until %(moment)s", moment=full_moment(until))


@dataclass(frozen=True, kw_only=True)
class Returned(CaseEvent):
    """`data` = {why}, a key of RETURNS."""

    kind = "returned"
    label = N_("Returned after being put off")

    def sentence(self) -> str:
        why = self.data["why"]
        return _(RETURNS[why])
