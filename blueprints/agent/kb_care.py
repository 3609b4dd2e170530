"""Who looks after an article, when it is looked at again, when it is published by itself."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import Response, flash, request
from flask_login import current_user

from blueprints.agent import kb
from blueprints.agent.blueprint import blueprint
from blueprints.once import once
from core.i18n import _, zone
from core.web import id_given, see_other
from desk import access, care, editing
from desk.care import Care
from desk.errors import Invalid


@blueprint.post("/kb/<int:number>/care")
@once
def look_after_article(number: int) -> Response:
    access.demand(current_user, "articles.edit")
    article = editing.article(number, lock=True)
    try:
        care.look_after(article, _asked())
    except Invalid as error:
        return kb.refused_part(article, "care", error)
    flash(_("Saved."))
    return see_other(f"/agent/kb/{number}?lang={kb.language()}")


def _asked() -> Care:
    """Of the reader's own zone. Invalid names the field."""
    here = ZoneInfo(zone())
    day, moment = (request.form.get(name, "").strip() for name in ("review_at", "publish_at"))
    try:
        review = datetime.combine(date.fromisoformat(day), time(), here) if day else None
    except ValueError as error:
        raise Invalid(_("Choose a day."), "review_at") from error
    try:
        publish = datetime.fromisoformat(moment).replace(tzinfo=here) if moment else None
    except ValueError as error:
        raise Invalid(_("Choose a moment."), "publish_at") from error
    return Care(id_given(request.form.get("owner")), review, publish)
