"""The blueprint that the modules of this package hang their pages on."""

from flask import Blueprint, Response

from blueprints.guards import open_to_all

blueprint = open_to_all(Blueprint("auth", __name__))


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Addresses here may carry a way in: never stored, never told to the next page."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
