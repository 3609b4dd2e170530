"""Never lose a word: drafts outlive reloads, silent servers, live updates; sending ends them."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.frontend import Sandbox, sandbox
from tests.support.server import LiveServer, served

PAGE = """
{% extends "layouts/workspace.html" %}
{% block title %}1042{% endblock %}
{% block main %}
  <main class="main" id="main"><h1>1042</h1>
    <section id="ticket" data-live-case="42" hx-get="/agent/" hx-select="#ticket"
             hx-trigger="live" hx-swap="morph:outerHTML">
      <p id="version">версия {{ sandbox.version }}</p>
      <form id="composer" action="/sent" method="post"
            hx-post="/sent" hx-target="#composer" hx-swap="outerHTML">{{ ui.csrf() }}
        <span data-draft-badge hidden><span data-draft-text></span></span>
        {% set draft = sandbox.drafts.reply %}
        <textarea name="text" id="text" data-draft-url="/draft?kind=reply"
                  {% if draft %}data-draft-at="2026-03-02T06:00:00+00:00"{% endif %}
                  >{{ draft }}</textarea>
        {{ ui.button("Отправить") }}
      </form>
    </section>
  </main>
{% endblock %}
"""


@pytest.fixture
def made() -> Sandbox:
    made = sandbox({"/agent/": PAGE})

    def sent() -> str:
        made.drafts.clear()
        return '<form id="composer"><textarea data-draft-url="/draft?kind=reply"></textarea></form>'

    made.app.add_url_rule("/sent", "sent", sent, methods=["POST"])
    return made


@pytest.fixture
def live_server(made: Sandbox) -> Iterator[LiveServer]:
    with served(made.app, threads=16) as server:
        yield server


def opened(page: Any) -> None:
    page.goto("/agent/", wait_until="domcontentloaded")
    page.wait_for_selector("html[data-scripts=ready]", state="attached")


def saved(page: Any) -> None:
    page.wait_for_selector("[data-draft-badge]:not([hidden]):has-text('Сохранено')")


def test_a_draft_is_saved_and_comes_back(page: Any, made: Sandbox) -> None:
    opened(page)
    page.type("#text", "Иван, добрый день")
    saved(page)
    assert made.drafts == {"reply": "Иван, добрый день"}
    opened(page)
    assert page.input_value("#text") == "Иван, добрый день"


def test_typing_on_while_a_save_is_under_way_loses_nothing(page: Any, made: Sandbox) -> None:
    opened(page)
    held: list[Any] = []
    page.route("**/draft*", lambda route: route.continue_() if held else held.append(route))
    page.type("#text", "раз")
    page.wait_for_timeout(900)
    page.type("#text", " два")
    page.wait_for_timeout(900)
    assert made.drafts == {}
    held[0].continue_()
    saved(page)
    page.wait_for_timeout(300)
    assert made.drafts == {"reply": "раз два"}


def test_what_the_server_never_got_comes_back(page: Any, made: Sandbox) -> None:
    opened(page)
    page.route("**/draft*", lambda route: route.abort())
    page.type("#text", "сервер молчит")
    page.wait_for_selector("[data-draft-badge]:has-text('на этом устройстве')")
    page.unroute("**/draft*")
    opened(page)
    assert page.input_value("#text") == "сервер молчит"
    saved(page)
    assert made.drafts == {"reply": "сервер молчит"}


def test_sending_ends_the_draft(page: Any, made: Sandbox) -> None:
    opened(page)
    page.type("#text", "Готово")
    page.click("text=Отправить")
    page.wait_for_selector("#composer:not([action])", state="attached")
    assert [form["text"] for form in made.sent("/sent")] == ["Готово"]
    opened(page)
    page.wait_for_timeout(900)
    assert page.input_value("#text") == ""
    assert made.drafts == {}


def test_a_draft_sent_from_elsewhere_does_not_rise_again(page: Any, made: Sandbox) -> None:
    opened(page)
    page.type("#text", "Отправлю с телефона")
    saved(page)
    made.drafts.clear()
    opened(page)
    assert page.input_value("#text") == ""


def test_a_failed_sending_keeps_the_text(page: Any, made: Sandbox) -> None:
    opened(page)
    page.route("**/sent", lambda route: route.abort())
    page.type("#text", "не уйдёт")
    page.click("text=Отправить")
    page.wait_for_selector(".toast[role=alert]:has-text('Нет связи')")
    assert page.input_value("#text") == "не уйдёт"
    page.type("#text", ", но останется")
    saved(page)
    assert made.drafts == {"reply": "не уйдёт, но останется"}
    page.alarms.clear()  # htmx says that nobody answered


def test_a_live_update_leaves_text_caret_and_focus(page: Any, made: Sandbox) -> None:
    opened(page)
    page.type("#text", "пишу ответ")
    page.evaluate("text.setSelectionRange(4, 4)")
    made.change(42)
    page.wait_for_selector("#version:has-text('версия 2')")
    assert page.evaluate("[text.value, text.selectionStart, document.activeElement.id]") == [
        "пишу ответ",
        4,
        "text",
    ]
    page.keyboard.type(" новый")
    assert page.input_value("#text") == "пишу новый ответ"


def holds(page: Any, text: str) -> None:
    expect(page.locator("#text")).to_have_value(text)


def test_two_tabs_hold_one_draft(page: Any, made: Sandbox) -> None:
    """What is written in one stands in the other; sent there, it does not stay behind here."""
    other = page.context.new_page()
    for tab in (page, other):
        opened(tab)
    page.type("#text", "первая")
    holds(other, "первая")
    saved(other)
    other.locator("#text").press("End")
    other.type("#text", ", вторая")
    holds(page, "первая, вторая")
    saved(page)
    assert made.drafts == {"reply": "первая, вторая"}
    opened(other)
    holds(other, "первая, вторая")
    holds(page, "первая, вторая")
    page.click("#composer button[type=submit]")
    holds(other, "")
    opened(other)
    holds(other, "")
    assert made.drafts == {}


def test_what_another_tab_failed_to_send_stays(page: Any, made: Sandbox) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        opened(tab)
    page.type("#text", "первая")
    saved(other)
    page.route("**/sent", lambda route: route.abort())
    page.click("#composer button[type=submit]")
    page.wait_for_selector(".toast[role=alert]:has-text('Нет связи')")
    page.type("#text", "!")
    holds(other, "первая!")
    page.alarms.clear()
