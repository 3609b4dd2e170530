"""The client's side of a request: writing it, its page by a safe link, and "my requests"."""

from flask import Flask, current_app

from blueprints.masking import masked
from blueprints.portal import by_link, contact, mine, suggestions, wording
from blueprints.portal.blueprints import mine_blueprint, portal_blueprint
from desk import promises

__all__ = ["by_link", "contact", "mine", "suggestions"]


def set_up(app: Flask) -> None:
    app.jinja_env.globals.update(
        in_words=promises.in_words,
        solved_in=wording.solved_in,
        waits_for=wording.waits_for,
        mail_leaves=mail_leaves,
        masked=masked,
    )
    app.jinja_env.filters.update(said_when=wording.said_when, size=wording.size)
    app.register_blueprint(portal_blueprint)
    app.register_blueprint(mine_blueprint)


def mail_leaves() -> bool:
    """Whether a mail server is known; without one no page says that a mail comes."""
    return bool(current_app.config["LINIYA"].smtp_url)
