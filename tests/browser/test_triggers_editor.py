"""The trigger editor: by keyboard alone, undone, restored, overtaken, for many tickets."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core import bus
from core.db import db
from desk import catalog, tickets
from desk.automation import library, mass
from desk.automation.pieces import plain
from desk.automation.sentences import sentence_of
from desk.tickets import NewTicket
from models import Client, Group, Rule, Staff
from tests.support.people import sign_in_page
from tests.support.rules import case, cond, definition, do, given, rule, without_rules
from tests.support.server import LiveServer

LIST = "/admin/triggers"


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    with bus.unit_of_work():
        db.session.add(Group(key="couriers", name_ru="Курьеры", name_en="Couriers"))
        catalog.changed()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is at the element with this id."""
    for _number in range(120):
        if page.evaluate("document.activeElement.id") == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def pick(page: Page, wanted: str, text: str) -> None:
    """Choose in the list with this id by arrows alone."""
    tab_to(page, wanted)
    names = page.evaluate("[...document.activeElement.options].map((one) => one.text.trim())")
    at = page.evaluate("document.activeElement.selectedIndex")
    steps = names.index(text) - at
    for _number in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        settled(page)
    expect(page.locator(f'[id="{wanted}"] option:checked')).to_have_text(text)
    assert page.evaluate("document.activeElement.id") == wanted


def settled(page: Page) -> None:
    """Nothing is on its way to the server, nor about to be."""
    page.wait_for_timeout(40)
    expect(page.locator(".htmx-request, .htmx-settling, .htmx-swapping")).to_have_count(0)


def saved() -> Rule:
    db.session.rollback()
    with bus.unit_of_work(writes=False):
        return library.rules()[-1]


def said(number: int) -> str:
    db.session.rollback()
    with bus.unit_of_work(writes=False):
        return plain(sentence_of(library.version_of(rule(number)).definition))


def text_of(page: Page, css: str) -> str:
    return " ".join(page.locator(css).inner_text().split())


def test_t01_a_trigger_is_built_by_keyboard_alone_and_fires(admin: Page, ivan: Client) -> None:
    admin.goto(f"{LIST}/new")
    tab_to(admin, "name_ru")
    admin.keyboard.type("Задержка → Курьеры")
    pick(admin, "if.0.field", "Тема")
    pick(admin, "if.0.op", "содержит")
    tab_to(admin, "if.0.value")
    admin.keyboard.type("задержка доставки")
    pick(admin, "then.0.value", "Курьеры")
    settled(admin)
    expect(admin.locator("#sentence")).to_have_text(
        re.compile("тема содержит «задержка доставки» ТОГДА группа Курьеры")
    )
    before = text_of(admin, "#sentence")
    tab_to_state(admin)
    admin.keyboard.press("Control+s")
    expect(admin.locator("#toasts")).to_contain_text("Триггер работает")
    assert text_of(admin, "#sentence") == before == said(saved().id)
    with bus.unit_of_work():
        new = NewTicket("Опять задержка доставки", "Где посылка?", channel="email")
        number = tickets.open_ticket(new, requester=ivan).number
    given_to = case(number).group
    assert given_to is not None
    assert given_to.name_ru == "Курьеры"


def tab_to_state(page: Page) -> None:
    """The state "on", by Tab and arrows."""
    for _number in range(120):
        if page.evaluate("document.activeElement.name") == "state":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.value") == "on"


def test_any_in_all_by_keyboard_moved_in_and_out_and_taken_back(admin: Page) -> None:
    admin.goto(f"{LIST}/new")
    tab_to(admin, "b-add-group-if")
    admin.keyboard.press("Enter")
    expect(admin.locator('[id="if.1.0.field"]')).to_be_visible()
    settled(admin)
    assert admin.evaluate("document.activeElement.closest('[data-order-row]').id").startswith(
        "if.1"
    )
    admin.focus('[id="if.0.field"]')
    admin.keyboard.press("Alt+ArrowDown")
    expect(admin.locator('[id="if.0.1.field"]')).to_be_visible()
    settled(admin)
    assert admin.evaluate("document.activeElement.value") == "down:if.0.0"
    admin.keyboard.press("Alt+ArrowUp")
    expect(admin.locator('[id="if.1.0.field"]')).to_be_visible()
    settled(admin)
    admin.locator("#b-remove-if-1").press("Enter")
    expect(admin.locator('[id="if.1.0.field"]')).to_have_count(0)
    expect(admin.locator("#toasts")).to_contain_text("Убрано")
    settled(admin)
    admin.keyboard.press("Control+z")
    expect(admin.locator('[id="if.1.0.field"]')).to_be_visible()
    settled(admin)
    admin.locator("#b-remove-if-1").click()
    expect(admin.locator('[id="if.1.0.field"]')).to_have_count(0)
    admin.locator("#toasts").get_by_role("button", name="Отменить").last.click()
    expect(admin.locator('[id="if.1.0.field"]')).to_be_visible()


