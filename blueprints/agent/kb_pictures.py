"""Pictures that an editor pastes into an article."""

from flask import Response, current_app, jsonify, request
from flask_login import current_user

from blueprints.agent.blueprint import blueprint, me
from core.i18n import _
from desk import access, pictures
from desk.errors import Invalid


@blueprint.post("/kb/pictures")
def take_picture() -> Response:
    """A file in the field "picture"; JSON with its `address`, or with what is wrong with it."""
    access.demand(current_user, "articles.edit")
    given = request.files.get("picture")
    try:
        if given is None:
            raise Invalid(_("Choose a picture."), "picture")
        content = given.read(pictures.LARGEST + 1)
        picture = pictures.take(current_app.extensions["storage"], content, by=me())
    except Invalid as error:
        response = jsonify(error=str(error))
        response.status_code = 422
        return response
    return jsonify(address=pictures.address(picture))
