"""What an agent has chosen and not sent yet stays when the page is updated under it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from core import bus
from desk import tickets
from models import Client, Staff
from tests.browser.test_agent_live import SOON, case, opened_page
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

PATH = "summary.pick-line"


@pytest.fixture
def desk(page: Any, live_server: LiveServer, masha: Staff) -> Any:
    return sign_in_page(page, live_server, masha)


def test_the_chosen_line_stays_and_is_the_one(desk: Any, ivan: Client, sergey: Staff) -> None:
    number = opened(ivan).id
    opened_page(desk, f"/agent/t/{number}?view=all")
    desk.click(PATH)
    desk.check("[name=line][value='3']")
    desk.fill("#reason", "нужен эксперт")
    with bus.unit_of_work():
        tickets.add_note(case(number), "Смотрю", by=sergey)
    desk.wait_for_selector("#thread >> text=Смотрю", timeout=SOON)
    expect(desk.locator("[name=line][value='3']")).to_be_checked()
    expect(desk.locator("#reason")).to_have_value("нужен эксперт")
    desk.locator("details:has(> .pick-line) button[type=submit]").click()
    expect(desk.locator(".menu-pass [name='was.line']")).to_have_value("3")
    assert case(number).line == 3
    expect(desk.locator("[name=line][value='4']")).not_to_be_checked()  # nobody works there


def test_what_is_written_for_another_line_outlives_the_leaving(desk: Any, ivan: Client) -> None:
    number, other = opened(ivan).id, opened(ivan).id
    opened_page(desk, f"/agent/t/{number}?view=all")
    desk.click(PATH)
    desk.check("[name=line][value='3']")
    desk.fill("#reason", "нужен эксперт")
    desk.click(f"#row-{other} [data-row-link]")
    desk.wait_for_url(f"**/agent/t/{other}?*")
    expect(desk.locator("#reason")).to_have_value("")
    desk.click(f"#row-{number} [data-row-link]")
    desk.wait_for_url(f"**/agent/t/{number}?*")
    expect(desk.locator("#reason")).to_have_value("нужен эксперт")
    desk.reload()
    expect(desk.locator("#reason")).to_have_value("нужен эксперт")
    expect(desk.locator("[name=line][value='3']")).to_be_checked()
    desk.click(PATH)
    expect(desk.locator(".menu-pass [data-keep-note]")).to_be_visible()
    desk.locator("details:has(> .pick-line) button[type=submit]").click()
    expect(desk.locator(".menu-pass [name='was.line']")).to_have_value("3")
    expect(desk.locator("#reason")).to_have_value("")
    desk.reload()
    expect(desk.locator(".menu-pass [name='was.line']")).to_have_value("3")
    expect(desk.locator("#reason")).to_have_value("")
