"""The next ticket for me, and giving one back to the queue."""

from flask import Response, flash, request, session

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.rail import last_view
from blueprints.agent.ticket import back, for_work, refuse
from blueprints.once import once
from core.i18n import _
from core.web import see_other
from desk import claiming
from desk.errors import Invalid

GIVEN_BACK = "given_back"  # of the session: the latest, so that they come last
REMEMBERED = 50


@blueprint.post("/next")
@once
def take_next() -> Response:
    given_back: list[int] = session.get(GIVEN_BACK, [])
    case = claiming.next_for(me(), given_back)
    if case is None:
        flash(_("Nothing waits in your groups."))
        return see_other(f"/agent/inbox/{last_view()}")
    flash(_("Yours now: No. %(number)s", number=case.number))
    return see_other(f"/agent/t/{case.number}?view=mine")


@blueprint.post("/t/<int:number>/release")
@once
def release(number: int) -> Response:
    case = for_work(number)
    try:
        claiming.give_back(case, by=me(), reason=request.form.get("reason", ""))
    except Invalid as error:
        return refuse(number, error, "release")
    session[GIVEN_BACK] = [number, *session.get(GIVEN_BACK, [])][:REMEMBERED]
    return back(number)
