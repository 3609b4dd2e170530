"""Forms that act once however often they are sent: the idempotency key and what came of it."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, request
from flask_login import current_user
from sqlalchemy import bindparam, delete, select, update

from blueprints import unsent
from blueprints.unsent import SentOtherwise
from core import clock, security
from core.bus import unit
from core.db import db, put_if_absent, table
from core.i18n import _
from core.web import see_other
from desk.errors import Forbidden, Invalid
from models import Submission

FIELD = "form_key"
View = Callable[..., Any]
_ROWS = table(Submission)
_OF_KEY = _ROWS.c.key == bindparam("of_key")
_LEAD = update(_ROWS).where(_OF_KEY).values(location=bindparam("to"))
_FORGET = delete(_ROWS).where(_OF_KEY)
_LED = select(_ROWS.c.location, _ROWS.c.actor, _ROWS.c.fingerprint).where(_OF_KEY)
_VISITOR = "visitor"
TOLD_FOR = 600  # s


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
        if not _reserve(key):
            return see_other(_location_of(key, _actor()))
        response = make_response(view(*args, **kwargs))
        if response.status_code < 400:
            db.session.execute(_LEAD, {"of_key": key, "to": _led_to(response)})
            _tell(response)
        elif unit().keep:  # nothing was done but to count the try: the form may be sent again
            db.session.execute(_FORGET, {"of_key": key})
        return response

    guarded.acts_once = True  # type: ignore[attr-defined]
    return guarded


def _reserve(key: str) -> bool:
    """Take the key; False when it was used (the second of two sendings waits for the first)."""
    row = {"endpoint": request.endpoint or "", "actor": _actor(), "at": clock.now()}
    row["fingerprint"] = _fingerprint()
    if not put_if_absent(Submission, key=key, **row):
        return False
    unit().notes["form_key"] = key
    return True


def _location_of(key: str, actor: str) -> str:
    """Forbidden when another person has sent it; one may have signed in or out in between.

    SentOtherwise when something else stood in it: it is not done, and must not seem to be."""
    location, first, fingerprint = db.session.execute(_LED, {"of_key": key}).one()
    if _VISITOR not in (first, actor) and first != actor:
        raise Forbidden(_("Somebody else has sent this form."))
    if fingerprint not in ("", _fingerprint()):
        raise SentOtherwise
    return location or "/"


def _fingerprint() -> str:
    fields = [*unsent.of_request().fields]
    files = [(name, file.filename or "") for name, file in request.files.items(multi=True)]
    return security.keyed_digest(json.dumps([sorted(fields), sorted(files)]), "form")


def _tell(response: Response) -> None:
    """Scripts that keep what clients write learn what need not be kept any more (keep.js)."""
    kept = unsent.kept_key()
    if not kept:
        return
    secure = current_app.config["LINIYA"].secure_cookies
    response.set_cookie("taken", kept, max_age=TOLD_FOR, samesite="Lax", secure=secure)


def _led_to(response: Response) -> str:
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    return response.location or shown.path or request.path


def _actor() -> str:
    return str(current_user.id) if current_user.is_authenticated else _VISITOR
