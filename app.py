"""create_app(): wires the packages together; no rules."""

import importlib
import pkgutil
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

import blueprints
import desk
from core import i18n, security, static_files, ui
from core.bus import unit, unit_of_work
from core.config import Config
from core.db import db
from core.failpoints import failpoint
from core.storage import FolderStorage
from core.web import IdConverter

SAFE = ("GET", "HEAD", "OPTIONS")


class Refused(Exception):  # noqa: N818 - not an error: carries the answer past the commit
    """An answer that says no: what was written on the way must not stay."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


class Liniya(Flask):
    """One transaction a request: returning commits, raising or answering 4xx/5xx rolls back."""

    def full_dispatch_request(self) -> Response:
        answer: ResponseReturnValue | Response
        try:
            with unit_of_work(writes=self._writes()):
                answer = self.preprocess_request()  # type: ignore[assignment]
                if answer is None:
                    answer = self.dispatch_request()
                answer = self.make_response(answer)
                if answer.status_code >= 400 and not unit().keep:
                    raise Refused(answer)
            failpoint("web.after_commit")
        except Refused as refused:
            answer = refused.response
        except Exception as error:  # every error becomes a page; the unit was rolled back
            with unit_of_work(writes=False):  # pages of errors read names and settings too
                answer = self.handle_user_exception(error)
        return self.finalize_request(answer)

    def _writes(self) -> bool:
        """A view that is sent a form only to answer something about it says `only_reads`."""
        view = self.view_functions.get(request.endpoint or "")
        return request.method not in SAFE and not getattr(view, "only_reads", False)


def create_app(config: Config) -> Flask:
    """The application on one set of settings; several may live in one process (tests)."""
    app = Liniya("liniya", root_path=str(Path(__file__).parent), static_folder=None)
    app.config.update(_flask_settings(config))
    app.config["LINIYA"] = config
    app.url_map.converters["int"] = IdConverter
    app.extensions["storage"] = FolderStorage(config.data / "files")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    db.init_app(app)
    _set_up_templates(app)
    static_files.serve_static(app)
    _register(desk)
    for package in _register(blueprints):
        if hasattr(package, "set_up"):
            package.set_up(app)
    app.after_request(security.harden)
    return app


def _flask_settings(config: Config) -> dict[str, Any]:
    return {
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "TESTING": config.testing,
        "MAX_CONTENT_LENGTH": config.max_request_bytes,
        "MAX_FORM_MEMORY_SIZE": config.max_text_bytes,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # pages behind a secret link send no Referer
        "SESSION_COOKIE_NAME": "liniya",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.secure_cookies,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": config.secure_cookies,
        "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
        "PREFERRED_URL_SCHEME": config.base_url.partition(":")[0],
    }


def _register(package: Any) -> list[Any]:
    """Import what lies in a package: handlers and blueprints are found by folder."""
    found = pkgutil.iter_modules(package.__path__)
    return [importlib.import_module(f"{package.__name__}.{module.name}") for module in found]


def _set_up_templates(app: Flask) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.newstyle_gettext = True  # type: ignore[attr-defined] # added by the extension
    env.filters.update(
        datetime=i18n.format_datetime,
        date=i18n.format_date,
        time=i18n.format_time,
        number=i18n.format_number,
    )
    ui.set_up(env)
