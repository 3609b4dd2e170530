"""The trigger editor and list in Chromium: rows redraw in place, nothing written is lost."""

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core import bus
from desk import tickets
from desk.automation import library
from desk.tickets import NewTicket
from models import Client, Staff
from tests.support.people import sign_in_page
from tests.support.rules import cond, do, given, without_rules
from tests.support.server import LiveServer

FIELD = '[id="if.0.field"]'


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


def test_a_trigger_is_written_and_tried_without_leaving_the_page(admin: Page, ivan: Client) -> None:
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number
    admin.goto("/admin/triggers/new")
    admin.fill("#name_ru", "Терминал срочно")
    admin.select_option(FIELD, "text")
    admin.fill('[id="if.0.value.phrases"]', "терминал")
    admin.click("#b-add-condition-if")
    expect(admin.locator('[id="if.1.field"]')).to_be_focused()  # the row listens from then on
    expect(admin.locator('[id="if.0.value.phrases"]')).to_have_value("терминал")
    admin.select_option('[id="if.1.op"]', "any_of")
    admin.locator('[id="if.1.value"] summary').click()
    admin.get_by_label("Новое", exact=True).check()
    admin.select_option('[id="then.0.do"]', "set_priority")
    admin.select_option('[id="then.0.value"]', "4")
    admin.fill("[name=case]", str(ticket))
    admin.press("[name=case]", "Enter")
    expect(admin.locator(".verdict")).to_have_text("Сработал бы")
    expect(admin.locator("#sentence")).to_contain_text("статус Новое ТОГДА приоритет Срочный")
    expect(admin).to_have_url(re.compile("/new$"))
    admin.keyboard.press("Control+s")
    expect(admin.locator("#toasts")).to_contain_text("Триггер не работает")
    assert [rule.name_ru for rule in library.rules()] == ["Терминал срочно"]


def saved_order() -> list[int]:
    with bus.unit_of_work(writes=False):
        return [rule.id for rule in library.rules()]


def test_order_changes_by_keys_and_the_focus_stays(admin: Page) -> None:
    first, second, third = (
        given(name, "ticket_created", [do("set_priority", 3)], cond("line", "is", 1))
        for name in ("Первое", "Второе", "Третье")
    )
    admin.goto("/admin/triggers")
    admin.focus(f"#rule-{first} .rule-name a")
    admin.keyboard.press("Alt+ArrowDown")
    expect(admin.locator(".rule").nth(1)).to_have_id(f"rule-{first}")
    admin.keyboard.press("Alt+ArrowDown")
    expect(admin.locator(".rule").nth(2)).to_have_id(f"rule-{first}")
    expect(admin.locator(f"#rule-{first}[data-number='3']")).to_be_visible()  # as it is saved
    assert saved_order() == [second, third, first]
    for _press in range(2):  # faster than the first is saved
        admin.keyboard.press("Alt+ArrowUp")
    expect(admin.locator(f"#rule-{first}[data-number='1']")).to_be_visible()
    assert saved_order() == [first, second, third]
    admin.locator(f"#switch-{second}").click()
    expect(admin.locator(f"#switch-{second}")).to_have_attribute("aria-checked", "false")


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1440])
def test_nothing_sticks_out_sideways(admin: Page, width: int) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)], cond("line", "is", 1))
    admin.set_viewport_size({"width": width, "height": 800})
    for address in ("/admin/triggers", f"/admin/triggers/{number}", "/admin/triggers/new"):
        admin.goto(address)
        assert admin.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
