"""What happens when somebody has shown who they are, and where they go then."""

from datetime import timedelta

from flask import Response, current_app, session
from flask_login import current_user, login_user, logout_user

from blueprints.unsent import Unsent
from blueprints.visitor import remember_theme
from core.db import db
from core.i18n import locale
from core.web import page, safe_next, see_other
from desk import events, history, presence
from models import Participant, Staff

KEPT_FOR = timedelta(days=30)
OF_STAFF = ("/agent", "/admin")


def enter(
    person: Participant, *, then: str | None, keep: bool, unsent: Unsent | None = None
) -> Response:
    """A new session: nothing of what was in it before stays. What was not sent is offered again."""
    session.clear()
    login_user(person, remember=keep, duration=KEPT_FOR)
    history.record(events.SignedIn, by=person)
    if isinstance(person, Staff):
        presence.came(person)
    if unsent is None:
        response = see_other(landing(person, then))
    else:
        response = page("auth/unsent.html", unsent=unsent, address=unsent.address)
    return remember_theme(response, person.theme) if isinstance(person, Staff) else response


def leave() -> Response:
    """The live pages of this browser end with its session, those of the person's others stay."""
    current_app.extensions["hub"].end(browser_of_session())
    if current_user.is_authenticated and current_user.is_staff:
        presence.gone(db.session.get_one(Staff, current_user.id))
    session.clear()
    logout_user()
    return see_other(f"/{locale()}/")


def browser_of_session() -> str:
    """What tells this session from the person's others: each has its own token against forgery."""
    return str(session.get("csrf_token", ""))


def landing(person: Participant, then: str | None) -> str:
    """The page the person was on; the workspace or the own requests when there was none."""
    home = "/agent/" if person.is_staff else "/me/requests"
    target = safe_next(then, home)
    return target if person.is_staff or not target.startswith(OF_STAFF) else home
