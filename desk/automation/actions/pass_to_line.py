"""Pass a case to another line of support."""

from typing import Any

from core.i18n import N_
from desk import tickets
from desk.automation.action import Action, Doing, Param, Receipts, Stored
from desk.automation.facts import Facts
from desk.automation.subjects import TICKET
from desk.automation.types import LineType
from desk.catalog import catalog


class PassToLine(Action):
    key = "pass_to_line"
    label = N_("Pass to a line")
    phrase = N_("line %(value)s")
    position = 40
    subjects = (TICKET,)
    params = (
        Param("value", N_("Line"), "one", LineType()),
        Param("reason", N_("Reason"), "line"),
    )
    writes = (
        "line",
        "assignee",
    )

    def plan(self, stored: Stored, facts: Facts) -> dict[str, Any]:
        line, person = stored["value"], catalog().staff.get(facts["assignee"] or 0)
        if line != facts["line"] and person is not None and person.line != line:
            return {"line": line, "assignee": None}
        return {"line": line}

    def run(self, stored: Stored, doing: Doing) -> Receipts:
        tickets.pass_to_line(doing.case, stored["value"], reason=stored.get("reason", ""))
        return ()
