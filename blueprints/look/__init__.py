"""POST /theme: light, dark or as the system, for those without JavaScript."""

from flask import Blueprint, Flask, Response, current_app, request

from blueprints.guards import open_to_all
from blueprints.visitor import THEMES
from core.i18n import _
from core.web import safe_next, see_other
from desk.errors import Invalid

YEAR = 31_536_000  # seconds

blueprint = open_to_all(Blueprint("look", __name__))


def set_up(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.post("/theme")
def choose_theme() -> Response:
    chosen = request.form.get("theme", "")
    if chosen not in THEMES:
        raise Invalid(_("There is no such theme."), "theme")
    response = see_other(safe_next(request.form.get("next"), "/"))
    secure = current_app.config["LINIYA"].secure_cookies
    # Not httponly: theme.js writes it too, so that the page changes without being loaded.
    response.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=secure)
    return response
