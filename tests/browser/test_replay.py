"""The live count and the replay beside the editor, in Chromium."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from core.clock import stopwatch
from desk import jobs
from models import Client, Staff
from tests.support.people import sign_in_page
from tests.support.rules import cond, do, given, rule, without_rules
from tests.support.server import LiveServer
from tests.support.tickets import opened

PIECE = ".ed-fragment"


@pytest.fixture
def admin(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    return signed_in


@pytest.fixture
def number(admin: Page, ivan: Client) -> int:
    """A trigger about receipts that is off, one such ticket and two others."""
    opened(ivan)
    for _time in range(2):
        opened(ivan, "Где посылка")
    then = [do("set_priority", 4)]
    return given("Чеки", "ticket_created", then, cond("text", "contains", "чек"), state="off")


def test_the_count_follows_the_typing(
    admin: Page, number: int, record_property: Callable[[str, object], None]
) -> None:
    """T03: nothing is saved."""
    admin.goto(f"/admin/triggers/{number}?tab=count")
    expect(admin.locator(PIECE)).to_contain_text("1 из 3 открытых обращений")
    admin.fill('[id="if.0.value"]', "посылка")
    elapsed = stopwatch()
    expect(admin.locator(PIECE)).to_contain_text("2 из 3 открытых обращений")
    record_property("ms from the last change to the new count (aim 700)", round(elapsed()))
    expect(admin.locator(f"{PIECE} a")).to_have_count(2)
    assert rule(number).version_number == 1


def test_a_replay_runs_beside_the_editor(admin: Page, number: int) -> None:
    """By keys alone: started, watched, and what is written stays as it is."""
    admin.goto(f"/admin/triggers/{number}?tab=replay")
    start = admin.locator(f"{PIECE} button", has_text="Проиграть")
    expect(start).to_be_visible()
    admin.fill('[id="if.0.value"]', "посылка")
    expect(start).to_be_visible()
    start.focus()
    admin.keyboard.press("Enter")
    expect(admin.locator("progress")).to_be_visible()
    assert jobs.run_next()
    expect(admin.locator(f"{PIECE} .dif li")).to_have_count(2)
    expect(admin.locator(f"{PIECE} .dif li").first).to_contain_text("Обычный → Срочный")
    expect(admin.locator('[id="if.0.value"]')).to_have_value("посылка")
    assert rule(number).version_number == 1


def test_a_replay_is_cancelled_beside_the_editor(admin: Page, number: int) -> None:
    admin.goto(f"/admin/triggers/{number}?tab=replay")
    admin.locator(f"{PIECE} button", has_text="Проиграть").click()
    admin.get_by_role("button", name="Отмена", exact=True).click()
    expect(admin.locator(PIECE)).to_contain_text("Повтор отменён")
    assert not jobs.run_next()


def test_a_replay_is_played_once_more_after_a_change(admin: Page, number: int) -> None:
    """The button is there again, the days that were chosen stay."""
    admin.goto(f"/admin/triggers/{number}?tab=replay")
    start = admin.locator(f"{PIECE} button", has_text="Проиграть")
    admin.locator(f"{PIECE} [name=days][value='7']").check()
    start.click()
    expect(admin.locator("progress")).to_be_visible()
    expect(start).to_have_count(0)
    assert jobs.run_next()
    expect(admin.locator(f"{PIECE} .dif li")).to_have_count(1)
    expect(start).to_be_visible()
    expect(admin.locator(f"{PIECE} .dif li")).to_have_count(1)
    expect(admin.locator(f"{PIECE} [name=days][value='7']")).to_be_checked()
    admin.fill('[id="if.0.value"]', "посылка")
    expect(admin.locator(PIECE)).to_contain_text("Триггер изменён после этого повтора")
    expect(start).to_be_visible()
    start.click()
    expect(admin.locator("progress")).to_be_visible()
    assert jobs.run_next()
    expect(admin.locator(f"{PIECE} .dif li")).to_have_count(2)