def test_what_was_added_and_chosen_is_undone_step_by_step(admin: Page) -> None:
    admin.goto(f"{LIST}/new")
    admin.focus("#b-add-condition-if")
    admin.keyboard.press("Enter")
    expect(admin.locator('[id="if.1.field"]')).to_be_focused()
    settled(admin)
    pick(admin, "if.1.value", "Новое")
    admin.keyboard.press("Control+z")
    settled(admin)
    expect(admin.locator('[id="if.1.value"]')).to_have_value("")
    admin.keyboard.press("Control+z")
    expect(admin.locator('[id="if.1.field"]')).to_have_count(0)
    settled(admin)
    expect(admin.locator("#b-add-condition-if")).to_be_focused()


def test_t02_a_field_swaps_comparisons_and_values_and_back_again(admin: Page) -> None:
    admin.goto(f"{LIST}/new")
    names = admin.locator('[id="if.0.value"] option')
    assert "Новое" in names.all_inner_texts()
    admin.select_option('[id="if.0.field"]', "subject")
    expect(admin.locator('[id="if.0.op"]')).to_contain_text("содержит")
    settled(admin)
    admin.select_option('[id="if.0.field"]', "priority")
    expect(admin.locator('[id="if.0.value"]')).to_contain_text("Срочный")
    expect(admin.locator('[id="if.0.op"] option[value=contains]')).to_have_count(0)
    settled(admin)
    admin.focus("#b-add-condition-if")
    admin.keyboard.press("Control+z")
    expect(admin.locator('[id="if.0.op"]')).to_contain_text("содержит")


def test_words_between_are_refused_and_not_cut(admin: Page) -> None:
    sought = {"phrases": ["задержка"], "mode": "any", "within": 3, "guard_negation": True}
    number = given("Ждут", "ticket_created", [do("set_priority", 3)], cond("text", "words", sought))
    admin.goto(f"{LIST}/{number}")
    between = admin.locator('[name="if.0.value.within"]')
    between.press("Control+a")
    between.press_sequentially("1000000")
    admin.keyboard.press("Control+s")
    expect(admin.locator("[data-error-summary] a")).to_have_attribute("href", "#if.0")
    expect(between).to_have_value("1000000")


def test_t08_versions_side_by_side_restored_and_overtaken(admin: Page, anton: Staff) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)], cond("line", "is", 1))
    for value in (1, 4):
        with bus.unit_of_work():
            now = rule(number)
            new = definition("ticket_created", [do("set_priority", value)], cond("line", "is", 1))
            wanted = library.NewVersion(new, "Правило", note=f"приоритет {value}")
            library.save(now, wanted, base=now.version_number, by=anton)
    first = plain_of(number, 1)
    admin.goto(f"{LIST}/{number}?tab=versions")
    expect(admin.locator(".runs > .run")).to_have_count(3)
    expect(admin.locator(".runs > .run").first.locator("ins")).to_have_text("Срочный")
    admin.get_by_role("link", name="Рядом с действующей").last.click()
    expect(admin.locator(".beside del")).to_have_text("Высокий")
    expect(admin.locator(".beside ins")).to_have_text("Срочный")
    admin.get_by_role("button", name="Вернуть").click()
    expect(admin.locator("#toasts")).to_contain_text("версия 1")
    expect(admin.locator(".runs > .run")).to_have_count(4)
    assert said(number) == first
    admin.fill("#name_ru", "Моё имя")
    admin.select_option('[id="then.0.value"]', "2")
    with bus.unit_of_work():
        other = definition("ticket_created", [do("set_priority", 4)], cond("line", "is", 2))
        library.save(rule(number), library.NewVersion(other, "Чужое"), base=4, by=anton)
    admin.get_by_role("button", name="Сохранить").last.click()
    summary = admin.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Антон")
    theirs = ["2 · Специалисты", "Срочный", "Чужое"]
    assert summary.locator("ins").all_inner_texts() == [*theirs, "Обычный", "Моё имя"]
    expect(admin.locator("#name_ru")).to_have_value("Моё имя")
    admin.get_by_role("button", name="Сохранить").last.click()
    expect(admin.locator("#toasts")).to_contain_text("Сохранено")
    db.session.rollback()
    assert (rule(number).version_number, rule(number).name_ru) == (6, "Моё имя")


