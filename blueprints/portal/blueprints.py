"""The two blueprints of this package: open to everybody, and for those who have signed in."""

from flask import Blueprint, Response

from blueprints.guards import open_to_all, signed_in_only

LANG = "/<any(ru, en):lang>"

portal_blueprint = open_to_all(Blueprint("portal", __name__))
mine_blueprint = signed_in_only(Blueprint("mine", __name__))


@portal_blueprint.after_request
@mine_blueprint.after_request
def keep_private(response: Response) -> Response:
    """Pages here are one person's own: never stored or found."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@portal_blueprint.after_request
def keep_address(response: Response) -> Response:
    """It may be all that is needed to read a request: told to no other page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
