"""Time on the screen: limits, tickets put off, promises (A18, A22, C13)."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from core import bus
from core.clock import Frozen
from core.db import db
from desk import snoozing, tickets
from desk.catalog import catalog
from models import Case, Client, Staff
from tests.support.counters import given_counter
from tests.support.people import sign_in_page
from tests.support.rules import do
from tests.support.server import LiveServer
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")
CHIP = ".tb-item .sla"


@pytest.fixture
def waiting(page: Page) -> int:
    with bus.unit_of_work(writes=False):
        found: int = catalog().by_key("statuses", "waiting").id
        return found


@pytest.fixture
def desk(page: Page, live_server: LiveServer, masha: Staff) -> Page:
    signed_in: Page = sign_in_page(page, live_server, masha)
    return signed_in


def chip(page: Page) -> tuple[str, str]:
    """The sign and the words beside it."""
    shown = page.locator(CHIP).first
    sign = str(shown.locator("use").get_attribute("href")).rpartition("#")[2]
    return sign, shown.locator(".vh").inner_text().strip()


def test_the_script_says_what_the_server_said(
    desk: Page, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    """A limit of 15 minutes is no “soon” from its birth; it is in its last quarter."""
    given_counter("Ответ", anton, (15, [do("add_note", text="Пора")]), limit=15)
    number = opened(ivan).number
    for later, sign in ((0, "clock"), (12, "alarm-clock")):
        clock.advance(minutes=later)
        desk.clock.set_fixed_time(clock.at)
        served = desk.request.get(f"/agent/t/{number}").text()
        desk.goto(f"/agent/t/{number}")
        shown = desk.locator(CHIP).first
        assert chip(desk)[0] == sign
        words = shown.locator("[data-left]").inner_text()
        assert f'#{sign}"' in served
        assert f"<span data-left>{words}</span>" in served


def test_a18_a_limit_goes_on_by_the_clock_alone(
    desk: Page, clock: Frozen, anton: Staff, masha: Staff, ivan: Client, waiting: int
) -> None:
    """Friday 17:30, an hour of working time: half of it on Monday."""
    options: dict[str, Any] = {"kind": "solution", "pause": [waiting], "limit": 60}
    given_counter("Решение", anton, (60, [do("add_note", text="Пора")]), **options)
    clock.set(datetime(2026, 3, 13, 17, 30, tzinfo=MOSCOW))
    number = opened(ivan).number
    desk.clock.install(time=clock.at)
    desk.goto(f"/agent/t/{number}")
    assert chip(desk) == ("clock", "Срок:")
    desk.clock.fast_forward("50:00:00")
    assert chip(desk) == ("clock", "Срок:")
    expect(desk.locator(CHIP).first).to_contain_text("30")
    desk.clock.fast_forward("13:46:00")
    assert chip(desk) == ("alarm-clock", "Скоро срок:")
    desk.clock.fast_forward("00:20:00")
    assert chip(desk) == ("triangle-alert", "Просрочено:")
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, number), waiting, by=masha)
    desk.reload()
    assert chip(desk) == ("pause", "Пауза:")


@pytest.mark.parametrize("minutes", [-600, 90])
def test_a_wrong_clock_of_the_computer_changes_nothing(
    desk: Page, clock: Frozen, anton: Staff, ivan: Client, minutes: int
) -> None:
    given_counter("Решение", anton, kind="solution", limit=60)
    number = opened(ivan).number
    desk.clock.install(time=clock.at + timedelta(minutes=minutes))
    desk.goto(f"/agent/t/{number}")
    assert chip(desk) == ("clock", "Срок:")
    desk.clock.fast_forward("00:50:00")
    assert chip(desk) == ("alarm-clock", "Скоро срок:")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (320, 640)])
def test_a_long_ledger_opens_at_now(
    desk: Page, clock: Frozen, anton: Staff, ivan: Client, width: int, height: int
) -> None:
    given_counter("Решение", anton, kind="solution", limit=9000)
    number = opened(ivan).number
    clock.advance(days=12)
    desk.set_viewport_size({"width": width, "height": height})
    desk.goto(f"/agent/t/{number}")
    desk.locator(".tb-more > summary").click()
    now = desk.locator(".ledger tr", has=desk.get_by_text("сейчас", exact=True))
    expect(now).to_be_in_viewport()
    book = desk.locator(".tb-book")
    assert book.evaluate("it => it.scrollTop") > 0
    bottom, edge = (
        each.evaluate("it => it.getBoundingClientRect().bottom") for each in (now, book)
    )
    assert bottom <= edge


def test_a22_put_off_and_back(desk: Page, clock: Frozen, masha: Staff, ivan: Client) -> None:
    number = opened(ivan, "Подождёт до завтра").number
    desk.goto(f"/agent/t/{number}")
    desk.keyboard.press("h")
    desk.get_by_role("button", name="Завтра утром").click()
    expect(desk.locator(".asleep")).to_contain_text("Отложено до")
    desk.goto("/agent/inbox/all")
    expect(desk.get_by_text("Подождёт до завтра")).to_have_count(0)
    desk.goto("/agent/inbox/snoozed")
    expect(desk.get_by_text("Подождёт до завтра").first).to_be_visible()
    db.session.rollback()
    clock.set(datetime(2026, 3, 3, 9, 0, tzinfo=MOSCOW))
    assert snoozing.wake_due() == 1
    desk.goto("/agent/inbox/all")
    desk.get_by_text("Подождёт до завтра").first.click()
    expect(desk.locator(".asleep")).to_contain_text("вернулось: подошло время")
    desk.keyboard.press("h")
    desk.fill("#until", "2026-03-20T10:00")
    desk.locator("#until").press("Enter")
    expect(desk.locator(".asleep")).to_contain_text("20 мар")
    desk.get_by_role("button", name="Вернуть сейчас").click()
    expect(desk.locator(".asleep")).to_have_count(0)


def test_c13_the_promise_comes_from_the_calendar(page: Page, clock: Frozen) -> None:
    """Friday 17:55, five minutes of it are left; Monday is a transferred holiday."""
    clock.set(datetime(2026, 3, 6, 17, 55, tzinfo=MOSCOW))
    page.goto("/ru/contact")
    page.fill("#email", "ivan@example.ru")
    page.fill("#subject", "Не печатает чек")
    page.fill("#text", "Терминал не печатает чек, помогите")
    page.locator("main form[method=post] button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("1001")
    expect(page.locator("main")).to_contain_text("до 09:55 во вторник, 10 марта")
