"""The page of one ticket, and what is common to the verbs on it."""

from typing import Any

from flask import Response, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.workspace import Workspace, show, view_named
from core.db import db
from core.web import is_fragment_request, see_other
from desk import access
from desk.errors import Invalid
from desk.opened import ticket_for
from models import Case


@blueprint.get("/t/<int:number>")
def ticket(number: int) -> Response:
    return show_ticket(number)


def show_ticket(number: int, *, status: int = 200, **context: Any) -> Response:
    case = ticket_for(me(), number)
    return show(Workspace(view_named(request.args.get("view")), case), status=status, **context)


def for_work(number: int, verb: str = "case.work") -> Case:
    """The ticket, held until the end of the request."""
    return access.case_for(me(), number, verb, lock=True)


def back(number: int, **arguments: Any) -> Response:
    """On to the page of the ticket as it was opened; htmx fetches its pieces from there."""
    return see_other(ticket_url(number, **arguments))


def ticket_url(number: int, **arguments: Any) -> str:
    return Workspace(view_named(request.args.get("view"))).ticket_url(number, **arguments)


def refuse(number: int, error: Invalid, form: str) -> Response:
    """A small form that can't be taken: a toast, or the page with what was typed still in it."""
    if is_fragment_request():
        raise error
    db.session.rollback()  # what the verb began must not be on the page
    problem = {"form": form, "text": str(error), "field": error.field}
    return show_ticket(number, status=422, problem=problem, typed=request.form)
