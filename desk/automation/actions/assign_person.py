"""Give a case to a person, or to nobody."""

from typing import Any

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.types import Person
from desk.catalog import catalog


class AssignPerson(Action):
    key = "assign_person"
    label = N_("Assign a person")
    phrase = N_("assignee %(value)s")
    phrase_for_none = N_("no assignee")
    position = 20
    params = (Param("value", N_("Assignee"), "one_or_nobody", Person()),)
    writes = ("assignee",)

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        return {"assignee": stored["value"]}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        person = catalog().staff.get(stored["value"] or 0)
        tickets.assign(doing.case, person)
        return ()
