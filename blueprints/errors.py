"""Errors as pages: in words, with an id for what we did wrong, never a stack trace."""

import logging
import secrets
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from blueprints import unsent
from blueprints.auth.password import gate
from blueprints.visitor import theme
from core.i18n import _, locale
from core.web import is_fragment_request, leave_to, safe_next
from desk import errors

log = logging.getLogger("liniya.web")

STATUS_OF = {
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.Invalid: 422,
    errors.Stale: 409,
    errors.TooMany: 429,
}
KNOWN = (400, 403, 404, 405, 409, 413, 419, 422, 429, 500, 503)


def set_up(app: Flask) -> None:
    app.register_error_handler(errors.DeskError, refused)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(unsent.SentOtherwise, sent_otherwise)
    app.register_error_handler(HTTPException, refused_by_http)
    app.register_error_handler(OperationalError, out_of_order)
    app.register_error_handler(Exception, broken)


def refused(error: errors.DeskError) -> Response:
    response = answer(STATUS_OF.get(type(error), 400), str(error))
    if isinstance(error, errors.TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def refused_by_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # a redirect raised by the router
        return make_response(error.get_response())
    response = answer(error.code, "")
    if error.code == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or ())
    return response


def expired(error: CSRFError) -> Response:
    """The key of the form no longer fits. What was written stands on the page, to be sent again."""
    if is_fragment_request() and not current_user.is_authenticated and _is_for_staff():
        return leave_to(f"/signin?next={quote(_page())}")  # what was typed is kept as a draft
    if is_fragment_request():  # the form is still there, untouched
        return _with_fresh_token(answer(419, _renewed()))
    if _from_elsewhere():
        return answer(419, "")
    if unsent.needs_sign_in():
        return gate(unsent=unsent.of_request(), status=419)
    return answer(419, "", unsent=unsent.of_request())


def _renewed() -> str:
    """Said with the token that the second press goes through with."""
    if not unsent.is_anothers():
        return _("The page was renewed. Press the button again.")
    return _(
        "Signed in here now: %(name)s. The page and the text on it are another person's. "
        "Press again to send it all the same, as %(name)s.",
        name=current_user.name,
    )


def _with_fresh_token(response: Response) -> Response:
    """No other site can send what htmx sends: the page goes on with the token of this session."""
    response.headers["X-CSRFToken"] = generate_csrf()
    return response


def sent_otherwise(error: unsent.SentOtherwise) -> Response:
    """What was sent first stands; what came now is on the page, to be sent as well or not."""
    if is_fragment_request():
        words = _("It was sent before with other words, and that stands. Reload to send this too.")
        return answer(409, words)
    words = _(
        "This form was sent before with other words, and that stands. What you wrote now is here."
    )
    return answer(409, words, unsent=unsent.of_request())


def _is_for_staff() -> bool:
    return request.path.startswith(("/agent/", "/admin/"))


def _page() -> str:
    """Where the person is, as htmx tells it; a path of ours."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return safe_next(f"{shown.path}?{shown.query}" if shown.query else shown.path, "/agent/")


def _from_elsewhere() -> bool:
    """Sent by another site: nothing of it is offered to be sent again."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and origin.rstrip("/") != request.host_url.rstrip("/")


def out_of_order(error: OperationalError) -> Response:
    number = _logged(error)
    return answer(503, _("The database does not answer. Try again in a minute."), number)


def broken(error: Exception) -> Response:
    number = _logged(error)
    return answer(500, "", number)


def _logged(error: Exception) -> str:
    number = secrets.token_hex(4)
    log.error("error %s on %s %s", number, request.method, request.path, exc_info=error)
    return number


def answer(status: int, message: str, number: str = "", **more: Any) -> Response:
    """The page of a status, or for htmx a short notice that it shows as a toast."""
    shown = status if status in KNOWN else (500 if status >= 500 else 400)
    template = "errors/notice.html" if is_fragment_request() else f"errors/{shown}.html"
    body = _drawn(template, status=status, message=message, error_id=number, **more)
    response = make_response(body, status)
    response.vary.add("HX-Request")
    return response


def _drawn(template: str, *, status: int, **context: Any) -> str:
    """Failures are drawn without what pages usually know: that would ask the database again."""
    if status < 500:
        return render_template(template, status=status, **context)
    source = current_app.jinja_env.get_template(template)
    return source.render(locale=locale(), theme=theme(), status=status, **context)
