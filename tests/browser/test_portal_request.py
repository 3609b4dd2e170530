"""Writing to us and following the request, in a browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from core import bus
from core.db import db
from desk import access, tickets
from desk.catalog import catalog
from desk.tickets import NewTicket
from models import Case, Deflection, Message, Participant, Staff, StatusCategory
from tests.support.faq import answer


@pytest.fixture
def number(app: Any, ivan: Participant) -> int:
    with bus.unit_of_work():
        new = NewTicket(subject="Смена адреса", text="Заказ уже едет", locale="ru")
        return tickets.open_ticket(new, requester=ivan).id


def link(number: int) -> str:
    return f"/r/{access.link_token(db.session.get_one(Case, number))}"


def count(model: type) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def test_empty_form_puts_the_focus_on_what_to_correct(page: Any) -> None:
    page.goto("/ru/contact")
    page.locator("#person").fill("Иван")
    page.get_by_role("button", name="Отправить").click()

    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    assert page.title().startswith("Ошибка: Написать нам")
    expect(page.locator("#person")).to_have_value("Иван")
    summary.get_by_role("link").first.click()
    expect(page.locator("#email")).to_be_focused()


def test_double_click_on_send_is_one_ticket(page: Any) -> None:
    page.goto("/ru/contact")
    page.locator("#email").fill("ivan@example.ru")
    page.locator("#subject").fill("Адрес")
    page.locator("#text").fill("Заказ уже едет")
    page.get_by_role("button", name="Отправить").dblclick()

    page.wait_for_url("**/contact/sent/**")
    assert count(Case) == 1


def test_suggestions_while_writing_touch_no_word(page: Any) -> None:
    answer("Лицензия не активируется")
    page.goto("/ru/contact")
    page.locator("#text").fill("я" * 4000)
    page.locator("#email").fill("ivan@example.ru")

    page.locator("#subject").press_sequentially("не активируется лицензия", delay=10)

    hit = page.locator("#suggestions a")
    expect(hit).to_contain_text("Лицензия не активируется")
    expect(hit).to_have_attribute("target", "_blank")
    expect(page.locator("#text")).to_have_value("я" * 4000)
    expect(page.locator("#subject")).to_be_focused()
    page.get_by_role("button", name="Это помогло").click()
    page.wait_for_url("**/contact/helped")
    assert (count(Case), count(Deflection)) == (0, 1)


def test_answer_appears_while_one_writes(page: Any, number: int, masha: Staff) -> None:
    page.goto(link(number))
    page.locator("#text").fill("Пишу ещё")
    with bus.unit_of_work():
        case, who = db.session.get_one(Case, number), db.session.get_one(Staff, masha.id)
        tickets.reply(case, "Передала диспетчеру", by=who)
        pending = catalog().first_status(StatusCategory.PENDING).id
        tickets.change_status(case, pending, by=who)

    expect(page.locator(".thread")).to_contain_text("Передала диспетчеру")
    expect(page.locator('.path [aria-current="step"]')).to_contain_text("Ждём вас")
    expect(page.locator(".state")).to_contain_text("Нужен ваш ответ")
    expect(page.locator("#text")).to_have_value("Пишу ещё")
    expect(page.locator("#text")).to_be_focused()


def test_replaced_link_closes_an_open_page(page: Any, number: int) -> None:
    page.goto(link(number))
    with bus.unit_of_work():
        db.session.get_one(Case, number).link_nonce = "another"

    expect(page.locator("h1")).to_have_text("Эта ссылка больше не работает")


# The steps whose name has a word on two lines.
BROKEN = """[...document.querySelectorAll(".stop-name")]
  .map((name) => name.firstChild).filter((text) =>
  [...text.data.matchAll(/\\S+/g)].some(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return range.getClientRects().length > 1;
  })).map((text) => text.data)"""


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_step_is_broken_within_a_word_on_a_narrow_phone(
    page: Any, ivan: Participant, language: str
) -> None:
    with bus.unit_of_work():
        new = NewTicket(subject="Смена адреса", text="Заказ уже едет", locale=language)
        number = tickets.open_ticket(new, requester=ivan).id
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(link(number))
    assert page.evaluate(BROKEN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_reply_and_its_file_on_a_phone(page: Any, number: int) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(link(number))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.get_by_role("navigation", name="Быстрые действия").get_by_role("link").click()
    expect(page.locator("#text")).to_be_in_viewport()
    page.locator("#text").fill("Вот фото")
    page.locator("#files").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
    )
    expect(page.locator("[data-file-list]")).to_contain_text("photo.jpg")
    page.locator("form.reply").get_by_role("button", name="Отправить").click()

    expect(page.locator(".msg").last).to_contain_text("photo.jpg")
    assert count(Message) == 2


@pytest.mark.one_database
def test_what_was_too_large_is_still_in_the_form_on_the_way_back(
    browser: Any, live_server: Any
) -> None:
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="ru-RU"
    )
    page = context.new_page()
    page.goto("/ru/contact")
    page.fill("#subject", "Адрес доставки")
    page.evaluate("document.querySelector('#text').removeAttribute('maxlength')")
    page.fill("#text", "Очень много " * 200_000)
    page.get_by_role("button", name="Отправить").click()
    expect(page.get_by_role("heading", name="Слишком большой объём")).to_be_visible()
    expect(page.get_by_text("Вернитесь кнопкой")).to_be_visible()
    page.go_back()
    assert page.input_value("#subject") == "Адрес доставки"
    assert page.input_value("#text").startswith("Очень много")
    context.close()
