"""All that a counter counted on one ticket: earlier runs, and ledgers that are long."""

from flask import Response

from blueprints.agent.blueprint import blueprint, me
from core.i18n import _
from core.web import page
from desk import access, deadlines
from desk.errors import NotFound


@blueprint.get("/t/<int:number>/counters/<int:policy>")
def clock_runs(number: int, policy: int) -> Response:
    case = access.case_for(me(), number, "case.read")
    found = deadlines.runs(case, policy)
    if not found:
        raise NotFound(_("This counter never ran on this ticket."))
    return page("agent/clock_runs.html", case=case, counters=found, most=deadlines.SHOWN_RUNS)
