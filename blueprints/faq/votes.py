"""Did it help? One vote a browser, which may be changed."""

from flask import Response, request

from blueprints.faq import visitors
from blueprints.faq.addresses import article_url
from blueprints.faq.article import shown
from blueprints.faq.audience import reader
from blueprints.faq.blueprint import LANG, blueprint
from blueprints.once import once
from core.i18n import _
from core.web import is_fragment_request, see_other
from desk import feedback, shelves
from desk.errors import Invalid, NotFound
from models import Article, ArticleVote

VALUES = {"yes": 1, "no": -1}


@blueprint.post(f"{LANG}/a/<int:number>/vote")
@once
def vote(lang: str, number: int) -> Response:
    found = shelves.article(number, reader())
    text = found.text_for(lang)
    if text is None:
        raise NotFound(_("There is no such answer."))
    try:
        done = _vote(found)
    except Invalid as error:
        return shown(found, text, status=422, vote=None, vote_error=str(error))
    if is_fragment_request():
        return shown(found, text, vote=done)
    return see_other(article_url(found, text, lang=lang) + "#vote")


def _vote(found: Article) -> ArticleVote:
    value = VALUES.get(request.form.get("vote", ""))
    if value is None:
        raise Invalid(_("Choose an answer."))
    return feedback.vote(
        found,
        visitor=visitors.visitor(),
        value=value,
        reason=request.form.get("reason", "") if value < 0 else "",
        comment=request.form.get("comment", "") if value < 0 else "",
    )
