"""The counter editor and the ledger of a ticket in Chromium."""

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines, tickets
from desk.tickets import NewTicket
from models import Calendar, Client, CounterPolicy, CounterPolicyVersion, Staff
from tests.support.people import sign_in_page
from tests.support.rules import without_rules
from tests.support.server import LiveServer

WIDTHS = (1440, 390, 320)


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


def policy(by: Staff) -> int:
    with bus.unit_of_work():
        row = CounterPolicy(kind="no_answer")
        version = CounterPolicyVersion(
            calendar=db.session.query(Calendar).filter_by(key="office").one(),
            conditions={},
            pause_statuses=[],
            limit_minutes=15,
            steps=[{"after": 15, "then": [{"do": "add_note", "text": "Пора"}]}],
        )
        deadlines.save_policy(row, version, by=by, names={"ru": "Без ответа", "en": "No answer"})
        return row.id


def test_a_counter_is_written_without_leaving_the_page(admin: Page) -> None:
    admin.goto("/admin/counters/new")
    admin.fill("#name_ru", "Без ответа")
    admin.fill("#limit", "2")
    admin.select_option('[id="limit.unit"]', "h")
    expect(admin.locator("#sentence")).to_contain_text("Если за 2 ч рабочего времени")
    admin.click("#b-add-step")
    expect(admin.locator(".count-step")).to_have_count(2)
    expect(admin.locator("#name_ru")).to_have_value("Без ответа")
    admin.select_option('[id="steps.0.then.0.do"]', "add_note")
    admin.fill('[id="steps.0.then.0.text"]', "Пора")
    admin.fill('[id="steps.1.by"]', "30")
    admin.press('[id="steps.1.by"]', "Tab")
    expect(admin.locator("#panel .calc")).to_contain_text("через 30 мин после срока")
    expect(admin.locator("#panel .calc")).to_contain_text("11:30")
    admin.click("#b-remove-step-1")
    expect(admin.locator(".count-step")).to_have_count(1)
    expect(admin).to_have_url(re.compile("/new$"))
    admin.keyboard.press("Control+s")
    expect(admin).to_have_url(re.compile(r"/admin/counters/\d+$"))
    expect(admin.locator("h1")).to_contain_text("Без ответа")


def test_the_ledger_stays_open_while_the_ticket_changes(
    admin: Page, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    policy(anton)
    with bus.unit_of_work():
        number = tickets.open_ticket(NewTicket("Терминал", "Молчит"), requester=ivan).number
    clock.advance(minutes=20)
    deadlines.fire_due()
    admin.clock.set_fixed_time(clock.at)
    admin.goto(f"/agent/t/{number}")
    bar = admin.locator(".tb")
    expect(bar.locator(".sla-late")).to_contain_text("−5")
    bar.locator("summary").click()
    expect(bar.locator(".tb-fired")).to_contain_text("Сработал шаг 1: 09:20")
    expect(bar.locator(".ledger tbody tr").first).to_contain_text("рабочее время")
    admin.keyboard.press("i")
    expect(admin.locator(".t-fields")).to_contain_text("Антон")
    expect(bar.locator(".tb-legend")).to_contain_text("Счётчики стоят")
    expect(bar.locator("details")).to_have_attribute("open", "")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(
    admin: Page, clock: Frozen, anton: Staff, ivan: Client, width: int
) -> None:
    number = policy(anton)
    with bus.unit_of_work():
        tickets.open_ticket(NewTicket("Т" * 120, "Молчит"), requester=ivan)
    clock.advance(minutes=20)
    deadlines.fire_due()
    office = db.session.query(Calendar).one().id
    admin.set_viewport_size({"width": width, "height": 800})
    for path in (
        "",
        "counters",
        f"counters/{number}",
        f"counters/{number}?tab=versions",
        f"counters/{number}/edit",
        "calendars",
        f"calendars/{office}",
        "outgoing",
        "settings",
    ):
        admin.goto(f"/admin/{path}")
        wide = admin.evaluate(
            """[...document.querySelectorAll('main *')].filter(each => {
              const box = each.getBoundingClientRect();
              return box.width && box.right > innerWidth + 1 && !each.closest('.table-wrap, .vh');
            }).map(each => `${each.localName}.${each.className}`)"""
        )
        assert wide == [], path
