"""Switching a counter off and on in Chromium, by the keys alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.clock import Frozen
from models import Client, Staff
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
