"""Editors lose nothing: a question before leaving, a lost session that leads nowhere."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.db import db
from models import Staff
from tests.support.counters import given_counter
from tests.support.people import PASSWORD, sign_in_page
from tests.support.rules import do, given, rule, without_rules
from tests.support.server import LiveServer

LIST = "/admin/triggers"

pytestmark = pytest.mark.one_database


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


@pytest.fixture
def asked(admin: Page) -> list[str]:
    """What the browser asked; the answer is always to stay."""
    found: list[str] = []

    def stay(dialog: Any) -> None:
        found.append(dialog.type)
        dialog.dismiss()

    admin.on("dialog", stay)
    return found


def number_of_rule() -> int:
    return given("Правило", "ticket_created", [do("set_priority", 3)], state="off")


def name_of(number: int) -> str:
    db.session.rollback()
    return rule(number).name_ru


def leave(page: Page) -> None:
    page.locator(".rail .nav-link[href='/admin/']").click(no_wait_after=True)


def come_back(page: Page) -> None:
    """To the tab: every page of this browser has the focus always, so it is told."""
    page.bring_to_front()
    with page.expect_response("**/agent/me/token?of=*"):
        page.evaluate("window.dispatchEvent(new Event('focus'))")


@pytest.mark.parametrize("kind", ["triggers", "counters", "calendars", "letters"])
def test_what_was_written_is_not_left_without_a_question(
    admin: Page, anton: Staff, asked: list[str], kind: str
) -> None:
    place, field = {
        "triggers": (f"{LIST}/{number_of_rule()}", "#name_ru"),
        "counters": (f"/admin/counters/{given_counter('Ответ', anton)}/edit", "[name=name_ru]"),
        "calendars": ("/admin/calendars/1", "#name_ru"),
        "letters": ("/admin/letters/created", "#subject_ru"),
    }[kind]
    admin.goto(place)
    before = admin.input_value(field)
    admin.fill(field, f"{before} иначе")
    leave(admin)
    admin.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert admin.url.endswith(place)
    admin.fill(field, before)
    leave(admin)
    admin.wait_for_url("**/admin/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize(
    ("address", "field", "save"),
    [
        ("/agent/new", "[name=text]", None),
        ("/admin/settings", "[name=company_name_ru]", "Сохранить"),
        ("/admin/synonyms/new", "[name=words]", "Сохранить"),
    ],
)
def test_plain_forms_ask_too(
    admin: Page, asked: list[str], address: str, field: str, save: str | None
) -> None:
    admin.goto(address)
    leave(admin)
    admin.wait_for_url("**/admin/")
    admin.goto(address)
    admin.fill(field, "касса\nтерминал" if "words" in field else "Касса")
    leave(admin)
    expect(admin.locator(field)).to_be_visible()
    assert asked == ["beforeunload"]
    if save:
        admin.locator(f"main form:has({field}) button", has_text=save).first.click()
        admin.wait_for_load_state()
        leave(admin)
        admin.wait_for_url("**/admin/")
        assert asked == ["beforeunload"]


def test_saving_and_looking_around_ask_nothing(admin: Page, asked: list[str]) -> None:
    number = number_of_rule()
    admin.goto(f"{LIST}/{number}")
    admin.fill("[name=case]", "1042")
    leave(admin)
    admin.wait_for_url("**/admin/")
    admin.goto(f"{LIST}/{number}")
    admin.fill("#name_ru", "Иначе")
    admin.keyboard.press("Control+s")
    expect(admin.locator("#toasts")).to_contain_text("Сохранено")
    leave(admin)
    admin.wait_for_url("**/admin/")
    assert asked == []


def test_what_was_refused_or_is_put_aside_by_an_earlier_version_is_asked_about(
    admin: Page, asked: list[str]
) -> None:
    number = number_of_rule()
    admin.goto(f"{LIST}/{number}")
    admin.fill("#name_ru", "Иначе")
    admin.keyboard.press("Control+s")
    expect(admin.locator("#toasts")).to_contain_text("Сохранено")
    admin.click("#tab-versions")
    admin.fill("#name_ru", "Ещё иначе")
    admin.get_by_role("button", name="Вернуть").click(no_wait_after=True)
    admin.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    admin.fill("#name_ru", "")
    admin.keyboard.press("Control+s")
    expect(admin.locator("[data-error-summary]")).to_be_focused()
    leave(admin)
    admin.wait_for_timeout(300)
    assert asked == ["beforeunload"] * 2
    assert name_of(number) == "Иначе"


def test_a_lost_session_keeps_the_editor_until_one_is_back(
    admin: Page, asked: list[str], anton: Staff
) -> None:
    number = number_of_rule()
    admin.goto(f"{LIST}/{number}")
    admin.context.clear_cookies()
    admin.fill("#name_ru", "Не потеряется")
    admin.click("#b-add-action-then")
    banner = admin.locator("#signed-out")
    expect(banner).to_be_visible()
    assert admin.url.endswith(f"{LIST}/{number}")
    with admin.context.expect_page() as opened:
        banner.get_by_role("link").click()
    other = opened.value
    other.fill("#password-email", str(anton.email))
    other.fill("#password", PASSWORD)
    other.keyboard.press("Enter")
    expect(other.locator("#views")).to_be_visible()
    admin.bring_to_front()
    admin.click("#b-add-action-then")
    expect(admin.locator("#toasts")).to_contain_text("ещё раз")
    admin.click("#b-add-action-then")
    expect(admin.locator('[id="then.1.do"]')).to_be_visible()
    expect(banner).to_be_hidden()
    admin.locator("#b-remove-then-1").click()
    expect(admin.locator('[id="then.1.do"]')).to_have_count(0)
    admin.keyboard.press("Control+s")
    expect(admin.locator("#toasts")).to_contain_text("Сохранено")
    assert name_of(number) == "Не потеряется"
    assert asked == []


def test_saving_without_a_session_leads_back_to_the_filled_editor(
    admin: Page, asked: list[str], anton: Staff
) -> None:
    number = number_of_rule()
    admin.goto(f"{LIST}/{number}")
    admin.context.clear_cookies()
    admin.fill("#name_ru", "Не потеряется")
    admin.keyboard.press("Control+s")
    admin.fill("#password-email", str(anton.email))
    admin.fill("#password", PASSWORD)
    admin.keyboard.press("Enter")
    admin.get_by_role("button", name="Продолжить в редакторе").click()
    expect(admin.locator("#name_ru")).to_have_value("Не потеряется")
    expect(admin.locator("h1")).to_have_text("Правило")
    leave(admin)
    admin.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    admin.keyboard.press("Control+s")
    expect(admin.locator("#toasts")).to_contain_text("Сохранено")
    assert name_of(number) == "Не потеряется"


def test_the_first_press_saves_after_a_sign_in_elsewhere(
    admin: Page, asked: list[str], anton: Staff, live_server: LiveServer
) -> None:
    number = number_of_rule()
    admin.goto(f"{LIST}/{number}")
    admin.fill("#name_ru", "Сразу")
    admin.context.clear_cookies()
    come_back(admin)
    expect(admin.locator("#signed-out")).to_be_visible()
    sign_in_page(admin.context.new_page(), live_server, anton)
    come_back(admin)
    expect(admin.locator("#signed-out")).to_be_hidden()
    admin.keyboard.press("Control+s")
    expect(admin.locator("#toasts")).to_contain_text("Сохранено")
    assert name_of(number) == "Сразу"
    assert asked == []


def test_another_year_of_a_calendar_is_no_change(admin: Page, asked: list[str]) -> None:
    admin.goto("/admin/calendars/1")
    year = int(admin.input_value("[name=year]"))
    later, earlier = "#year-chevron-right", "#year-chevron-left"
    for button, shown in ((later, year + 1), (later, year + 2), (earlier, year + 1)):
        admin.click(button)
        expect(admin.locator("[name=year]")).to_have_value(str(shown))
    leave(admin)
    admin.wait_for_url("**/admin/")
    assert asked == []
    admin.goto("/admin/calendars/1")
    admin.click(later)
    admin.locator(f'[data-day="{year + 1}-03-18"]').click()
    admin.click("#day-off")
    expect(admin.locator(f'.yd-own-off[data-day="{year + 1}-03-18"]')).to_be_visible()
    admin.click(earlier)
    expect(admin.locator("[name=year]")).to_have_value(str(year))
    leave(admin)
    admin.wait_for_timeout(300)
    assert asked == ["beforeunload"]
