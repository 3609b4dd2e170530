"""Answers shown while a request is being written, and "this helped" instead of sending it."""

from flask import Response, request, session, url_for

from blueprints.faq import visitors
from blueprints.faq.audience import reader
from blueprints.forms import one_line
from blueprints.once import once
from blueprints.portal.blueprints import LANG
from blueprints.portal.blueprints import portal_blueprint as blueprint
from core.i18n import locale
from core.web import page, see_other
from desk import deflections, search, shelves


@blueprint.get(f"{LANG}/contact/suggest")
def suggest(lang: str) -> Response:
    subject, text = request.args.get("subject", ""), request.args.get("text", "")
    said = f"{subject}\n{text}".replace("\0", "").strip()
    hits = search.suggest(said, lang, who=reader()) if said else []
    return page("portal/suggest.html", "suggestions", hits=hits, about=one_line(subject))


@blueprint.post(f"{LANG}/contact/solved")
@once
def solved_by_answer(lang: str) -> Response:
    shown = [int(each) for each in request.form.getlist("article") if each.isdigit()][:10]
    deflections.helped(
        one_line(request.form.get("about")),
        locale=locale(),
        visitor=visitors.visitor(),
        articles=list(shelves.updated([n for n in shown if n < 2**31], reader())),
        opened=session.get("read", []),
    )
    return see_other(url_for("portal.helped"))


@blueprint.get(f"{LANG}/contact/helped")
def helped(lang: str) -> Response:
    return page("portal/helped.html", popular=shelves.popular(3, reader()))
