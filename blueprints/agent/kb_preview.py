"""An article as it would read, while it is written; versions of it beside each other."""

from flask import Response, current_app, request
from flask_login import current_user

from blueprints.agent.blueprint import blueprint
from core import markdown
from core.i18n import LOCALES, _, locale
from core.web import id_given, page
from desk import access, editing, link_check
from desk.difference import difference
from desk.errors import Invalid, NotFound
from desk.faq import MAX_BODY


@blueprint.post("/kb/preview")
def preview_article() -> Response:
    """A fragment; without scripts the page shows the text that was sent last."""
    access.demand(current_user, "articles.edit")
    body = request.form.get("body", "")
    if len(body) > MAX_BODY:
        raise Invalid(_("The text is longer than %(n)s characters.", n=MAX_BODY), "body")
    html = markdown.render(body)
    site = current_app.config["LINIYA"].base_url.rstrip("/")
    return page(
        "agent/kb/preview.html", html=html, dead=link_check.dead_links(str(html), site=site)
    )


preview_article.only_reads = True  # type: ignore[attr-defined] # read by app.py: no write lock


@blueprint.get("/kb/<int:number>/compare")
def compare_article(number: int) -> Response:
    access.demand(current_user, "articles.edit")
    article = editing.article(number)
    asked = request.args.get("lang", "")
    text = article.text_in(asked if asked in LOCALES else locale())
    versions = {one.number: one for one in editing.versions(text)} if text else {}
    newer = id_given(request.args.get("new")) or (text.version if text else 0)
    older = id_given(request.args.get("old")) or max(newer - 1, 1)
    if text is None or newer not in versions or older not in versions:
        raise NotFound(_("There is no such version."))
    titles = difference(versions[older].title, versions[newer].title)
    bodies = difference(versions[older].body, versions[newer].body)
    return page(
        "agent/kb/compare.html",
        article=article,
        text=text,
        versions=versions,
        chosen=(older, newer),
        sides=list(zip((older, newer), titles, bodies, strict=True)),
    )
