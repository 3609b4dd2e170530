"""A browser without JavaScript: follows forms as they stand on the page."""

import contextvars
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core.db import db


class Client(FlaskClient):
    """Each request runs in a context of its own, as served ones do.

    Without that it would share `g` (who is signed in) and the database session with the test.
    The test's session is ended before and after, so that it sees what the request committed.
    """

    application: Flask

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        _end_reading()
        try:
            return contextvars.Context().run(super().open, *args, **kwargs)
        finally:
            _end_reading()

    def soup(self, url: str, **kwargs: Any) -> BeautifulSoup:
        """GET a page that must be there."""
        response = self.get(url, follow_redirects=True, **kwargs)
        assert response.status_code == 200, f"{url}: {response.status}"
        return parsed(response)

    def submit(self, url: str, form: str = "main form", **fields: Any) -> TestResponse:
        """Open `url`, fill the form that the CSS selector names, send it with its hidden fields."""
        return self.send(self.soup(url).select_one(form), url, **fields)

    def send(self, form: Tag | None, url: str, **fields: Any) -> TestResponse:
        assert form is not None, f"{url} has no such form"
        unknown = set(fields) - {str(one["name"]) for one in form.select("[name]")}
        assert not unknown, f"the form has no field {unknown}"
        action = str(form.get("action") or url)
        method = str(form.get("method") or "get").upper()
        values = {**filled(form), **fields}
        if method == "GET":
            return self.get(action, query_string=values)
        return self.open(action, method=method, data=values)


def parsed(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def filled(form: Tag) -> dict[str, Any]:
    """What a browser would send if nobody touched the form (the submit buttons apart)."""
    values: dict[str, Any] = {}
    for one in [*form.select("input[name]:not([disabled])"), *_elsewhere(form)]:
        kind = one.get("type", "text")
        if kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if one.has_attr("checked"):
                values.setdefault(str(one["name"]), []).append(str(one.get("value", "on")))
        else:
            values[str(one["name"])] = str(one.get("value", ""))
    for area in form.select("textarea[name]"):
        values[str(area["name"])] = area.get_text().removeprefix("\n")
    for choice in form.select("select[name]"):
        picked = [str(o["value"]) for o in choice.select("option[selected]")]
        first = [str(o["value"]) for o in choice.select("option[value]")[:1]]
        values[str(choice["name"])] = picked or ([] if choice.has_attr("multiple") else first)
    return values


def _elsewhere(form: Tag) -> list[Tag]:
    """Inputs that stand outside the form and name it as theirs."""
    page = form.find_parents()
    return page[-1].select(f'input[name][form="{form["id"]}"]') if page and form.get("id") else []


def _end_reading() -> None:
    if not has_app_context():  # a redirect that is being followed
        return
    waiting = [*db.session.new, *db.session.dirty, *db.session.deleted]
    assert not waiting, f"changed outside a unit of work, so no request sees it: {waiting}"
    db.session.rollback()
