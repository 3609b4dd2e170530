"""What happened since the page was drawn, and has to be known before its button is obeyed."""

from collections.abc import Iterable
from typing import Any

from flask import Response, make_response, render_template, request

from blueprints.agent.blueprint import me
from blueprints.agent.ticket import show_ticket, ticket_url
from core.web import id_given, is_fragment_request
from desk import conversation, history, live
from desk.catalog import catalog
from desk.passing import PARTS
from models import Case, StatusCategory

SAW = "was."  # what the page showed of a field is sent along under this and the field's name
FIELDS = (
    "status",
    "assignee",
    "group",
    "line",
    "type",
    "topic",
    "priority",
    "direction",
    "subject",
)
ENDS = (StatusCategory.SOLVED, StatusCategory.CLOSED)


def seen() -> int:
    """The newest event that was on the page, or in a warning that came since."""
    return max((id_given(one) or 0 for one in request.form.getlist("seen")), default=0)


def setting(case: Case, name: str, value: int) -> dict[str, str]:
    """What a form sends that gives this field that value, with what the field held."""
    return {name: str(value), SAW + name: _shown(case, name)}


def overtaken(case: Case) -> dict[str, Any]:
    """What stands in the way of the form that was sent; empty when nothing does."""
    return _words_before_the_end(case) or _changed_by_another(case)


def changed_since(case: Case, names: Iterable[str], *, sent_as: str) -> dict[str, Any]:
    """As `overtaken`, for a form that sets these fields together, by what it sends as `sent_as`."""
    for name in names:
        saw, now = request.form.get(SAW + name), _shown(case, name)
        if saw is None or saw == now:
            continue
        change = conversation.last_change(case, name)
        if change is not None and change.event.actor_id != me().id:
            sent = _sent_along() | {SAW + each: _shown(case, each) for each in names}
            value = request.form.get(sent_as, "")
            return {"change": change, "name": sent_as, "value": value, "sent": sent}
    return {}


def ask(number: int, found: dict[str, Any]) -> Response:
    """Tell it, with the button that does it all the same; what is being typed stays."""
    found["url"] = request.full_path.rstrip("?")
    found["back"] = ticket_url(number)
    if not is_fragment_request():
        return show_ticket(number, status=409, overtaken=found)
    response = make_response(render_template("agent/_overtaken.html", overtaken=found), 409)
    response.headers["HX-Retarget"] = "#overtaken"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _words_before_the_end(case: Case) -> dict[str, Any]:
    """Nobody solves over words that they have not read."""
    chosen = request.form.get("status", "")
    status = catalog().statuses.get(id_given(chosen) or 0)
    if status is None or status.category not in ENDS:
        return {}
    newer = conversation.newer_words(case, seen(), me())
    if not newer:
        return {}
    sent = _sent_along() | {"seen": str(live.head())}
    return {"newer": newer, "status": status, "name": "status", "value": chosen, "sent": sent}


def _changed_by_another(case: Case) -> dict[str, Any]:
    """Nobody undoes what a colleague did to the same field without knowing it."""
    for name in FIELDS:
        saw, chosen = request.form.get(SAW + name), request.form.get(name)
        now = _shown(case, name)
        if saw is None or chosen is None or now in (saw, chosen):
            continue
        change = conversation.last_change(case, name)
        if change is not None and change.event.actor_id != me().id:
            sent = _sent_along() | {SAW + name: now, "seen": str(seen())}
            value = chosen if name == "subject" else id_given(chosen)
            words = catalog().name_of(name, value)
            return {"change": change, "name": name, "value": chosen, "words": words, "sent": sent}
    return {}


def _shown(case: Case, name: str) -> str:
    value = history.value_of(case, name)
    return "" if value is None else str(value)


def _sent_along() -> dict[str, str]:
    """What else the form held, to be sent with the answer."""
    form, texts = request.form, ("reason", *PARTS)
    return {name: form[name] for name in form if name in texts or name.startswith(SAW)}
