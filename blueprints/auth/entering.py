"""What happens when somebody has shown who they are, and where they go then."""

from datetime import timedelta

from flask import Response, session
from flask_login import login_user, logout_user

from core.i18n import locale
from core.web import safe_next, see_other
from desk import events, history
from models import Participant

KEPT_FOR = timedelta(days=30)
OF_STAFF = ("/agent", "/admin")


def enter(person: Participant, *, then: str | None, keep: bool) -> Response:
    """A new session: nothing of what was in it before stays."""
    session.clear()
    login_user(person, remember=keep, duration=KEPT_FOR)
    history.record(events.SignedIn, by=person)
    return see_other(landing(person, then))


def leave() -> Response:
    session.clear()
    logout_user()
    return see_other(f"/{locale()}/")


def landing(person: Participant, then: str | None) -> str:
    """The page the person was on; the workspace or the own requests when there was none."""
    home = "/agent/" if person.is_staff else "/me/requests"
    target = safe_next(then, home)
    return target if person.is_staff or not target.startswith(OF_STAFF) else home
