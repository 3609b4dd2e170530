"""Live pages: what happens elsewhere is shown, what is being typed stays."""

from typing import Any
from urllib.parse import unquote

import pytest

from core import bus
from core.db import db
from desk import tickets
from models import Case, Client, Staff
from tests.support.browser import scripts_run
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

SOON = 5_000  # ms
NOTICED = 2_100  # ms after which a strip counts as read by who goes on typing


@pytest.fixture
def desk(page: Any, live_server: LiveServer, masha: Staff) -> Any:
    return sign_in_page(page, live_server, masha)


def opened_page(page: Any, url: str) -> None:
    page.goto(url)
    scripts_run(page)
    page.wait_for_timeout(400)  # the stream is being opened


def case(number: int) -> Case:
    """As it is now: what was read before the page acted is let go."""
    if "unit" not in db.session.info:
        db.session.rollback()
    return db.session.get_one(Case, number)


def test_words_of_the_client_come_without_taking_the_text(
    desk: Any, ivan: Client, sergey: Staff
) -> None:
    number = opened(ivan).id
    opened_page(desk, f"/agent/t/{number}?view=all")
    desk.click("#reply-text")
    desk.keyboard.type("Здравствуйте, Иван! Вклю")
    for _ in range(4):
        desk.keyboard.press("ArrowLeft")
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Уже не надо, спасибо", by=ivan)
        tickets.set_priority(case(number), 4, by=sergey)
        tickets.assign(case(number), sergey, by=sergey)
    desk.wait_for_selector("#thread >> text=Уже не надо, спасибо", timeout=SOON)
    desk.wait_for_selector('.pick[aria-label*="Сергей"]', timeout=SOON)
    desk.wait_for_selector(".trow-snip >> text=Уже не надо", timeout=SOON)
    state = desk.evaluate(
        "(a => [a.value, a.selectionStart, document.activeElement === a])"
        "(document.getElementById('reply-text'))"
    )
    assert state == ["Здравствуйте, Иван! Вклю", 20, True]
    desk.keyboard.type("!")
    assert desk.input_value("#reply-text") == "Здравствуйте, Иван! !Вклю"


def test_counts_follow(desk: Any, ivan: Client, masha: Staff) -> None:
    opened_page(desk, "/agent/inbox/unassigned")
    desk.mouse.move(900, 400)
    assert desk.text_content('#views a[href$="unassigned"] .nav-n') == "0"
    number = opened(ivan).id
    desk.wait_for_selector('#views a[href$="unassigned"] .nav-n >> text=1', timeout=SOON)
    desk.wait_for_selector(f"#row-{number}", timeout=SOON)
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    desk.wait_for_selector('#views a[href$="mine"] .nav-n >> text=1', timeout=SOON)
    desk.wait_for_selector(f"#row-{number}", state="detached", timeout=SOON)


def test_the_list_does_not_jump_under_the_pointer(desk: Any, ivan: Client) -> None:
    first = opened(ivan, "Первая").id
    opened_page(desk, "/agent/inbox/all")
    desk.hover(f"#row-{first}")
    top = desk.evaluate(
        "id => document.getElementById(id).getBoundingClientRect().top", f"row-{first}"
    )
    for n in range(5):
        opened(ivan, f"Ещё {n}")
    desk.wait_for_selector("[data-pill]:not([hidden]) >> text=+5", timeout=SOON)
    assert (
        desk.evaluate(
            "id => document.getElementById(id).getBoundingClientRect().top", f"row-{first}"
        )
        == top
    )
    desk.click("[data-pill]")
    desk.wait_for_selector("text=Ещё 4", timeout=SOON)


def test_a_colleague_answered_first(desk: Any, ivan: Client, sergey: Staff) -> None:
    number = opened(ivan).id
    opened_page(desk, f"/agent/t/{number}")
    desk.context.route("**/agent/stream*", lambda route: route.abort())
    desk.evaluate("document.getElementById('thread').removeAttribute('data-live-case')")
    desk.fill("#reply-text", "Мой ответ")
    with bus.unit_of_work():
        tickets.reply(case(number), "Ответ Сергея", by=sergey)
    desk.click("#reply-text")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("#reply-said .stale >> text=Ответ Сергея")
    assert desk.input_value("#reply-text") == "Мой ответ"
    desk.click("#reply-said >> text=Всё равно отправить")
    desk.wait_for_selector("#thread >> text=Мой ответ")
    assert desk.input_value("#reply-text") == ""
    assert desk.locator("#reply-said .stale").count() == 0


