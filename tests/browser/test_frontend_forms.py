"""Forms and answers: errors get the focus, nothing is sent twice, refusals are said in words."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import make_response, render_template_string
from flask_wtf import FlaskForm
from playwright.sync_api import expect
from wtforms import StringField
from wtforms.validators import InputRequired

from tests.support.frontend import Sandbox, sandbox
from tests.support.server import LiveServer, served

PAGE = """
{% extends "layouts/portal.html" %}
{% block title %}Написать нам{% endblock %}
{% block main %}
  <h1>Написать нам</h1>
  <div id="place">{% include "form.html" %}</div>
  <form id="plain" action="/slow" method="post">{{ ui.hidden() }}<button>Медленно</button></form>
  <a id="link" href="/other" hx-get="/other" hx-target="#place">Другое</a>
  {% for status in (403, 409, 419, 500) %}
    <button id="b{{ status }}" hx-post="/refuse/{{ status }}" hx-target="#place">нельзя</button>
  {% endfor %}
  {{ ui.files() }}
  <pre class="code"><code>PATCH /v1/orders</code></pre>
{% endblock %}
"""
FORM = """
<form id="ask" method="post" action="/ask" novalidate hx-post="/ask" hx-target="#place">
  {{ ui.error_summary(form) }}
  {{ ui.hidden("k" * 20) }}
  {{ ui.field(form.email) }}
  {{ ui.button("Отправить") }}
