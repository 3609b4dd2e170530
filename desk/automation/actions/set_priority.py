"""Say how much a case presses."""

from typing import Any

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.subjects import TICKET
from desk.automation.types import PriorityType


class SetPriority(Action):
    key = "set_priority"
    label = N_("Set priority")
    phrase = N_("priority %(value)s")
    position = 50
    subjects = (TICKET,)
    params = (Param("value", N_("Priority"), "one", PriorityType()),)
    writes = ("priority",)

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        return {"priority": stored["value"]}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tickets.set_priority(doing.case, stored["value"])
        return ()
