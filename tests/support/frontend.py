"""The front end without the program behind it: layouts, macros and scripts on a tiny app."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Flask, Response, jsonify, redirect, render_template, request
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

from core import clock, i18n, security, static_files, ui
from core.assets import FOLDER

TEMPLATES = FOLDER.parent / "templates"
MASHA = SimpleNamespace(
    name="Маша", initials="МА", line=1, is_staff=True, presence="available", shortcuts=True
)


@dataclass
class Sandbox:
    """The app, and what its pages sent to it. `changes` go out on the stream."""

    app: Flask
    received: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    drafts: dict[str, str] = field(default_factory=dict)
    refuses_streams: bool = False
    is_closed: bool = False
    version: int = 1

    def sent(self, path: str) -> list[dict[str, str]]:
        return [form for _, where, form in self.received if where == path]

    def close(self) -> None:
        """Let the streams end, so that the server can stop."""
        self.is_closed = True

    def change(self, case: int) -> None:
        """Say on the stream that a case changed."""
        with self.changed:
            self.version += 1
            self.changes.append({"id": len(self.changes) + 1, "case": case, "kind": "replied"})
            self.changed.notify_all()


def sandbox(pages: dict[str, str], assets: str = "local") -> Sandbox:
    """`pages` are templates by address: {"/agent/": "{% extends ... %}"}."""
    app = Flask("sandbox", static_folder=None)
    app.secret_key = "not a secret"
    app.config["LINIYA"] = SimpleNamespace(assets=assets)
    own = {f"page{place}.html": text for place, text in enumerate(pages.values())}
    app.jinja_loader = ChoiceLoader([DictLoader(own), FileSystemLoader(TEMPLATES)])
    made = app.extensions["hub"] = Sandbox(app)
    _set_up(app, made, assets)
    for place, address in enumerate(pages):
        app.add_url_rule(address, address, _page(f"page{place}.html"))
    _routes(app, made)
    return made


def _page(template: str) -> Any:
    return lambda: render_template(template)


def _set_up(app: Flask, made: Sandbox, assets: str) -> None:
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.newstyle_gettext = True  # type: ignore[attr-defined] # added by the extension
    ui.set_up(env)
    static_files.serve_static(app)
    CSRFProtect(app)
    rail = SimpleNamespace(views=[], load=None, last_event_id=0)
    env.globals.update(
        now=clock.now,
        may=lambda *_: True,
        rail=lambda: rail,
        about_support=dict,
        new_form_key=lambda: "k" * 20,
        minutes=lambda n: timedelta(minutes=n),
        sandbox=made,
    )
    app.context_processor(
        lambda: {
            "locale": i18n.locale(),
            "theme": request.cookies.get("theme", "auto"),
            "assets": assets,
            "company_name": "Курьер+",
            "current_user": MASHA,
        }
    )
    app.after_request(security.harden)

    @app.before_request
    def note() -> None:
        i18n.set_locale("ru")
        if request.method != "GET":
            given = {name: value for name, value in request.form.items() if name != "csrf_token"}
            made.received.append((request.method, request.path, given))


def _routes(app: Flask, made: Sandbox) -> None:
    @app.put("/draft")
    def draft() -> tuple[str, int]:
        made.drafts[request.args["kind"]] = request.form["text"]
        return "", 204

    @app.post("/theme")
    def theme() -> Response:
        return redirect("/")

    @app.get("/agent/poll")
    def poll() -> Response:
        after = int(request.args["after"])
        return jsonify(events=[change for change in made.changes if change["id"] > after])

    @app.get("/agent/stream")
    def stream() -> Response | tuple[str, int]:
        if made.refuses_streams:
            return "", 503
        return Response(_stream(made, int(request.args["after"])), mimetype="text/event-stream")

    @app.get("/agent/palette")
    def palette() -> str:
        return '<a class="menu-item" role="option" href="/agent/?found">Найденное</a>'


def _stream(made: Sandbox, after: int) -> Iterator[str]:
    yield "retry: 300\n\n"
    while not made.is_closed:
        with made.changed:
            if len(made.changes) == after:
                made.changed.wait(0.2)
            fresh = made.changes[after:]
        for change in fresh:
            after = change["id"]
            yield f"id: {after}\nevent: change\ndata: {json.dumps(change)}\n\n"
        yield ": still here\n\n"
