"""Triggers to begin with, triggers as a file (out, and in after a look), and their schema."""

from flask import Response, flash, make_response, request
from flask_login import current_user

from blueprints.admin.blueprint import blueprint
from blueprints.admin.triggers import LIST, STATES, me
from blueprints.once import once
from core import clock
from core.i18n import LOCALES, locale, ngettext, use_locale
from core.web import page, see_other
from desk import access
from desk.automation import exchange, gallery, schema
from desk.automation.exchange import Change
from desk.automation.sentences import sentence_of
from desk.errors import Invalid
from desk.texts import decoded


@blueprint.get("/triggers/gallery")
def trigger_gallery() -> Response:
    access.demand(current_user, "rules.edit")
    shown = [(each, sentence_of(each.definition()), each.holes()) for each in gallery.templates()]
    return page("admin/triggers/gallery.html", shown=shown)


@blueprint.get("/triggers/file")
def trigger_file() -> Response:
    access.demand(current_user, "rules.edit")
    return _file()


@blueprint.get("/triggers/export")
def export_triggers() -> Response:
    access.demand(current_user, "rules.edit")
    response = make_response(exchange.exported())
    response.mimetype = "application/json"
    name = f"triggers-{clock.now():%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/triggers/schema.json")
def schema_of_triggers() -> Response:
    """`language` chooses that of the names in it; else it is the reader's."""
    access.demand(current_user, "rules.read")
    asked = request.args.get("language", "")
    with use_locale(asked if asked in LOCALES else locale()):
        response = make_response(schema.written())
    response.mimetype = "application/schema+json"
    return response


@blueprint.post("/triggers/import")
@once
def import_triggers() -> Response:
    """First what would change; with `apply`, the change itself."""
    access.demand(current_user, "rules.edit")
    try:
        text = _text()
        found = exchange.changes(text)
    except Invalid as error:
        return _file(problem=str(error), status=422)
    if not request.form.get("apply"):
        return _file(text, found)
    states = bool(request.form.get("states"))
    number = exchange.apply(found, by=me(), with_states=states)
    flash(ngettext("%(num)s trigger changed.", "%(num)s triggers changed.", number))
    return see_other(LIST)


@blueprint.get("/triggers/import")
def nothing_imported() -> Response:
    """Reloading what was only looked at leads back to the beginning."""
    return see_other(f"{LIST}/file")


def _text() -> str:
    """The file that was chosen, else what was pasted."""
    sent = request.files.get("file")
    raw = sent.read(exchange.LIMIT * 4 + 1) if sent and sent.filename else b""
    return decoded(raw) if raw else request.form.get("text", "")


def _file(
    text: str = "", found: list[Change] | None = None, *, problem: str = "", status: int = 200
) -> Response:
    return page(
        "admin/triggers/file.html",
        status=status,
        text=text or request.form.get("text", ""),
        found=found,
        problem=problem,
        states=STATES,
        to_do=sum(one.is_sound and not one.is_same for one in found or ()),
        refused=sum(not one.is_sound for one in found or ()),
        looked=found is not None,
    )
