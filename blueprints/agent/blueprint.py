"""The blueprint that the modules of this package hang their pages on."""

from flask import Blueprint
from flask_login import current_user

from blueprints.guards import staff_only
from models import Staff

blueprint = staff_only(Blueprint("agent", __name__, url_prefix="/agent"))


def me() -> Staff:
    """The signed-in colleague as a row, not the proxy: verbs write it into other rows."""
    found: Staff = current_user._get_current_object()
    return found
