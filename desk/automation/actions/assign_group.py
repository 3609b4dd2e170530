"""Put a case into the queue of a group."""

from typing import Any

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.types import Choice
from desk.catalog import catalog


class AssignGroup(Action):
    key = "assign_group"
    label = N_("Assign a group")
    phrase = N_("group %(value)s")
    phrase_for_none = N_("no group")
    position = 30
    params = (Param("value", N_("Group"), "one_or_nobody", Choice("group", nobody=N_("no group"))),)
    writes = (
        "group",
        "assignee",
    )

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        group, assignee = stored["value"], facts["assignee"]
        if group == facts["group"]:
            return {}
        if group and assignee and assignee not in catalog().members.get(group, ()):
            return {"group": group, "assignee": None}
        return {"group": group}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        group = catalog().groups.get(stored["value"] or 0)
        tickets.assign_group(doing.case, group)
        return ()
