"""htmx from the CDN and without it: blocked, hanging, late or forged, the page works."""

from collections.abc import Iterator
from typing import Any

import pytest

from core.assets import FOLDER
from core.security import CDN
from tests.support.frontend import sandbox
from tests.support.server import LiveServer, served

ANYWHERE = f"{CDN}/**"
HTMX = (FOLDER / "vendor" / "htmx.min.js").read_bytes()
PAGE = """
{% extends "layouts/portal.html" %}
{% block title %}Поезд{% endblock %}
{% block main %}
  <h1>Поезд</h1>
  <a id="go" href="/piece" hx-get="/piece" hx-target="#place" hx-swap="morph:innerHTML">Дальше</a>
  <div id="place"></div>
{% endblock %}
"""


@pytest.fixture
def live_server() -> Iterator[LiveServer]:
    made = sandbox({"/": PAGE, "/piece": "<b>приехали</b>"}, assets="cdn")
    with served(made.app) as server:
        yield server


def works(page: Any) -> None:
    """htmx swaps, by the morphing of idiomorph, and our own scripts came after it."""
    page.wait_for_selector("html[data-scripts=ready]", state="attached")
    page.click("#go")
    page.wait_for_selector("#place b:has-text('приехали')")
    assert page.evaluate("htmx.version") == "2.0.11"


def fulfil(route: Any, body: bytes = HTMX) -> None:
    route.fulfill(
        body=body,
        content_type="application/javascript",
        headers={"Access-Control-Allow-Origin": "*"},
    )


def test_the_cdn_is_used_when_it_answers(page: Any) -> None:
    local: list[str] = []
    page.on("request", lambda request: "htmx.min" in request.url and local.append(request.url))
    page.route(ANYWHERE, lambda route: fulfil(route))
    page.goto("/")
    works(page)
    assert len(local) == 1
    assert local[0].startswith(CDN)


def test_a_blocked_cdn_changes_nothing(page: Any) -> None:
    page.route(ANYWHERE, lambda route: route.abort())
    page.goto("/")
    works(page)


def test_a_hanging_cdn_is_given_up(page: Any) -> None:
    held: list[Any] = []
    page.route(ANYWHERE, lambda route: held.append(route))
    page.goto("/", wait_until="domcontentloaded")
    works(page)
    assert held


def test_a_cdn_that_failed_is_left_alone_for_a_while(page: Any) -> None:
    asked: list[str] = []

    def refuse(route: Any) -> None:
        asked.append(route.request.url)
        route.abort()

    page.route(ANYWHERE, refuse)
    for _visit in range(3):
        page.goto("/")
        works(page)
    assert len(asked) == 1
    page.evaluate("localStorage.setItem('liniya.cdn-failed', Date.now() - 601_000)")
    page.goto("/")
    works(page)
    assert len(asked) == 2


def test_a_late_answer_is_not_run(page: Any) -> None:
    held: list[Any] = []
    page.route(ANYWHERE, lambda route: held.append(route))
    page.goto("/", wait_until="domcontentloaded")
    works(page)
    page.evaluate("window.first = window.htmx")
    fulfil(held[0])
    page.click("#go")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.first === window.htmx")


def test_a_forged_file_is_refused(page: Any) -> None:
    page.route(ANYWHERE, lambda route: fulfil(route, b"window.forged = true;"))
    page.goto("/")
    works(page)
    assert page.evaluate("window.forged === undefined")
    assert page.alarms  # Chromium says that the hash does not fit
    page.alarms.clear()
