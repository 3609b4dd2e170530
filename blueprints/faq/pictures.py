"""The pictures of articles. Each has an address of its own for ever, which nobody can guess."""

from flask import Response, current_app, request

from blueprints.faq.blueprint import blueprint
from core.db import db
from core.i18n import _
from desk.errors import NotFound
from models import Picture

A_YEAR = 365 * 24 * 3600


@blueprint.get("/pictures/<string(length=32):key>.<any(png, jpg, gif, webp):kind>")
def picture(key: str, kind: str) -> Response:
    found = db.session.get(Picture, key)
    if found is None or not found.content_type.endswith(kind.replace("jpg", "jpeg")):
        raise NotFound(_("There is no such picture."))
    try:
        with current_app.extensions["storage"].open(found.storage_key) as file:
            response = Response(file.read(), mimetype=found.content_type)
    except OSError:
        raise NotFound(_("This file is not here any more.")) from None
    response.set_etag(found.key)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response.make_conditional(request)
