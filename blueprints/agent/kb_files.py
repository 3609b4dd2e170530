"""Articles as files: all of them in an archive, and files brought in after a look."""

from flask import Response, make_response, request
from flask_login import current_user

from blueprints.agent.blueprint import blueprint, me
from blueprints.once import once
from core import clock
from core.i18n import _
from core.web import page
from desk import access, faq_files
from desk.errors import Invalid
from desk.faq_files import Outcome

RIGHT = "sections.edit"


@blueprint.get("/kb/files")
def article_files() -> Response:
    access.demand(current_user, RIGHT)
    return _show()


@blueprint.get("/kb/export.zip")
def export_articles() -> Response:
    access.demand(current_user, RIGHT)
    response = make_response(faq_files.zipped())
    response.mimetype = "application/zip"
    name = f"articles-{clock.now():%Y-%m-%d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.post("/kb/import")
@once
def import_articles() -> Response:
    """With `look`, what would come of it; else it is done."""
    access.demand(current_user, RIGHT)
    given = [file for file in request.files.getlist("files") if file.filename]
    dry = "look" in request.form
    try:
        if not given:
            raise Invalid(_("Choose files."), "files")
        read = faq_files.Read()
        for file in given:
            name, content = file.filename or "", file.read()
            packed = name.lower().endswith(".zip")
            its = faq_files.unzipped(content) if packed else [(name, content)]
            found = faq_files.read_files(its)
            read.pieces += found.pieces
            read.problems += found.problems
    except Invalid as error:
        return _show(status=422, problem=str(error))
    outcome = faq_files.bring_in(read.pieces, by=me(), dry=dry)
    outcome.problems = [*read.problems, *outcome.problems]
    return _show(outcome=outcome, dry=dry)


def _show(
    *, status: int = 200, problem: str = "", outcome: Outcome | None = None, dry: bool = False
) -> Response:
    return page("agent/kb/files.html", status=status, problem=problem, outcome=outcome, dry=dry)
