"""The help pages in a browser: search as one types, by keyboard, without JavaScript, on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from core.db import db
from models import ArticleVote, Case, Message
from tests.support.faq import BODY, answer

PAGES = (
    *("/ru/", "/ru/search?q=доставка", "/ru/search?q=qqqqzz", "/ru/c/delivery", "/ru/a/1"),
    *("/ru/contact?subject=доставка", "/signin", "/ru/nowhere", "/en/", "/en/contact"),
)


def typed(page: Any, text: str) -> list[str]:
    """Type with 30 ms between the keys; the searches that were asked for."""
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/search?" in sent.url else None)
    page.locator("#q").press_sequentially(text, delay=30)
    expect(page.locator(".heard-main")).to_be_visible()
    page.wait_for_timeout(300)
    return asked


def test_eight_letters_are_one_search(page: Any) -> None:
    answer("Как изменить адрес доставки")
    page.goto("/ru/")

    asked = typed(page, "доставка")

    assert len(asked) == 1
    assert page.url.endswith("/ru/search?q=%D0%B4%D0%BE%D1%81%D1%82%D0%B0%D0%B2%D0%BA%D0%B0")
    assert page.title().startswith("Поиск: доставка")
    expect(page.locator("#search_status")).to_have_text("1 ответ")
    shown = page.locator(".hits").inner_text()
    page.reload()
    assert page.locator(".hits").inner_text() == shown


def test_keyboard_leads_into_the_results_and_back(page: Any) -> None:
    number = answer("Как изменить адрес доставки")
    page.goto("/ru/")
    expect(page.locator("#q")).to_be_focused()
    typed(page, "доставка")

    page.keyboard.press("ArrowDown")
    expect(page.locator(".hit-h a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/ru/a/{number}-otvet")


def test_emptied_box_brings_the_sections_back(page: Any) -> None:
    answer("Как изменить адрес доставки")
    page.goto("/ru/search?q=доставка")

    page.locator("#q").fill("")

    expect(page.locator(".topics")).to_be_visible()


def test_heading_under_an_anchor_is_in_sight(page: Any) -> None:
    answer("Как изменить адрес доставки", body=BODY + "\n\nконец" * 60)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 600})
        page.goto("/ru/a/1-otvet#s-kogda-kurer-uzhe-v-puti")
        expect(page.locator("#s-kogda-kurer-uzhe-v-puti")).to_be_in_viewport()


def test_vote_in_place(page: Any) -> None:
    answer("Как изменить адрес доставки")
    page.goto("/ru/a/1-otvet")

    page.get_by_role("button", name="Да, помог").click()
    expect(page.locator(".vote-thanks")).to_be_visible()
    page.locator(".vote-no summary").click()
    page.get_by_label("Устарело").check()
    page.get_by_role("button", name="Отправить отзыв").click()
    expect(page.locator(".vote-thanks")).to_have_text(re.compile("редакция"))

    db.session.rollback()
    assert [(row.value, row.reason) for row in db.session.query(ArticleVote)] == [(-1, "outdated")]


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways(page: Any, width: int) -> None:
    answer("Как изменить адрес доставки", "How to change the delivery address")
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_whole_way_without_javascript(browser: Any, live_server: Any) -> None:
    answer("Как изменить адрес доставки")
    context = browser.new_context(
        base_url=live_server.url, locale="ru-RU", java_script_enabled=False
    )
    page = context.new_page()
    codes: list[int] = []
    page.on("response", lambda answer: codes.append(answer.status))

    page.goto("/")
    page.locator("#q").fill("адрес доставки")
    page.get_by_role("button", name="Найти").click()
    page.locator(".hit-h a").click()
    page.get_by_role("button", name="Да, помог").click()
    assert "Спасибо" in page.locator("#vote").inner_text()
    page.locator(".head-write").click()
    page.locator("#email").fill("ivan@example.ru")
    page.locator("#subject").fill("Адрес")
    page.locator("#text").fill("Заказ уже едет")
    page.locator("#files").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
    )
    page.get_by_role("button", name="Отправить").click()
    assert "Обращение № 1001" in page.locator("main").inner_text()
    page.get_by_role("link", name="Открыть обращение").click()
    page.locator("#text").fill("Ещё вот что")
    page.get_by_role("button", name="Отправить").click()
    assert page.locator(".msg").count() == 2
    page.get_by_role("button", name="Вопрос решён").click()
    assert "Решено" in page.locator(".state").inner_text()
    context.close()

    assert {code for code in codes if code not in (200, 302, 303)} == set()
    db.session.rollback()
    assert db.session.query(Case).one().category == "solved"
    assert db.session.query(Message).count() == 2
