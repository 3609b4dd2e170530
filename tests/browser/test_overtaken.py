"""A choice on a page that stood still while a colleague chose otherwise."""

from typing import Any

import pytest

from core import bus
from core.db import db
from desk import tickets
from models import Case, Client, Staff
from tests.support.browser import scripts_run
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

SOON = 5_000  # ms


@pytest.fixture
def desk(page: Any, live_server: LiveServer, masha: Staff) -> Any:
    """Nothing comes to its pages by itself."""
    page.add_init_script("delete window.SharedWorker")  # its requests are no page's: not held back
    for path in ("stream", "poll"):
        page.route(f"**/agent/{path}*", lambda route: route.abort())
    return sign_in_page(page, live_server, masha)


def prioritised(number: int, priority: int, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), priority, by=by)


def priority(number: int) -> int:
    db.session.rollback()
    return db.session.get_one(Case, number).priority


def test_it_asks_and_can_be_left_or_done_all_the_same(
    desk: Any, ivan: Client, sergey: Staff
) -> None:
    number = opened(ivan).id
    desk.goto(f"/agent/t/{number}?view=all&tab=fields")
    scripts_run(desk)
    desk.fill("#reply-text", "Здравствуйте")
    asked, field = desk.locator("#overtaken form"), desk.locator("#side [name=priority]")

    prioritised(number, 4, sergey)
    desk.wait_for_timeout(1_500)  # longer than it takes to be told
    field.select_option("1")
    asked.get_by_text("Сергей").first.wait_for(timeout=SOON)
    assert priority(number) == 4
    asked.locator("a").click()
    asked.wait_for(state="detached", timeout=SOON)
    assert field.input_value() == "4"

    prioritised(number, 3, sergey)
    field.select_option("1")
    asked.locator("button").click()
    asked.wait_for(state="detached", timeout=SOON)
    assert priority(number) == 1
    assert desk.locator("#reply-text").input_value() == "Здравствуйте"


def test_a_subject_that_came_live_under_a_half_written_one_is_asked_about(
    page: Any, live_server: LiveServer, masha: Staff, ivan: Client, sergey: Staff
) -> None:
    number = opened(ivan).id
    mine = sign_in_page(page, live_server, masha)
    mine.goto(f"/agent/t/{number}?view=all")
    scripts_run(mine)
    mine.click("details:has(#subject) > summary")
    mine.fill("#subject", "Тема Маши")
    with bus.unit_of_work():
        tickets.set_subject(db.session.get_one(Case, number), "Тема Сергея", by=sergey)
    mine.wait_for_selector("#heading h1:has-text('Тема Сергея')", timeout=SOON)
    assert mine.input_value("#subject") == "Тема Маши"
    mine.press("#subject", "Enter")
    mine.locator("#overtaken form").get_by_text("Сергей").first.wait_for(timeout=SOON)
    db.session.rollback()
    assert db.session.get_one(Case, number).subject == "Тема Сергея"
    mine.locator("#overtaken form button").click()
    mine.wait_for_selector("#heading h1:has-text('Тема Маши')", timeout=SOON)