</form>
"""
NOTICE = '{% set message = "Это не ваше." %}{% include "errors/notice.html" %}'


class Ask(FlaskForm):
    email = StringField("Почта", [InputRequired("Укажите почту целиком")])


@pytest.fixture
def made() -> Sandbox:
    made = sandbox({"/other": "<b>другое</b>"})
    app = made.app
    made.app.extensions["gate"] = threading.Event()

    def home() -> str:
        page = PAGE.replace('{% include "form.html" %}', FORM)
        return render_template_string(page, form=Ask())

    def ask() -> tuple[str, int]:
        form = Ask()
        if form.validate():
            return '<p id="done">Получили</p>', 200
        return render_template_string(FORM, form=form), 422

    def slow() -> str:
        app.extensions["gate"].wait(5)
        return "<p>готово</p>"

    def refuse(status: int) -> Any:
        answer = make_response(render_template_string(NOTICE, status=status, error_id="7f3a"))
        answer.status_code = status
        return answer

    app.add_url_rule("/", "home", home)
    app.add_url_rule("/ask", "ask", ask, methods=["POST"])
    app.add_url_rule("/slow", "slow", slow, methods=["POST"])
    app.add_url_rule("/refuse/<int:status>", "refuse", refuse, methods=["POST"])
    return made


@pytest.fixture
def live_server(made: Sandbox) -> Iterator[LiveServer]:
    with served(made.app) as server:
        yield server


@pytest.fixture
def opened(page: Any) -> Any:
    page.goto("/")
    page.wait_for_selector("html[data-scripts=ready]", state="attached")
    return page


def test_errors_get_the_focus_and_the_title(opened: Any) -> None:
    opened.click("text=Отправить")
    opened.wait_for_selector("[data-error-summary]:focus")
    assert opened.title() == "Ошибка: Написать нам · Курьер+"
    assert opened.inner_text(".errors-h").strip() == "Проверьте 1 поле"
    assert opened.get_attribute("#email", "aria-describedby") == "email-error"
    opened.click(".errors a")
    assert opened.evaluate("document.activeElement.id") == "email"
    opened.fill("#email", "ivan@example.ru")
    opened.click("text=Отправить")
    opened.wait_for_selector("#done")
    expect(opened).to_have_title("Написать нам · Курьер+")  # said after the piece has settled


def test_a_double_click_sends_once(opened: Any, made: Sandbox) -> None:
    twice = "button => { button.click(); button.click(); return button.ariaDisabled; }"
    assert opened.locator("#plain button").evaluate(twice) == "true"
    made.app.extensions["gate"].set()
    opened.wait_for_selector("text=готово")
    assert len(made.sent("/slow")) == 1


def test_refusals_become_toasts_and_leave_the_page(opened: Any) -> None:
    for count, status in enumerate((403, 409, 500), 1):
        opened.click(f"#b{status}")
        opened.wait_for_selector(f".toast[role=alert] >> nth={count - 1}")
    assert opened.inner_text(".toast-text >> nth=0") == "Это не ваше."
    assert opened.is_visible("#ask")
    opened.click(".toast >> nth=0 >> text=Закрыть")
    assert opened.locator(".toast").count() == 2


def test_an_outdated_page_offers_to_reload(opened: Any) -> None:
    opened.click("#b419")
    opened.click(".toast:has-text('Страница устарела') >> text=Обновить")
    opened.wait_for_selector("#ask")


def test_the_token_goes_with_every_change(page: Any, made: Sandbox) -> None:
    page.goto("/")
    page.wait_for_selector("html[data-scripts=ready]", state="attached")
    with page.expect_request("**/refuse/403") as sent:
        page.click("#b403")
    assert sent.value.headers["x-csrftoken"]


def test_ctrl_click_opens_a_tab_and_a_plain_click_a_piece(opened: Any) -> None:
    with opened.context.expect_page() as tab:
        opened.click("#link", modifiers=["Control"])
    tab.value.wait_for_load_state()
    assert tab.value.url.endswith("/other")
    assert opened.is_visible("#ask")
    opened.click("#link")
    opened.wait_for_selector("#place >> text=другое")


def test_the_theme_is_there_at_once_and_from_the_first_byte(opened: Any) -> None:
    opened.click("[data-theme-form] button[value=dark]")
    assert opened.evaluate("document.documentElement.dataset.theme") == "dark"
    assert opened.get_attribute("button[value=dark]", "aria-pressed") == "true"
    assert 'data-theme="dark"' in opened.reload().text()[:200]
    opened.click("[data-theme-form] button[value=auto]")
    assert "data-theme=" not in opened.reload().text()[:200]


def test_chosen_files_are_listed_and_can_be_taken_back(opened: Any) -> None:
    chosen = [
        {"name": name, "mimeType": "text/plain", "buffer": b"x" * 2048}
        for name in ("счёт.txt", "фото.txt")
    ]
    opened.set_input_files("#files", chosen)
    assert (
        opened.inner_text("[data-file-list] li >> nth=0").replace("\n", " ").startswith("счёт.txt")
    )
    opened.click("[aria-label='Убрать счёт.txt']")
    assert opened.evaluate("[...files.files].map(file => file.name)") == ["фото.txt"]


def test_files_that_would_be_refused_are_not_sent(opened: Any, made: Sandbox) -> None:
    small = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"x"} for n in range(11)]
    opened.evaluate("""() => {
        const files = document.querySelector("input[data-files]");
        document.querySelector("#plain").append(files.closest(".field"));
    }""")
    opened.set_input_files("input[data-files]", small)
    opened.click("#plain button:not([type=button])")
    opened.wait_for_selector(".toast[role=alert] >> text=20 МБ")
    assert not opened.locator("#plain[data-sending]").count()
    opened.evaluate("""() => {
        const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(20 * 1024 ** 2 + 1)], "large.bin"));
        document.querySelector("input[data-files]").files = files.files;
    }""")
    opened.click("#plain button:not([type=button])")
    opened.wait_for_selector(".toast[role=alert] >> nth=1")
    assert made.sent("/slow") == []
    opened.set_input_files("input[data-files]", small[:10])
    made.app.extensions["gate"].set()
    opened.click("#plain button:not([type=button])")
    opened.wait_for_selector("text=готово")


def test_code_can_be_copied(opened: Any) -> None:
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.click("text=Скопировать")
    opened.wait_for_selector(".toast:has-text('Скопировано')")
    assert opened.evaluate("navigator.clipboard.readText()") == "PATCH /v1/orders"
