"""What happened since the page was drawn, and has to be known before its button is obeyed."""

from typing import Any

from flask import Response, make_response, render_template, request
from sqlalchemy import select

from blueprints.agent.blueprint import me
from blueprints.agent.ticket import show_ticket
from core.db import db
from core.web import id_given, is_fragment_request
from desk import conversation, events, live
from desk.catalog import catalog
from models import Case, EventRecord, StatusCategory

ENDS = (StatusCategory.SOLVED, StatusCategory.CLOSED)


def seen() -> int:
    """The newest event that was on the page, or in a warning that came since."""
    return max((id_given(one) or 0 for one in request.form.getlist("seen")), default=0)


def overtaken(case: Case) -> dict[str, Any]:
    """What stands in the way of the form that was sent; empty when nothing does."""
    return _words_before_the_end(case) or _taken_by_another(case)


def ask(number: int, found: dict[str, Any]) -> Response:
    """Tell it, with the button that does it all the same; what is being typed stays."""
    found["url"] = request.full_path.rstrip("?")
    if not is_fragment_request():
        return show_ticket(number, status=409, overtaken=found)
    response = make_response(render_template("agent/_overtaken.html", overtaken=found), 409)
    response.headers["HX-Retarget"] = "#overtaken"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _words_before_the_end(case: Case) -> dict[str, Any]:
    """Nobody solves over words that they have not read."""
    status = catalog().statuses.get(id_given(request.form.get("status")) or 0)
    if status is None or status.category not in ENDS:
        return {}
    newer = conversation.newer_words(case, seen(), me())
    return {"newer": newer, "status": status, "head": live.head()} if newer else {}


def _taken_by_another(case: Case) -> dict[str, Any]:
    """Only the button "Take it myself" tells whose the ticket was (`was`): a choice from the menu
    is meant whoever has it."""
    was = request.form.get("was")
    holder = catalog().staff.get(case.assignee_id or 0)
    if was is None or holder is None or str(holder.id) == was or holder.id == me().id:
        return {}
    change = db.session.scalars(
        select(EventRecord)
        .where(EventRecord.case_id == case.id, EventRecord.kind == events.AssigneeChanged.kind)
        .order_by(EventRecord.id.desc())
        .limit(1)
    ).first()
    is_own_doing = change is not None and change.actor_id == holder.id
    return {
        "holder": holder,
        "since": change.at if change else case.created_at,
        "took": is_own_doing,
    }
