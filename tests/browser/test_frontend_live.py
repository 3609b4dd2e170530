"""Live pages: by the shared stream, by polling, with a banner; and clocks that tell the truth."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.frontend import Sandbox, sandbox
from tests.support.server import LiveServer, served

PAGE = """
{% extends "layouts/workspace.html" %}
{% block title %}Живое{% endblock %}
{% block main %}
  <main class="main" id="main"><h1>Живое</h1>
    <p id="case" data-live-case="42" hx-get="/agent/" hx-select="#case"
       hx-trigger="live" hx-swap="morph:outerHTML">обращение {{ sandbox.version }}</p>
    <p id="other" data-live-case="43" hx-get="/agent/" hx-select="#other"
       hx-trigger="live" hx-swap="morph:outerHTML">другое {{ sandbox.version }}</p>
    <p id="list" data-live-list hx-get="/agent/" hx-select="#list"
       hx-trigger="live" hx-swap="morph:outerHTML">список {{ sandbox.version }}</p>
  </main>
{% endblock %}
"""
CLOCK = """
{% extends "layouts/workspace.html" %}
{% block title %}Часы{% endblock %}
{% block main %}
  <main class="main" id="main"><h1>Часы</h1>
    <div id="plain">{{ ui.sla("ok", "1 ч 20 м",
      deadline=now() + minutes(79.5), near=now() + minutes(65)) }}</div>
    <div id="night">{{ ui.sla("ok", "1 ч 20 м", deadline=now() + minutes(799.5),
      windows=[(now(), now() + minutes(60)), (now() + minutes(780), now() + minutes(900))]) }}</div>
    <div id="pause">{{ ui.sla("pause", "пауза", deadline=now() + minutes(1)) }}</div>
  </main>
{% endblock %}
"""
NO_WORKER = "delete window.SharedWorker"
NO_STREAM = "delete window.SharedWorker; delete window.EventSource"


@pytest.fixture
def made() -> Sandbox:
    return sandbox({"/agent/": PAGE, "/agent/clock": CLOCK})


@pytest.fixture
def live_server(made: Sandbox) -> Iterator[LiveServer]:
    with served(made.app, threads=20) as server:
        yield server


def opened(page: Any, address: str = "/agent/") -> None:
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_selector("html[data-scripts=ready]", state="attached")


def is_live(page: Any, version: int) -> None:
    page.wait_for_selector(f"#case:has-text('обращение {version}')", timeout=8_000)
    page.wait_for_selector(f"#list:has-text('список {version}')")
    assert page.inner_text("#other") == "другое 1"


@pytest.mark.parametrize("without", ["", NO_WORKER, NO_STREAM])
def test_a_change_reaches_its_case_and_the_lists(page: Any, made: Sandbox, without: str) -> None:
    page.add_init_script(without)
    opened(page)
    made.change(42)
    is_live(page, 2)
    made.change(42)
    is_live(page, 3)


def test_a_refused_stream_becomes_polling(page: Any, made: Sandbox) -> None:
    made.refuses_streams = True
    opened(page)
    made.change(42)
    is_live(page, 2)
    assert not page.is_visible("#connection")


def test_nine_tabs_share_one_stream(page: Any, made: Sandbox) -> None:
    """A browser opens six connections to a host: without the worker the seventh tab would hang."""
    tabs = [page, *(page.context.new_page() for _ in range(8))]
    for tab in tabs:
        opened(tab)
    made.change(42)
    for tab in tabs:
        tab.bring_to_front()
        is_live(tab, 2)


def test_a_lost_connection_is_said_and_what_was_missed_comes(page: Any, made: Sandbox) -> None:
    page.add_init_script(NO_WORKER)
    made.refuses_streams = True
    opened(page)
    page.context.set_offline(True)
    page.wait_for_selector("#connection:not([hidden])", timeout=10_000)
    made.change(42)
    made.change(42)
    page.context.set_offline(False)
    is_live(page, 3)
    page.wait_for_selector("#connection", state="hidden")


def text(page: Any, place: str) -> str:
    return str(page.inner_text(f"#{place} .sla")).replace("\u00a0", " ").replace("\n", "")


def test_limits_tell_the_truth_without_asking_the_server(page: Any) -> None:
    page.clock.install(time="2026-03-02T06:00:00Z")
    opened(page, "/agent/clock")
    assert (text(page, "plain"), text(page, "night")) == ("Срок:1 ч 20 мин", "Срок:1 ч 20 мин")
    page.clock.fast_forward("01:04:00")
    assert text(page, "plain") == "Срок:16 мин"
    page.clock.fast_forward("00:02:00")
    assert text(page, "plain") == "Скоро срок:14 мин"
    assert "sla-soon" in page.get_attribute("#plain .sla", "class")
    assert text(page, "night") == "Срок:20 мин"  # nobody works at this hour: time stands
    page.clock.fast_forward("00:40:00")
    assert text(page, "plain") == "Просрочено:−26 мин"
    assert page.get_attribute("#plain use", "href").endswith("#triangle-alert")
    assert text(page, "pause") == "Пауза:пауза"
