"""POST /theme: light, dark or as the system, from any page."""

from flask import Blueprint, Flask, Response, request
from flask_login import current_user

from blueprints.guards import open_to_all
from blueprints.visitor import remember_theme
from core.web import safe_next, see_other
from desk import preferences

blueprint = open_to_all(Blueprint("look", __name__))


def set_up(app: Flask) -> None:
    app.register_blueprint(blueprint)


@blueprint.post("/theme")
def choose_theme() -> Response:
    chosen = preferences.known_theme(request.form.get("theme", ""))
    if current_user.is_authenticated and current_user.is_staff:
        preferences.choose_theme(current_user, chosen)
    return remember_theme(see_other(safe_next(request.form.get("next"), "/")), chosen)
