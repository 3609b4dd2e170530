"""Who is asking: the signed-in person, the language of the page, and what every template knows."""

from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import bindparam, select
from sqlalchemy.orm import with_polymorphic

from blueprints.once import new_form_key
from core import assets, clock, i18n
from core.db import db
from desk import access, preferences, settings
from desk.catalog import catalog
from models import Client, Participant, Staff

PEOPLE = with_polymorphic(Participant, [Staff, Client])
PERSON = select(PEOPLE).where(PEOPLE.id == bindparam("number"))  # asked for by every page
THEME, YEAR = "theme", 31_536_000  # seconds


def set_up(app: Flask) -> None:
    manager = LoginManager(app)
    manager.user_loader(load)
    app.before_request(choose_language)  # first: a form that is refused is refused in it
    CSRFProtect(app)
    app.context_processor(known_to_templates)
    app.jinja_env.globals.update(
        may=access.may, catalog=catalog, now=clock.now, new_form_key=new_form_key
    )


def load(session_id: str) -> Participant | None:
    """The person of a session, unless signed out everywhere or deactivated since."""
    number, _, key = session_id.partition(".")
    if not number.isdigit():
        return None
    person = db.session.scalars(PERSON, {"number": int(number)}).one_or_none()
    return person if person and person.session_key == key and person.is_active else None


def choose_language() -> None:
    """The address decides, then the person, then the cookie, then the browser."""
    if request.endpoint == "static":
        return
    first = request.path.split("/", 2)[1]  # also of an address that leads nowhere
    asked = first if first in i18n.LOCALES else None
    zone = ""
    if current_user.is_authenticated:
        asked, zone = asked or current_user.locale, current_user.own_zone
    asked = asked or request.cookies.get("lang")
    asked = asked or request.accept_languages.best_match(i18n.LOCALES)
    i18n.set_locale(asked or i18n.DEFAULT_LOCALE, zone)


def theme() -> str:
    """What colleagues have set for themselves, on whatever device; the cookie of others."""
    if current_user.is_authenticated and current_user.is_staff:
        return str(current_user.theme)
    chosen = request.cookies.get(THEME, "")
    return chosen if chosen in preferences.THEMES else "auto"


def remember_theme(response: Response, chosen: str) -> Response:
    """For the pages of this browser on which no colleague is signed in; theme.js writes it too."""
    secure = current_app.config["LINIYA"].secure_cookies
    response.set_cookie(THEME, chosen, max_age=YEAR, samesite="Lax", secure=secure)
    return response


def known_to_templates() -> dict[str, Any]:
    if "known" not in g:
        g.known = {
            "locale": i18n.locale(),
            "theme": theme(),
            "assets": current_app.config["LINIYA"].assets,
            "company_name": settings.get(f"company_name_{i18n.locale()}"),
            "static_url": assets.static_url,
        }
    return dict(g.known)
