"""Forms that act once however often they are sent: the idempotency key and what came of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Response, make_response, request
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from core import clock, security
from core.bus import unit
from core.db import db
from core.i18n import _
from core.web import see_other
from desk.errors import Invalid
from models import Submission

FIELD = "form_key"
View = Callable[..., Any]


def new_form_key() -> str:
    """For the hidden field of a form: one value each time the form is drawn."""
    return security.new_token()


def once(view: View) -> View:
    """The first sending does the work; the same key again leads to where the first was led."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Response:
        key = request.form.get(FIELD, "")
        if not 16 <= len(key) <= 64:
            raise Invalid(_("The form came without its key. Reload the page."))
        before = _reserve(key)
        if before is not None:
            return see_other(before.location or "/")
        response = make_response(view(*args, **kwargs))
        if response.status_code < 400:
            db.session.get_one(Submission, key).location = _led_to(response)
        elif unit().keep:  # nothing was done but to count the try: the form may be sent again
            db.session.delete(db.session.get_one(Submission, key))
        return response

    guarded.acts_once = True  # type: ignore[attr-defined]
    return guarded


def _reserve(key: str) -> Submission | None:
    """Take the key, or give the row of whoever has it already."""
    known = db.session.get(Submission, key)
    if known is not None:
        return known
    row = Submission(key=key, endpoint=request.endpoint or "", actor=_actor(), at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # PostgreSQL: the same form was being sent at the same time
        return db.session.get(Submission, key)
    unit().notes["form_key"] = key
    return None


def _led_to(response: Response) -> str:
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return response.location or shown.path or request.path


def _actor() -> str:
    return str(current_user.id) if current_user.is_authenticated else "visitor"
