"""Solutions handed down: whom an editor asks to read an article, and what I was asked to read."""

from flask import Response, flash, request
from flask_login import current_user
from markupsafe import Markup

from blueprints.agent import kb
from blueprints.agent.blueprint import blueprint, me
from blueprints.forms import one_line
from blueprints.once import once
from core.i18n import _, locale, ngettext
from core.web import id_given, page, see_other
from desk import access, editing, handing_down
from desk.errors import Invalid

LIST = "/agent/kb/reading"


@blueprint.get("/kb/reading")
def reading_list() -> Response:
    return page("agent/kb/reading.html", rows=handing_down.shelf(me()))


@blueprint.get("/kb/reading/<int:number>")
def read_handed_down(number: int) -> Response:
    made, mine = handing_down.for_reader(number, me())
    text = made.article.text_for(locale())
    return page(
        "agent/kb/read.html",
        made=made,
        mine=mine,
        text=text,
        body=Markup(text.html if text else ""),  # noqa: S704 - core.markdown cleaned it
        unread=handing_down.unread_by(me()),
    )


@blueprint.post("/kb/reading/<int:number>")
@once
def mark_handed_down(number: int) -> Response:
    """Leads to the next that is unread."""
    _made, mine = handing_down.for_reader(number, me())
    handing_down.mark_read(mine)
    following = next((row for row in handing_down.shelf(me()) if row.read_at is None), None)
    flash(_("Noted: you have read it."))
    return see_other(f"{LIST}/{following.hand_down_id}" if following else LIST)


@blueprint.post("/kb/<int:number>/hand-down")
@once
def hand_article_down(number: int) -> Response:
    access.demand(current_user, "articles.edit")
    article = editing.article(number, lock=True)
    groups = [id_given(each) or 0 for each in request.form.getlist("groups")]
    note = one_line(request.form.get("note", "")) or ""
    try:
        made = handing_down.hand_down(article, groups, note=note, by=me())
    except Invalid as error:
        return kb.refused_part(article, "hand_down", error)
    count = len(made.readers)
    flash(
        ngettext(
            "%(num)s colleague is asked to read it.",
            "%(num)s colleagues are asked to read it.",
            count,
        )
    )
    return see_other(f"/agent/kb/{number}?lang={kb.language()}#hand-down")


@blueprint.post("/kb/<int:number>/hand-down/<int:which>/remind")
@once
def remind_readers(number: int, which: int) -> Response:
    access.demand(current_user, "articles.edit")
    article = editing.article(number, lock=True)
    try:
        count = handing_down.remind(handing_down.of(article, which))
    except Invalid as error:
        return kb.refused_part(article, "hand_down", error)
    flash(ngettext("%(num)s colleague was reminded.", "%(num)s colleagues were reminded.", count))
    return see_other(f"/agent/kb/{number}?lang={kb.language()}#hand-down")