def test_words_that_came_in_live_are_no_surprise(desk: Any, ivan: Client) -> None:
    number = opened(ivan).id
    opened_page(desk, f"/agent/t/{number}")
    desk.fill("#reply-text", "Мой ответ")
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Уже не надо, спасибо", by=ivan)
    desk.wait_for_selector("[data-newer] >> text=Клиент написал", timeout=SOON)
    desk.wait_for_timeout(NOTICED)
    desk.click("#reply-text")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("#thread >> text=Мой ответ", timeout=SOON)
    assert desk.locator("#reply-said .stale").count() == 0


def test_words_that_came_in_out_of_sight_are_shown_before_sending(
    desk: Any, ivan: Client, masha: Staff
) -> None:
    number = opened(ivan, text="Очень длинно. " * 500).id
    with bus.unit_of_work():
        tickets.reply(case(number), "Смотрим", by=masha)
    opened_page(desk, f"/agent/t/{number}")
    desk.fill("#reply-text", "Мой ответ")
    desk.evaluate("document.querySelector('[data-thread]').scrollTop = 0")
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Уже не надо, спасибо", by=ivan)
    desk.wait_for_selector("#thread >> text=Уже не надо, спасибо", timeout=SOON)
    desk.click("#reply-text")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("#reply-said .stale >> text=Уже не надо")
    desk.evaluate("document.querySelector('[data-thread]').scrollTop = 1e6")
    desk.wait_for_selector("#thread input[name=seen]:not([data-newest])", state="attached")


@pytest.mark.one_database
@pytest.mark.parametrize("way", ["send at once", "send later", "got it"])
def test_an_answer_that_crosses_another_is_held_once(
    desk: Any, browser: Any, live_server: LiveServer, ivan: Client, sergey: Staff, way: str
) -> None:
    number = opened(ivan).id
    context = browser.new_context(base_url=live_server.url, locale="ru-RU")
    context.set_default_timeout(SOON)
    other = sign_in_page(context.new_page(), live_server, sergey)
    opened_page(other, f"/agent/t/{number}")
    opened_page(desk, f"/agent/t/{number}")
    desk.fill("#reply-text", "Мой ответ")
    other.fill("#reply-text", "Ответ Сергея")
    other.click("#reply-text")
    other.keyboard.press("Control+Enter")
    desk.wait_for_selector("[data-newer] >> text=Сергей", timeout=SOON)
    if way == "got it":
        desk.click("[data-newer-done]")
    if way == "send later":
        desk.wait_for_timeout(NOTICED)
        desk.click("#reply-text")
        desk.keyboard.type("!")
        desk.keyboard.press("Backspace")
    desk.focus("#reply-text")
    desk.keyboard.press("Control+Enter")
    if way == "got it":
        desk.wait_for_selector("#thread >> text=Мой ответ", timeout=SOON)
    else:
        desk.wait_for_selector("#reply-said .stale >> text=Ответ Сергея", timeout=SOON)
        assert desk.input_value("#reply-text") == "Мой ответ"
    context.close()


@pytest.mark.one_database
def test_the_loss_of_the_connection_is_unsaid_when_it_is_back(desk: Any, ivan: Client) -> None:
    number = opened(ivan).id
    opened_page(desk, f"/agent/t/{number}")
    desk.route("**/tags*", lambda route: route.abort())
    desk.evaluate("htmx.ajax('GET', '/agent/tags', '#side').catch(() => {})")
    desk.wait_for_selector("#toasts >> text=Нет связи")
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Уже не надо", by=ivan)
    desk.wait_for_selector("#thread >> text=Уже не надо", timeout=SOON)
    desk.wait_for_selector("#toasts >> text=Нет связи", state="detached")
    desk.alarms.clear()


