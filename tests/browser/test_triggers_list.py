"""The list of triggers and their runs: order by drag and keys, why, retry, the switch for all."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from core import bus
from core.db import db
from desk import tickets
from desk.automation import library
from desk.tickets import NewTicket
from models import Client, Staff
from tests.support.people import sign_in_page
from tests.support.rules import case, cond, do, given, runs, without_rules
from tests.support.server import LiveServer

LIST = "/admin/triggers"


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


def ticket(ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number


def priority(number: int) -> int:
    """As the server has left it."""
    db.session.rollback()
    return case(number).priority


def order(page: Page) -> list[int]:
    """As it is saved: the list shows it before the answer is there."""
    expect(page.locator(".rules[aria-busy]")).to_have_count(0)
    db.session.rollback()
    with bus.unit_of_work(writes=False):
        return [rule.id for rule in library.rules()]


def test_t09_order_by_drag_and_by_keys_counts_and_is_undone(admin: Page, ivan: Client) -> None:
    low = given("Низкий", "ticket_created", [do("set_priority", 1)])
    stops = given(
        "Хватит", "ticket_created", [do("add_tag", ["а"])], cond("priority", "is", 1), stop=True
    )
    high = given("Высокий", "ticket_created", [do("set_priority", 3)])
    assert priority(ticket(ivan)) == 1
    admin.goto(LIST)
    admin.drag_and_drop(
        f"#rule-{high} [data-grip]", f"#rule-{low}", target_position={"x": 300, "y": 4}
    )
    expect(admin.locator(".rule").first).to_have_id(f"rule-{high}")
    assert order(admin) == [high, low, stops]
    admin.reload()
    expect(admin.locator(".rule").first).to_have_id(f"rule-{high}")
    assert priority(ticket(ivan)) == 1
    admin.focus(f"#rule-{high} .rule-name a")
    admin.keyboard.press("Alt+ArrowDown")
    expect(admin.locator(".rule").nth(1)).to_have_id(f"rule-{high}")
    assert order(admin) == [low, high, stops]
    expect(admin.locator(".undo-bar")).to_contain_text("Высокий")
    admin.keyboard.press("Control+z")
    expect(admin.locator(".rule").first).to_have_id(f"rule-{high}")
    assert order(admin) == [high, low, stops]
    expect(admin.locator(".undo-bar")).to_have_count(0)
    admin.keyboard.press("Control+z")
    admin.reload()
    expect(admin.locator(".rule").first).to_have_id(f"rule-{high}")
    assert order(admin) == [high, low, stops]


def test_a_moved_row_waits_for_nobody_and_goes_back_when_it_is_not_saved(admin: Page) -> None:
    first = given("Первое", "ticket_created", [do("set_priority", 1)])
    second = given("Второе", "ticket_created", [do("set_priority", 3)])
    held: list[Route] = []
    admin.goto(LIST)
    admin.route("**/move", lambda route: held.append(route))
    admin.focus(f"#rule-{second} .rule-name a")
    admin.keyboard.press("Alt+ArrowUp")
    expect(admin.locator(".rule").first).to_have_id(f"rule-{second}")
    expect(admin.locator(".rules")).to_have_attribute("aria-busy", "true")
    expect(admin.locator(f"#up-{second}")).to_be_focused()
    held[0].abort()
    expect(admin.locator(".rule").first).to_have_id(f"rule-{first}")
    assert order(admin) == [first, second]
    admin.alarms.clear()  # type: ignore[attr-defined]  # of the lost connection


def test_order_by_the_arrows_of_a_row_on_a_phone(admin: Page) -> None:
    first = given("Первое", "ticket_created", [do("set_priority", 1)])
    second = given("Второе", "ticket_created", [do("set_priority", 3)])
    admin.set_viewport_size({"width": 390, "height": 800})
    admin.goto(LIST)
    expect(admin.locator(f"#rule-{second} .num")).to_have_text("№2")
    admin.click(f"#up-{second}")
    expect(admin.locator(".rule").first).to_have_id(f"rule-{second}")
    assert order(admin) == [second, first]
    box = admin.locator(f"#rule-{second} .say-rule").bounding_box()
    assert box is not None
    assert box["width"] > 220, "the sentence has the width of the page"
    assert admin.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_t06_why_leads_to_the_very_row(admin: Page, ivan: Client) -> None:
    number = given(
        "Важное",
        "ticket_created",
        [do("add_tag", ["а"])],
        cond("line", "is", 1),
        cond("priority", "is", 3),
    )
    admin.goto(f"/agent/t/{ticket(ivan)}/why")
    admin.locator("details.not summary").first.click()
    row = admin.locator(".not-row")
    expect(row).to_contain_text("Высокий")
    expect(row).to_contain_text("Обычный")
    row.get_by_role("link", name="Важное").click()
    expect(admin).to_have_url(f"{admin.url.split('/admin')[0]}{LIST}/{number}#if.1")
    expect(admin.locator(".cond:target")).to_have_id("if.1")


def test_t07_a_run_is_told_whole_and_what_failed_is_done_alone(
    admin: Page, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("сеть недоступна")

    with monkeypatch.context() as broken:
        broken.setattr("desk.automation.actions.set_priority.tickets.set_priority", fail)
        number = given("Сбой", "ticket_created", [do("set_priority", 3)])
        of = ticket(ivan)
    assert [run.state for run in runs(number)] == ["failed"]
    admin.goto(f"{LIST}/runs?state=failed")
    admin.get_by_role("link", name="Сбой").last.click()
    expect(admin.locator(".run-facts")).to_contain_text("версия 1")
    expect(admin.locator(".run-facts")).to_contain_text("мс")
    expect(admin.locator(".failing-run")).to_contain_text("сеть недоступна")
    admin.get_by_role("button", name="Повторить то, что не вышло").click()
    expect(admin.locator("#toasts")).to_contain_text("получилось")
    assert priority(of) == 3
    assert [run.state for run in runs(number)] == ["failed", "done"]


def test_t16_the_switch_stops_all_at_once_and_says_so_everywhere(admin: Page, ivan: Client) -> None:
    given("Высокий", "ticket_created", [do("set_priority", 3)])
    assert priority(ticket(ivan)) == 3
    admin.goto(LIST)
    admin.get_by_role("button", name="Остановить все").click()
    expect(admin.locator(".stop")).to_contain_text("Все триггеры остановлены")
    assert priority(ticket(ivan)) == 2
    admin.goto("/agent/")
    expect(admin.locator(".halted")).to_contain_text("Все триггеры остановлены")
    admin.goto(f"{LIST}/changes")
    expect(admin.locator(".line").first).to_contain_text("Все триггеры остановлены")
    expect(admin.locator(".line").first).to_contain_text("Антон")
    admin.goto(LIST)
    admin.get_by_role("button", name="Запустить").click()
    assert priority(ticket(ivan)) == 3


def test_the_list_is_sifted_while_one_writes(admin: Page) -> None:
    given("Первое", "ticket_created", [do("set_priority", 3)])
    given("Второе", "ticket_created", [do("add_tag", ["доставка"])], state="off")
    admin.goto(LIST)
    admin.fill("#sieve-q", "доставка")
    expect(admin.locator(".rule")).to_have_count(1)
    expect(admin.locator("#sieve-q")).to_be_focused()
    expect(admin.locator(".rule-name")).to_contain_text("Второе")
    admin.select_option("#sieve-state", "on")
    expect(admin.locator(".empty")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1024])
def test_no_page_around_triggers_sticks_out_sideways(admin: Page, ivan: Client, width: int) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)], cond("line", "is", 1))
    ticket(ivan)
    run = runs(number)[0].id
    admin.set_viewport_size({"width": width, "height": 800})
    places = ("gallery", "file", "runs", f"runs/{run}", "changes", f"{number}/compare")
    for place in places:
        admin.goto(f"{LIST}/{place}")
        assert admin.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
