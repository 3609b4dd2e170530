"""Switching a counter off and on in Chromium, by the keys alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines
from models import Client, CounterPolicy, Staff
from tests.support.counters import given_counter
from tests.support.people import sign_in_page
from tests.support.rules import do, without_rules
from tests.support.server import LiveServer
from tests.support.tickets import opened


@pytest.fixture
def admin(app: Flask, page: Page, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


def test_it_asks_and_comes_back(admin: Page, clock: Frozen, anton: Staff, ivan: Client) -> None:
    number = given_counter("Без ответа", anton, (15, [do("add_note", text="Пора")]))
    opened(ivan)
    admin.goto("/admin/counters")
    admin.press(f"#switch-{number}", "Space")
    expect(admin.locator("h1")).to_have_text("Выключить «Без ответа»?")
    for width in (1440, 320):
        admin.set_viewport_size({"width": width, "height": 700})
        assert admin.evaluate("document.documentElement.scrollWidth") <= width
    admin.press(".page-body button[name=state]", "Enter")
    expect(admin.locator(".told")).to_have_text("Выключен: 1 отсчёт закончился.")
    admin.press(f"#switch-{number}", "Space")
    expect(admin.locator(".told")).to_contain_text("продолжается с того же места")
    expect(admin.locator(f"#switch-{number}")).to_have_attribute("aria-checked", "true")


def test_open_pages_hear_of_other_clocks(
    admin: Page, live_server: LiveServer, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """Masha looks at the ticket and the list while Anton switches the counter off."""
    policy = given_counter("Решение", anton, kind="solution", limit=60)
    number = opened(ivan).id
    other = admin.context.browser.new_context(base_url=live_server.url, locale="ru-RU")
    desk = sign_in_page(other.new_page(), live_server, masha)
    desk.goto(f"/agent/t/{number}")
    expect(desk.locator(".tb-legend")).to_contain_text("Решение")
    with bus.unit_of_work():
        row = db.session.get_one(CounterPolicy, policy)
        deadlines.switch(row, on=False, by=anton)
    expect(desk.locator(".tb-legend")).to_contain_text("Счётчики стоят")
    other.close()
