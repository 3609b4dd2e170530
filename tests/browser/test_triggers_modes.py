"""Trying, watching, loops, and who is stronger: how a trigger is seen to behave in Chromium."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from core import bus
from core.db import db
from desk import history
from desk.automation import library
from models import Case, Client, EventRecord, OutboxItem, Staff
from tests.support.browser import scripts_run
from tests.support.people import sign_in_page
from tests.support.rules import case, cond, do, given, mail, outbox, runs, without_rules
from tests.support.server import LiveServer
from tests.support.tickets import opened

LIST = "/admin/triggers"
HIGH, LOW = cond("priority", "became", [3]), cond("priority", "became", [1])


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


def everything() -> dict[str, list[Any]]:
    """All rows of all tables."""
    db.session.rollback()
    return {
        table.name: sorted(map(str, db.session.execute(table.select())))
        for table in db.metadata.sorted_tables
    }


def now(number: int) -> Case:
    """As the server has left it."""
    db.session.rollback()
    return case(number)


def set_priority(page: Page, number: int, name: str) -> None:
    """On the page of the ticket, as a person does."""
    page.goto(f"/agent/t/{number}")
    scripts_run(page)
    page.locator('.t-fields summary[aria-label^="Приоритет"]').click()
    with page.expect_response("**/fields**"):
        page.locator(".t-fields").get_by_role("button", name=name, exact=True).click()


def texts(found: Locator) -> list[str]:
    return [" ".join(each.split()) for each in found.all_inner_texts()]


def test_t04_a_trial_shows_all_and_writes_nothing(admin: Page, ivan: Client, masha: Staff) -> None:
    ticket = opened(ivan).number
    greeting = mail(text="Здравствуйте, {{ client.first_name }}! Номер {{ ticket.number }}.")
    number = given(
        "Проба",
        "ticket_created",
        [do("set_priority", 3), do("assign_person", masha.id), greeting],
        cond("subject", "contains", "чек"),
        cond("priority", "is", 2),
        state="draft",
    )
    with admin.expect_response("**/agent/me/here"):  # the beat of presence is written
        admin.goto(f"{LIST}/{number}")
    before = everything()
    admin.fill("[name=case]", str(ticket))
    admin.click("#try")
    expect(admin.locator(".verdict")).to_have_text("Сработал бы")
    expect(admin.locator(".proof .got")).to_have_count(2)
    expect(admin.locator(".proof .got").first).to_contain_text("Терминал не печатает чек")
    effects = texts(admin.locator(".pr dl.diff dd"))
    assert effects[0] == "Обычный → Высокий"
    assert "Маша" in effects[1]
    letter = f"Здравствуйте, Иван! Номер {ticket}."
    expect(admin.locator(".mail-text")).to_contain_text(letter)
    admin.select_option('[id="if.1.value"]', "4")
    admin.click("#try")
    expect(admin.locator(".verdict")).to_have_text("Не сработал бы")
    expect(admin.locator(".proof .got").last).to_contain_text("Обычный")
    expect(admin.locator(".mail-text")).to_have_count(0)
    assert everything() == before


def test_t05_a_trigger_watches_first_and_then_works(admin: Page, ivan: Client) -> None:
    number = given("Тень", "ticket_created", [do("set_priority", 3), mail()], state="shadow")
    watched = opened(ivan).number
    assert (now(watched).priority, outbox()) == (2, [])
    assert [run.state for run in runs(number)] == ["shadow"]
    admin.goto(f"/agent/t/{watched}/why")
    expect(admin.locator(".ran-shadow")).to_contain_text("Только наблюдал")
    expect(admin.locator(".ran-shadow ins").first).to_have_text("Высокий")
    admin.goto(f"{LIST}/{number}?tab=runs")
    expect(admin.locator(".runs > .run")).to_contain_text("наблюд")
    admin.locator("input[name=state][value=on]").check(force=True)
    admin.get_by_role("button", name="Сохранить").last.click()
    expect(admin.locator("#toasts")).to_contain_text("Триггер работает")
    changed = opened(ivan).number
    assert (now(changed).priority, len(outbox())) == (3, 1)
    assert now(watched).priority == 2


def test_t10_a_loop_is_foretold_cut_and_reported(admin: Page, ivan: Client, anton: Staff) -> None:
    down = given("Вниз", "priority_changed", [do("set_priority", 1)], HIGH, overwrite=True)
    up = given(
        "Вверх", "priority_changed", [do("set_priority", 3)], LOW, overwrite=True, state="draft"
    )
    admin.goto(f"{LIST}/{up}")
    warning = admin.locator('[data-finding="loop"]')
    expect(warning).to_contain_text("«Вниз»")
    expect(warning).to_contain_text("Вверх")
    admin.locator("input[name=state][value=on]").check(force=True)
    admin.get_by_role("button", name="Сохранить").last.click()
    expect(admin.locator("#toasts")).to_contain_text("Триггер работает")
    number = opened(ivan).number
    set_priority(admin, number, "Высокий")
    ticket, told = now(number), db.session.query(EventRecord).filter_by(case_id=number)
    assert history.fold(told.order_by(EventRecord.id).all()) == history.snapshot(ticket)
    assert [run.state for run in runs()] == ["done", "done", "cut"]
    (alert,) = db.session.query(OutboxItem).filter_by(template="alert", recipient=anton.email)
    assert "Вниз → Вверх → Вниз" in alert.payload["text"]
    admin.goto(f"{LIST}/runs?state=cut")
    expect(admin.locator(".line")).to_contain_text("остановлено: цикл")
    admin.goto(LIST)
    expect(admin.locator(f"#rule-{down} .chain")).to_contain_text("Они отменяют друг друга")
    admin.goto(f"{LIST}/changes")
    expect(admin.locator(".lines")).to_contain_text("Вниз → Вверх → Вниз")


def test_t11_a_person_is_stronger_unless_the_trigger_overwrites(admin: Page, ivan: Client) -> None:
    then = [do("set_priority", 4), do("add_tag", ["срочно"])]
    number = given("Срочно всё", "priority_changed", then)
    first, second = opened(ivan).number, opened(ivan).number
    set_priority(admin, first, "Низкий")
    assert (now(first).priority, now(first).tag_names) == (1, ["срочно"])
    admin.goto(f"/agent/t/{first}/why")
    expect(admin.locator(".ran .held")).to_contain_text("задано человеком")
    admin.goto(f"{LIST}/{number}")
    admin.get_by_label("Перезаписывать то, что только что задал человек").check()
    admin.keyboard.press("Control+s")
    expect(admin.locator("#toasts")).to_contain_text("Триггер работает")
    set_priority(admin, second, "Низкий")
    assert now(second).priority == 4
    with bus.unit_of_work(writes=False):
        assert library.version_of(library.rule_for(number)).definition["overwrite"] is True


@pytest.mark.one_database
def test_without_scripts_nobody_is_told_that_it_counts(
    app: Flask, browser: Any, live_server: LiveServer, anton: Staff
) -> None:
    without_rules()
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = sign_in_page(context.new_page(), live_server, anton)
    for tab in ("count", "replay"):
        page.goto(f"{LIST}/{number}?tab={tab}")
        expect(page.locator(".ed-fragment > p")).to_be_hidden()
    context.close()
