"""# in an answer offers articles, and a click beside the ticket puts a link where one writes."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from models import Client, Staff
from tests.support.faq import answer
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened


@pytest.fixture
def desk(app: Flask, page: Any, live_server: LiveServer, masha: Staff) -> Page:
    signed_in: Page = sign_in_page(page, live_server, masha)
    return signed_in


def test_a_link_the_text_and_the_panel(desk: Page, ivan: Client) -> None:
    number = answer("Терминал не печатает чек", body="Вставьте новую ленту.", slug="chek")
    ticket = opened(ivan, "Терминал не печатает чек").id
    desk.goto(f"/agent/t/{ticket}")
    area, offered = (
        desk.locator("#reply-text"),
        desk.locator(".mention-list:not([hidden]) [role=option]"),
    )
    area.click()
    desk.keyboard.type("Вот: #")
    expect(offered).to_have_count(1)  # what fits the ticket
    desk.keyboard.press("Escape")
    desk.keyboard.type("лент")
    expect(offered).to_have_count(1)
    desk.keyboard.press("Enter")
    assert area.input_value().startswith("Вот: Терминал не печатает чек: http")
    assert area.input_value().endswith(f"/ru/a/{number}-chek ")
    area.fill("Сделайте так. #чек")
    area.press("End")
    desk.keyboard.type("а")
    expect(offered).to_have_count(1)
    desk.keyboard.press("Shift+Enter")
    expect(area).to_have_value("Сделайте так. Вставьте новую ленту.")
    area.fill("Смотрите заказ #1234")
    area.press("End")
    desk.keyboard.type("5")
    expect(offered).to_have_count(0)  # a number is a number
    beside = desk.locator(f"#beside-{ticket}")
    expect(beside.get_by_role("link")).to_have_count(1)
    beside.get_by_role("button").click()
    said = area.input_value()
    assert "12345 Терминал не печатает чек: http" in said
    assert said.endswith(f"/ru/a/{number}-chek ")
    expect(area).to_be_focused()
