"""One browser known by a cookie: votes once, searches counted once. Nothing else is kept of it."""

import logging
from collections.abc import Callable

from flask import Response, after_this_request, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from core import security

COOKIE = "visitor"
YEAR = 365 * 24 * 3600
SHORTEST, LONGEST = 32, 64

log = logging.getLogger("liniya.web")


def known() -> str:
    """The hash by which the browser is known; empty for one that has not been here."""
    value = request.cookies.get(COOKIE, "")
    return security.digest(value) if SHORTEST <= len(value) <= LONGEST else ""


def visitor() -> str:
    """The same; a browser that is new here gets its cookie with this answer."""
    if "visitor" not in g:
        g.visitor = known() or _introduced()
    return str(g.visitor)


def _introduced() -> str:
    value = security.new_token()

    @after_this_request
    def give(response: Response) -> Response:
        secure = current_app.config["LINIYA"].secure_cookies
        response.set_cookie(
            COOKIE, value, max_age=YEAR, httponly=True, samesite="Lax", secure=secure
        )
        return response

    return security.digest(value)


def quietly(count: Callable[[], object]) -> None:
    """Statistics never cost anybody the page: what can't be counted is logged and forgotten."""
    try:
        count()
    except SQLAlchemyError as error:
        log.warning("not counted on %s: %s", request.path, error)
