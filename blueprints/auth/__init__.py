"""Signing in and out, for clients and for the staff: by password, or by a link sent by mail."""

from flask import Flask

from blueprints.auth import link, password
from blueprints.auth.blueprint import blueprint

__all__ = ["link", "password"]


def set_up(app: Flask) -> None:
    app.register_blueprint(blueprint)
