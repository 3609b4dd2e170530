"""The blueprint that the modules of this package hang their pages on."""

from flask import Blueprint

from blueprints.guards import staff_only

blueprint = staff_only(Blueprint("admin", __name__, url_prefix="/admin"))
