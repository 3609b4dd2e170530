"""Passing by keyboard: who looks at the ticket sees it come, reads why, gives it back."""

from typing import Any

import pytest
from playwright.sync_api import expect

from core import bus
from core.db import db
from desk import outsiders, tickets
from desk.catalog import catalog
from models import Case, Client, OutsideQuestion, Staff
from tests.browser.test_agent_live import SOON, opened_page
from tests.support.people import sign_in_page
from tests.support.rules import without_rules
from tests.support.server import LiveServer
from tests.support.tickets import opened


@pytest.fixture
def number(ivan: Client, masha: Staff, sergey: Staff) -> int:
    without_rules()
    found = opened(ivan).id
    with bus.unit_of_work():
        tickets.assign_group(case(found), catalog().by_key("groups", "first"), by=masha)
        tickets.assign(case(found), masha, by=masha)
    return found


def case(number: int) -> Case:
    return db.session.get_one(Case, number)


def test_there_and_back(
    page: Any, live_server: LiveServer, number: int, masha: Staff, sergey: Staff
) -> None:
    desk = sign_in_page(page, live_server, masha)
    opened_page(desk, f"/agent/t/{number}")
    desk.keyboard.press("Shift+L")
    expect(desk.locator(".menu-pass")).to_be_visible()
    desk.fill("#reason", "Нужен техник")
    desk.fill("#pass-tried", "Новая лента")
    desk.locator(".menu-pass button[type=submit]").press("Enter")
    card = desk.locator("#heading details.passed")
    expect(card).to_contain_text("Передано с линии 1: Маша")
    expect(card).to_contain_text("Новая лента")
    expect(desk.locator("#pass-tried")).to_have_value("")
    card.locator("> summary").click()
    with bus.unit_of_work():
        tickets.add_note(case(number), "Смотрю", by=sergey)
    desk.wait_for_selector("#thread >> text=Смотрю", timeout=SOON)
    expect(card.locator(".passed-parts")).to_be_hidden()  # folded, it stays so
    card.locator("> summary").click()
    expect(card.locator(".passed-parts")).to_be_visible()
    desk.click("text=Вернуть…")
    desk.fill("[action*='line/back'] textarea", "Уже печатает")
    desk.locator("[action*='line/back'] button[type=submit]").click()
    expect(card).to_contain_text("Возвращено с линии 2: Маша")
    expect(card.locator(".passed-acts")).to_be_visible()  # who has folded one has not folded all
    assert (case(number).line, case(number).assignee_id) == (1, masha.id)


def test_asked_twice_by_keyboard(
    page: Any, live_server: LiveServer, number: int, masha: Staff
) -> None:
    """The form is a new one each time; a refusal keeps what was written."""
    desk = sign_in_page(page, live_server, masha)
    opened_page(desk, f"/agent/t/{number}")
    for text, email in (("Встречали 0x41?", "pavel@a.example"), ("А 0x42?", "nina@b.example")):
        desk.keyboard.press("f")
        desk.keyboard.type("ivan@sevsklad.example")
        desk.fill("#outside-text", text)
        desk.keyboard.press("Control+Enter")
        expect(desk.locator(".toast").last).to_contain_text("адрес клиента")
        expect(desk.locator("#outside-text")).to_have_value(text)
        desk.fill("#outside-form [name=email]", email)
        desk.locator("#outside-form button[type=submit]").click()
        expect(desk.locator(".msg-fwd", has_text=text)).to_be_visible()
        expect(desk.locator("#reply")).to_be_visible()
    db.session.rollback()  # what it read before
    assert db.session.query(OutsideQuestion).count() == 2


def test_an_answer_half_written_stays(
    page: Any, live_server: LiveServer, number: int, masha: Staff, sergey: Staff
) -> None:
    with bus.unit_of_work():
        outsiders.ask(case(number), "pavel@a.example", "Павел", "Встречали?", by=masha)
    desk = sign_in_page(page, live_server, masha)
    opened_page(desk, f"/agent/t/{number}")
    desk.click("text=Внести ответ")
    desk.fill(".fwd-add textarea", "Да, это пра")
    with bus.unit_of_work():
        tickets.add_note(case(number), "Смотрю", by=sergey)
    desk.wait_for_selector("#thread >> text=Смотрю", timeout=SOON)
    expect(desk.locator(".fwd-add textarea")).to_have_value("Да, это пра")
    desk.locator(".fwd-add button[type=submit]").click()
    expect(desk.locator(".fwd-answer")).to_contain_text("Да, это пра")
    expect(desk.locator(".fwd-add textarea")).to_be_hidden()
