"""A19 of ux.md: a full house waits with its place; who solves one gets the first that waits."""

from typing import Any

from playwright.sync_api import Page, expect

from models import Client, Staff
from tests.support.people import sign_in_page
from tests.support.routing import agent, arrives, hands_out, holder
from tests.support.server import LiveServer


def test_a19_a_full_house_waits_until_somebody_solves(
    page: Any, live_server: LiveServer, ivan: Client, olga: Staff
) -> None:
    agent("Маша")
    anton = agent("Антон")
    group = hands_out(ticket_limit=5)
    numbers = [arrives(ivan, group) for _ in range(10)]
    assert [holder(each) for each in numbers] == ["Антон", "Маша"] * 5
    waiting = arrives(ivan, group)
    sign_in_page(page, live_server, olga)
    page.goto("/agent/queue")
    row = page.locator(".q-row")
    expect(row).to_have_count(1)
    expect(row.locator(".place")).to_have_text("1")
    expect(row).to_contain_text("Антон: лимит группы: 5 из 5")
    solved_by(page, live_server, anton, numbers[0])
    sign_in_page(page, live_server, olga)
    page.goto("/agent/queue")
    expect(page.locator(".q-row")).to_have_count(0)
    page.goto(f"/agent/t/{waiting}")
    expect(page.locator("main")).to_contain_text("Диспетчер")
    expect(page.locator("main")).to_contain_text("загрузка 4 из 5")
    expect(page.locator(".t-fields")).to_contain_text("Антон")


def solved_by(page: Page, server: LiveServer, person: Staff, number: int) -> None:
    sign_in_page(page, server, person)
    page.goto(f"/agent/t/{number}")
    page.get_by_role("button", name="Решить").first.click()
    expect(page.locator("main")).to_contain_text("Решено")


def test_the_board_keeps_itself_up_to_date_and_is_walked_by_keys(
    page: Any, live_server: LiveServer, ivan: Client, olga: Staff
) -> None:
    agent("Маша", presence="off")
    group = hands_out()
    first = arrives(ivan, group)
    sign_in_page(page, live_server, olga)
    page.goto("/agent/queue")
    expect(page.locator(".q-row")).to_have_count(1)
    second = arrives(ivan, group)
    expect(page.locator(".q-row")).to_have_count(2)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(f'a[href="/agent/t/{second}"]')).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/agent/t/{second}*")
    assert first < second
