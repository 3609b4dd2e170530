"""A20 of ux.md: who closed the last tab is given no work, nor who touches nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from core import bus
from core.clock import Frozen
from core.db import db
from desk import presence
from models import Client, Duty, Staff
from tests.support.people import sign_in_page
from tests.support.routing import agent, arrives, hands_out, holder
from tests.support.server import LiveServer


def told(page: Page, act: Callable[[], Any], where: str = "/agent/me/here") -> str:
    """Do it, and wait for what the page tells the server; what it answers."""
    with page.expect_response(lambda answer: answer.url.endswith(where)) as waited:
        act()
    return waited.value.text() if waited.value.status == 200 else ""


def swept() -> None:
    """As the scheduler does; what the test has read before is not looked at again."""
    db.session.rollback()
    presence.sweep()


def now_of(who: Staff) -> str:
    db.session.rollback()
    with bus.unit_of_work(writes=False):
        return db.session.get_one(Staff, who.id, populate_existing=True).presence


@pytest.fixture
def masha(ivan: Client) -> Staff:
    return agent("Маша", presence="off")


def test_a20_who_closes_the_last_tab_is_not_given_work(
    page: Any, live_server: LiveServer, clock: Frozen, ivan: Client, masha: Staff
) -> None:
    group = hands_out()
    sign_in_page(page, live_server, masha)
    assert told(page, lambda: page.goto("/agent/inbox/all")) == "available"
    other = page.context.new_page()
    told(other, lambda: other.goto("/agent/inbox/all"))
    other.close()
    clock.advance(seconds=30)
    told(page, page.reload)
    swept()
    assert now_of(masha) == "available"
    page.goto("about:blank")
    clock.advance(seconds=151)
    swept()
    assert now_of(masha) == "off"
    number = arrives(ivan, group)
    assert holder(number) is None
    assert told(page, lambda: page.goto("/agent/inbox/all")) == "available"
    db.session.rollback()
    assert holder(number) == "Маша"


def test_who_touches_nothing_is_away_until_the_next_touch(
    page: Any, live_server: LiveServer, clock: Frozen, masha: Staff
) -> None:
    page.clock.install(time=clock.at)
    sign_in_page(page, live_server, masha)
    told(page, lambda: page.goto("/agent/inbox/all"))
    for _beat in range(11):
        clock.advance(seconds=30)
        told(page, lambda: page.clock.fast_forward("00:30"))
    swept()
    assert now_of(masha) == "away"
    assert told(page, lambda: page.clock.fast_forward("00:30")) == "away"
    page.wait_for_selector(".me-state:has-text('Нет на месте')")
    assert told(page, lambda: page.mouse.move(200, 200)) == "available"
    page.wait_for_selector(".me-state:has-text('На месте')")
    assert now_of(masha) == "available"
    assert db.session.get_one(Duty, masha.id).left_at is None
