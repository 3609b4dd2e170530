"""Put a case into a status."""

from typing import Any

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.subjects import TICKET
from desk.automation.types import Choice


class SetStatus(Action):
    key = "set_status"
    label = N_("Set status")
    phrase = N_("status %(value)s")
    position = 10
    subjects = (TICKET,)
    params = (Param("value", N_("Status"), "one", Choice("status")),)
    writes = ("status",)

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        return {"status": stored["value"]}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tickets.change_status(doing.case, stored["value"])
        return ()
