"""How people ask for what articles answer: what was heard is taken or declined, and back."""

from flask import Response, request
from flask_login import current_user

from blueprints.agent.blueprint import blueprint, me
from blueprints.once import once
from core.i18n import N_, _, format_number
from core.web import id_given, page, see_other
from desk import access, editing, wordings
from desk.errors import Invalid
from models import WordingSource, WordingState

LIST = "/agent/kb/wordings"
RIGHT = "articles.edit"
SOURCES = {
    WordingSource.SEARCH: N_("searched for, and the article helped"),
    WordingSource.REQUEST: N_("a request that was not sent"),
    WordingSource.AGENT: N_("answered with this article"),
    WordingSource.EDITOR: N_("added by an editor"),
}
SHELVES = {
    WordingState.SUGGESTED: N_("To look at"),
    WordingState.TAKEN: N_("Taken"),
    WordingState.DECLINED: N_("Declined"),
}


@blueprint.get("/kb/wordings")
def wording_list() -> Response:
    access.demand(current_user, RIGHT)
    return _list()


@blueprint.post("/kb/wordings")
@once
def decide_wordings() -> Response:
    access.demand(current_user, RIGHT)
    state, _sep, number = request.form.get("decision", "").partition(":")
    if state not in SHELVES:
        raise Invalid(_("There is no such state."))
    wordings.decide(wordings.wording_for(id_given(number) or 0), WordingState(state), by=me())
    return see_other(_address())


@blueprint.post("/kb/<int:number>/wordings")
@once
def add_wording(number: int) -> Response:
    access.demand(current_user, RIGHT)
    article = editing.article(number)
    text = article.text_in(request.form.get("lang", ""))
    if text is None:
        raise Invalid(_("There is no such language."), "lang")
    wordings.add(text, request.form.get("said", ""), by=me())
    return see_other(f"/agent/kb/{number}?lang={text.locale}#wordings")


def _shelf() -> WordingState:
    wanted = request.values.get("shelf", "")
    return WordingState(wanted) if wanted in SHELVES else WordingState.SUGGESTED


def _address(shelf: str = "") -> str:
    article = id_given(request.values.get("article"))
    return f"{LIST}?shelf={shelf or _shelf()}" + (f"&article={article}" if article else "")


def _list() -> Response:
    article = id_given(request.args.get("article"))
    counts = wordings.counted()
    tabs = [
        (key, f"{_(name)} {format_number(counts[key])}", _address(key))
        for key, name in SHELVES.items()
    ]
    return page(
        "agent/kb/wordings.html",
        shelf=_shelf(),
        rows=wordings.shelf(_shelf(), article),
        shelves=tabs,
        sources={key: _(name) for key, name in SOURCES.items()},
        chosen=editing.article(article) if article else None,
    )
