"""Who may enter a blueprint. A guard test demands that each has one, `open_to_all` included."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from core.i18n import _
from core.web import leave_to
from desk import access
from desk.errors import Forbidden

Check = Callable[[], ResponseReturnValue | None]

GUARDS: dict[str, str] = {}  # blueprint name -> who may enter


def open_to_all(blueprint: Blueprint) -> Blueprint:
    GUARDS[blueprint.name] = "everybody"
    return blueprint


def signed_in_only(blueprint: Blueprint) -> Blueprint:
    return _guard(blueprint, "signed in", _demand_sign_in)


def staff_only(blueprint: Blueprint) -> Blueprint:
    return _guard(blueprint, "staff", _demand_staff)


def _guard(blueprint: Blueprint, who: str, check: Check) -> Blueprint:
    GUARDS[blueprint.name] = who
    blueprint.before_request(check)
    return blueprint


def _demand_sign_in() -> ResponseReturnValue | None:
    return None if current_user.is_authenticated else leave_to(sign_in_address())


def _demand_staff() -> ResponseReturnValue | None:
    if not current_user.is_authenticated:
        return leave_to(sign_in_address())
    if not access.may(current_user, "workspace.enter"):
        raise Forbidden(_("This part is for the staff."))
    return None


def sign_in_address() -> str:
    """The sign-in page that leads back to the page the person was on."""
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    if shown.path:
        here = f"{shown.path}?{shown.query}" if shown.query else shown.path
    return f"/signin?next={quote(here)}"