@pytest.mark.one_database
def test_solving_over_words_that_nobody_saw_is_asked_about(desk: Any, ivan: Client) -> None:
    number = opened(ivan).id
    opened_page(desk, f"/agent/t/{number}")
    desk.evaluate("document.getElementById('thread').removeAttribute('data-live-case')")
    desk.fill("#reply-text", "Мой ответ")
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Нет, не помогло!", by=ivan)
    desk.click('button[aria-label="Решить"]')
    desk.wait_for_selector("#overtaken >> text=Нет, не помогло!")
    assert case(number).is_open
    desk.click("#overtaken button")
    desk.wait_for_selector("#overtaken:not(:has(form))", state="attached")
    assert case(number).is_solved
    assert desk.input_value("#reply-text") == "Мой ответ"


def test_a_draft_outlives_the_session(
    desk: Any, live_server: LiveServer, ivan: Client, masha: Staff
) -> None:
    number = opened(ivan).id
    opened_page(desk, f"/agent/t/{number}")
    desk.fill("#note-text", "", force=True)
    desk.fill("#reply-text", "Половина отве")
    desk.wait_for_selector("#reply-form [data-draft-badge]:not([hidden])")
    desk.context.clear_cookies()
    desk.fill("#reply-text", "Половина ответа без сессии")
    desk.click("#side .tab >> text=Поля")
    desk.wait_for_url(lambda url: "/signin?next=" in url)
    assert f"/agent/t/{number}" in unquote(desk.url)
    assert desk.locator("main [role=status] >> text=текст сохранён").count() == 1
    sign_in_page(desk, live_server, masha)
    opened_page(desk, f"/agent/t/{number}")
    assert desk.input_value("#reply-text") == "Половина ответа без сессии"


@pytest.mark.one_database
def test_each_of_two_sees_that_the_other_writes(
    desk: Any, browser: Any, live_server: LiveServer, ivan: Client, sergey: Staff
) -> None:
    number = opened(ivan).id
    context = browser.new_context(base_url=live_server.url, locale="ru-RU")
    context.set_default_timeout(SOON)
    other = sign_in_page(context.new_page(), live_server, sergey)
    opened_page(other, f"/agent/t/{number}")
    opened_page(desk, f"/agent/t/{number}")
    desk.fill("#reply-text", "Мой ответ")
    other.wait_for_selector("#writers >> text=Маша пишет ответ", timeout=SOON)
    other.fill("#reply-text", "Ответ Сергея")
    desk.wait_for_selector("#writers >> text=пишет ответ", timeout=SOON)
    assert desk.input_value("#reply-text") == "Мой ответ"
    other.click("#reply-text")
    other.keyboard.press("Control+Enter")
    desk.wait_for_selector("#thread >> text=Ответ Сергея", timeout=SOON)
    desk.wait_for_selector("#writers:not(:has(p))", state="attached", timeout=SOON)
    context.close()


@pytest.mark.one_database
def test_without_scripts(browser: Any, live_server: LiveServer, ivan: Client, masha: Staff) -> None:
    number = opened(ivan).id
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="ru-RU"
    )
    context.set_default_timeout(SOON)
    page = sign_in_page(context.new_page(), live_server, masha)
    page.goto("/agent/")
    page.click('#views a[href$="unassigned"]')
    page.click(f"#row-{number} a")
    page.click('button[aria-label="Взять себе"]')
    page.fill("#reply-text", "Смотрю")
    page.click("#reply-form .btn-group > button")
    assert page.locator(".msg-agent").count() == 1
    page.click(".composer .tab >> text=Заметка")
    page.fill("#note-text", "Без скриптов")
    page.click("#note-form button.btn-primary")
    assert page.locator(".msg-note").count() == 1
    page.click(".side .tab >> text=Поля")
    page.select_option('.side select[name="priority"]', "4")
    page.click('.side form:has(select[name="priority"]) button')
    page.click('button[aria-label="Решить"]')
    context.close()
    assert case(number).is_solved
    assert case(number).priority == 4
