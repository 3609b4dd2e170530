"""Firings of a counter on a phone: each a card, nothing to the side; the page of the export."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core import bus
from core.clock import Frozen
from desk import tickets
from desk.tickets import NewTicket
from models import Client, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.people import sign_in_page
from tests.support.rules import do, without_rules
from tests.support.server import LiveServer


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


def fits(page: Page, css: str) -> bool:
    script = "e => e.scrollWidth <= e.clientWidth"
    return bool(page.locator(css).evaluate(script))


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_all_of_a_firing(
    admin: Page, clock: Frozen, anton: Staff, ivan: Client, width: int
) -> None:
    number = given_counter("Ответ", anton, (3, [do("add_note", text="Пора")]), limit=3)
    with bus.unit_of_work():
        tickets.open_ticket(NewTicket("Ж" * 180, "Текст"), requester=ivan)
    clock.advance(minutes=5)
    fire_all()
    admin.set_viewport_size({"width": width, "height": 800})
    admin.goto(f"/admin/counters/{number}?tab=fired")
    expect(admin.locator(".fired tbody tr")).to_have_count(1)
    assert fits(admin, ".fired")
    expect(admin.locator(".fired td").last).to_be_in_viewport()
    admin.goto("/admin/counters/firings")
    assert fits(admin, "html")
    expect(admin.get_by_role("button", name="CSV")).to_be_in_viewport()
