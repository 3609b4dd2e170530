"""The counter editor's trials and the year of a calendar in Chromium, by mouse and by keyboard."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core import bus
from core.clock import Frozen
from core.db import db
from desk import jobs
from models import Calendar, Client, Counter, Staff
from tests.support.counters import given_counter
from tests.support.people import sign_in_page
from tests.support.rules import do, without_rules
from tests.support.server import LiveServer
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]
WIDTHS = (1280, 360)


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff, clock: Frozen) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    signed_in.clock.set_fixed_time(clock.at)
    return signed_in


def office() -> int:
    with bus.unit_of_work(writes=False):
        return int(db.session.query(Calendar).filter_by(key="office").one().id)


def test_a_limit_of_its_own_by_keyboard(admin: Page, anton: Staff) -> None:
    number = given_counter("Ответ", anton, (60, NOTE), limit=60)
    admin.goto(f"/admin/counters/{number}/edit")
    admin.focus("#b-add-target")
    admin.keyboard.press("Enter")
    first = admin.locator('[id="targets.0.priorities.4"]')
    expect(first).to_be_focused()
    admin.keyboard.press("Space")
    expect(admin.locator("#sentence")).to_contain_text("приоритет Срочный: 1")
    expect(first).to_be_focused()
    admin.click("#b-add-target")
    expect(admin.locator('[id="targets.1.priorities.4"]')).to_be_focused()
    admin.check('[id="targets.1.priorities.3"]')
    admin.keyboard.press("Alt+ArrowUp")
    expect(admin.locator('[id="targets.0.priorities.3"]')).to_be_checked()
    expect(admin.locator("#sentence")).to_contain_text("Высокий: 1\N{NO-BREAK SPACE}ч; приоритет")
    admin.select_option('[id="steps.0.side"]', "before")
    expect(admin.locator('[id="steps.0.by"]')).to_have_value("15")
    expect(admin.locator("#panel .calc")).to_contain_text("за 15")


def test_a_draft_is_tried_on_a_ticket_and_over_the_past(
    admin: Page, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    number = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    ticket = opened(ivan).id
    clock.advance(minutes=50)
    admin.clock.set_fixed_time(clock.at)
    admin.goto(f"/admin/counters/{number}/edit")
    admin.fill("#ticket", str(ticket))
    admin.press("#ticket", "Enter")
    trial = admin.locator("#clock")
    expect(trial.locator(".sla-soon")).to_be_visible()
    admin.fill("#limit", "40")
    admin.press("#limit", "Tab")
    expect(admin.locator("#sentence")).to_contain_text("40")
    admin.select_option('[id="limit.unit"]', "min")
    expect(trial.locator(".sla-late")).to_contain_text("−10")
    expect(trial.locator(".tb-fired")).to_contain_text("Шаг «в срок» сработал бы 09:40")
    admin.fill("#ticket", "777")
    admin.press("#ticket", "Enter")
    expect(trial.locator("#ticket-error")).to_contain_text("Обращения 777 нет")
    admin.click("#b-late")
    expect(admin.locator("#late .replay-run")).to_be_visible()
    db.session.rollback()
    assert jobs.run_next()
    expect(admin.locator("#late .would")).to_contain_text("просрочено")
    expect(admin.locator("#late .dif li")).to_have_count(1)
    expect(admin.locator("#late #b-late")).to_be_visible()
    admin.fill("#limit", "55")
    admin.press("#limit", "Tab")
    expect(admin.locator("#late .warn-text")).to_be_visible()
    expect(admin).to_have_url(f"{admin.url.split('/admin')[0]}/admin/counters/{number}/edit")


def test_the_progress_of_computing_anew_goes_away(admin: Page, anton: Staff, ivan: Client) -> None:
    given_counter("Решение", anton, (60, NOTE), limit=60)
    opened(ivan)
    with bus.unit_of_work():
        db.session.query(Counter).update({"stale": True})
    admin.goto("/admin/counters")
    expect(admin.locator("#anew")).to_contain_text("остался 1 отсчёт")
    with bus.unit_of_work():
        db.session.query(Counter).update({"stale": False})
    expect(admin.locator("#anew")).to_contain_text("Все отсчёты пересчитаны")


def test_a_day_is_made_special_with_the_keyboard(admin: Page) -> None:
    number = office()
    admin.goto(f"/admin/calendars/{number}")
    assert admin.locator('[data-day][tabindex="0"]').count() == 1
    admin.focus("#d-2026-03-02")
    for key in ("ArrowRight", "ArrowDown", "PageDown"):
        admin.keyboard.press(key)
    expect(admin.locator("#d-2026-04-10")).to_be_focused()
    admin.keyboard.press("Enter")
    expect(admin.locator(".day-edit legend")).to_be_focused()
    admin.click("#day-off")
    expect(admin.locator("#d-2026-04-10")).to_be_focused()
    expect(admin.locator("#d-2026-04-10")).to_have_class("yd yd-own-off yd-picked")
    admin.keyboard.press("ArrowDown")
    admin.keyboard.press("Enter")
    admin.fill("#own-hours", "10-14")
    admin.press("#own-hours", "Enter")
    expect(admin.locator("#d-2026-04-17")).to_be_focused()
    admin.keyboard.press("Enter")
    expect(admin.locator("#day-usual")).to_be_visible()
    expect(admin.locator(".day-edit legend")).to_be_focused()
    admin.keyboard.press("Escape")
    expect(admin.locator(".day-edit")).to_have_count(0)
    admin.keyboard.press("Control+s")
    expect(admin.locator(".told")).to_contain_text("Сохранено")
    db.session.expire_all()
    db.session.rollback()
    exceptions = db.session.get_one(Calendar, number).exceptions
    assert exceptions == {"2026-04-10": [], "2026-04-17": [["10:00", "14:00"]]}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("locale", ["ru", "en"])
def test_nothing_is_wider_than_the_screen(
    admin: Page, clock: Frozen, anton: Staff, ivan: Client, width: int, locale: str
) -> None:
    options = {"starts": ["note_added"], "stops": ["agent_replied"]}
    targets = [{"priorities": [4, 3], "minutes": 20}]
    more: dict[str, Any] = {"kind": "custom", "options": options, "targets": targets, "en": "Own"}
    number = given_counter("Свой", anton, (60, NOTE), (70, NOTE), **more)
    with bus.unit_of_work():
        db.session.get_one(Staff, anton.id).locale = locale
    ticket = opened(ivan, "Т" * 120).id
    clock.advance(minutes=90)
    admin.set_viewport_size({"width": width, "height": 800})
    admin.goto(f"/admin/counters/{number}/edit")
    admin.fill("#ticket", str(ticket))
    admin.press("#ticket", "Enter")
    expect(admin.locator("#clock .clock-of")).to_be_visible()
    assert too_wide(admin) == []
    admin.goto(f"/admin/calendars/{office()}")
    admin.click("#d-2026-12-31")
    expect(admin.locator(".day-edit")).to_be_visible()
    assert too_wide(admin) == []


def too_wide(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """[...document.querySelectorAll('main *')].filter(each => {
          const box = each.getBoundingClientRect();
          return box.width && box.right > innerWidth + 1 && !each.closest('.table-wrap, .vh, svg');
        }).map(each => `${each.localName}.${each.className}`)"""
    )
    return found
