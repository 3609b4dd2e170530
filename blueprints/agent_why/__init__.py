"""Why a ticket is as it is: which triggers ran at each event, which did not, and what decided."""

from flask import Blueprint, Flask, Response, request
from flask_login import current_user

from blueprints.guards import staff_only
from core.web import id_given, page
from desk import access
from desk.automation.explain import why
from desk.routing import explained, queue_board

blueprint = staff_only(Blueprint("agent_why", __name__, url_prefix="/agent"))


def set_up(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.get("/t/<int:number>/why")
def why_so(number: int) -> Response:
    """The whole page, or for htmx the panel alone (id "side")."""
    case = access.case_for(current_user, number, "case.why")
    before = id_given(request.args.get("before"))
    return page(
        "agent/why.html",
        "side",
        case=case,
        found=why(case, before=before),
        dispatched=explained.of_case(case) if before is None else [],
        waits=queue_board.why_now(case) if before is None else None,
        before=before,
        back=_back(number),
    )


def _back(number: int) -> str:
    """To the ticket, in the list that it was opened from."""
    view = request.args.get("view", "")
    return f"/agent/t/{number}?view={view}" if view.isidentifier() else f"/agent/t/{number}"
