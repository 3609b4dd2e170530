"""What one wants to be told, on which way and when."""

from dataclasses import replace

from flask import Response, request

from blueprints import notice_form
from blueprints.agent.blueprint import blueprint, me
from blueprints.once import once
from core import web
from desk.errors import Invalid, Stale
from desk.notices import choices, waiting
from desk.notices.choices import Choice

PAGE = "/agent/me/notices"


@blueprint.get("/me/notices")
def notice_settings() -> Response:
    return _show(choices.choice_of(me()))


@blueprint.post("/me/notices")
@once
def save_notice_settings() -> Response:
    given = notice_form.read(request.form)
    try:
        choices.choose(me(), _with_hidden(given), based_on=given.version)
    except Invalid as error:
        return _show(given, status=422, error=error)
    except Stale:
        theirs = choices.choice_of(me()).version
        return _show(replace(given, version=theirs), status=409)
    waiting.put_anew(me())
    return web.see_other(f"{PAGE}?saved=yes")


def _with_hidden(given: Choice) -> Choice:
    """Rows that are for administrators alone stay as they were."""
    if me().is_admin:
        return given
    kept = choices.choice_of(me()).whole
    hidden = {key: sorted(kept[key]) for key in choices.FOR_ADMINS}
    return replace(given, channels={**given.channels, **hidden})


def _show(choice: Choice, *, status: int = 200, error: Invalid | None = None) -> Response:
    return web.page(
        "agent/me_notices.html",
        status=status,
        saved=request.args.get("saved"),
        overtaken=status == 409,
        **notice_form.shown(choice, admin=me().is_admin, error=error),
    )