def plain_of(number: int, version: int) -> str:
    with bus.unit_of_work(writes=False):
        return plain(sentence_of(library.version_of(rule(number), version).definition))


def test_t12_a_template_asks_for_what_is_missing_and_proves_itself(admin: Page) -> None:
    admin.goto(f"{LIST}/gallery")
    assert admin.locator(".gallery > li").count() >= 12
    admin.get_by_role("link", name="«Задержка доставки» → группе").click()
    expect(admin.locator(".cond-hole")).to_have_count(1)
    admin.locator("input[name=state][value=on]").check(force=True)
    admin.get_by_role("button", name="Сохранить").last.click()
    expect(admin.locator("[data-error-summary]")).to_contain_text("Выберите")
    assert library.rules() == []
    admin.select_option('[id="then.0.value"]', label="Курьеры")
    admin.click("#sample")
    expect(admin.locator(".verdict")).to_have_text("Сработал бы")
    admin.get_by_role("button", name="Сохранить").last.click()
    expect(admin.locator("#toasts")).to_contain_text("Триггер работает")
    assert saved().state == "on"


def test_t13_many_tickets_ask_for_their_number(
    admin: Page, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "MANY", 2)
    with bus.unit_of_work():
        for at in range(3):
            tickets.open_ticket(NewTicket(f"Вопрос {at}", "Как?"), requester=ivan)
    number = given(
        "Всем", "ticket_updated", [do("set_priority", 3)], cond("priority", "is", 2), state="off"
    )
    admin.goto(LIST)
    admin.click(f"#switch-{number}")
    expect(admin.locator("#mass-h")).to_be_focused()
    expect(admin.locator("#mass-h")).to_contain_text("3 открытых обращения")
    admin.get_by_role("link", name="Оставить как есть").click()
    expect(admin.locator(f"#switch-{number}")).to_have_attribute("aria-checked", "false")
    assert rule(number).state == "off"
    admin.click(f"#switch-{number}")
    expect(admin.locator("#mass-h")).to_be_focused()
    admin.fill("#typed", "2")
    admin.keyboard.press("Enter")
    expect(admin.locator("#typed-error")).to_be_visible()
    expect(admin.locator("#mass-h")).to_be_focused()
    admin.fill("#typed", "3")
    admin.keyboard.press("Enter")
    expect(admin.locator(f"#switch-{number}")).to_have_attribute("aria-checked", "true")
    db.session.rollback()
    assert rule(number).state == "on"


def test_t15_out_of_one_base_into_an_empty_one(admin: Page, masha: Staff, tmp_path: Path) -> None:
    numbers = [
        given("Маше", "ticket_created", [do("assign_person", masha.id)], cond("line", "is", 1)),
        given("Срочно", "client_replied", [do("set_priority", 4)], cond("priority", "lt", 4)),
    ]
    before = [said(number) for number in numbers]
    admin.goto(f"{LIST}/file")
    with admin.expect_download() as begun:
        admin.get_by_role("link", name="Выгрузить все").click()
    path = tmp_path / "triggers.json"
    begun.value.save_as(path)
    assert "masha@kurier.example" in path.read_text(encoding="utf-8")
    admin.set_input_files("#file", path)
    admin.get_by_role("button", name="Посмотреть, что изменится").click()
    expect(admin.locator("#in-h")).to_have_text("Отличий нет")
    without_rules()
    admin.goto(f"{LIST}/file")
    admin.set_input_files("#file", path)
    admin.get_by_role("button", name="Посмотреть, что изменится").click()
    expect(admin.locator("#in-h")).to_contain_text("2")
    admin.get_by_role("button", name="Принять").click()
    expect(admin.locator(".rule")).to_have_count(2)
    with bus.unit_of_work(writes=False):
        assert [said(each.id) for each in library.rules()] == before
    assert json.loads(path.read_text(encoding="utf-8"))["format"] == "liniya-triggers"
