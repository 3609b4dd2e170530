"""Say what kind of work it is."""

from typing import Any

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.subjects import TICKET
from desk.automation.types import Choice


class SetType(Action):
    key = "set_type"
    label = N_("Set type")
    phrase = N_("type %(value)s")
    position = 60
    subjects = (TICKET,)
    params = (Param("value", N_("Type"), "one", Choice("type")),)
    writes = ("type",)

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        return {"type": stored["value"]}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tickets.set_type(doing.case, stored["value"])
        return ()
