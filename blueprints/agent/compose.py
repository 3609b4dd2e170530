"""Answers and notes: sent once, guarded against words that the writer has not seen yet."""

from flask import Response, make_response, render_template, request
from sqlalchemy.orm import joinedload

from blueprints import uploads
from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.meanwhile import seen
from blueprints.agent.ticket import back, for_work, show_ticket
from blueprints.once import once
from core.db import db
from core.i18n import _
from core.web import is_fragment_request
from desk import access, conversation, drafts, live, tickets
from desk.catalog import catalog
from desk.errors import Invalid
from models import Case, Participant, StatusCategory

# The answer is mailed: one statement instead of three.
_ADDRESSEE = (joinedload(Case.requester, innerjoin=True).joinedload(Participant.contact_points),)


@blueprint.post("/t/<int:number>/reply")
@once
def reply(number: int) -> Response:
    case = access.case_for(me(), number, "case.reply", lock=True, load=_ADDRESSEE)
    newer = conversation.newer_words(case, seen(), me())
    if newer:
        return _not_sent(number, "reply", 409, newer=newer, head=live.head())
    try:
        tickets.reply(case, request.form.get("text", ""), by=me(), uploads=uploads.received())
        _go_on(case, request.form.get("then", ""))
    except Invalid as error:
        return _not_sent(number, "reply", 422, error=error)
    drafts.discard(case, me(), "reply")
    return back(number)


@blueprint.post("/t/<int:number>/note")
@once
def note(number: int) -> Response:
    case = for_work(number, "case.note")
    try:
        tickets.add_note(case, request.form.get("text", ""), by=me(), uploads=uploads.received())
    except Invalid as error:
        return _not_sent(number, "note", 422, error=error)
    drafts.discard(case, me(), "note")
    return back(number)


def _go_on(case: Case, then: str) -> None:
    if then == "solve":
        tickets.solve(case, by=me())
    elif then == "wait":
        waiting = catalog().first_status(StatusCategory.PENDING)
        tickets.change_status(case, waiting.id, by=me())
    elif then:
        raise Invalid(_("Choose one from the list."))


def _not_sent(number: int, form: str, status: int, **said: object) -> Response:
    """What stands in the way, beside the text: the text itself stays where it was typed."""
    if is_fragment_request():
        response = make_response(render_template("agent/_not_sent.html", form=form, **said), status)
        response.headers["HX-Retarget"] = f"#{form}-said"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    if status == 422:
        db.session.rollback()  # what the verb began must not be on the page
    said["again"] = uploads.names_received()  # with scripts the page stays, and they with it
    return show_ticket(number, status=status, not_sent={"form": form, **said}, typed=request.form)
