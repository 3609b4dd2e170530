"""Say what it is about."""

from typing import Any

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.subjects import TICKET
from desk.automation.types import Choice


class SetTopic(Action):
    key = "set_topic"
    label = N_("Set topic")
    phrase = N_("topic %(value)s")
    position = 70
    subjects = (TICKET,)
    params = (Param("value", N_("Topic"), "one", Choice("topic")),)
    writes = ("topic",)

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        return {"topic": stored["value"]}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tickets.set_topic(doing.case, stored["value"])
        return ()
