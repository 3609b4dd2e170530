"""The console stays clean: the fixture `page` fails a test at any error said there."""

from typing import Any

import pytest

from models import Client, Staff
from tests.support.browser import scripts_run
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened


def ready(page: Any, url: str) -> None:
    page.goto(url)
    scripts_run(page)


def pull(page: Any, selector: str) -> None:
    """Make a text area higher by its corner: the browser writes that as a style attribute."""
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 60, steps=3)
    page.mouse.up()
    assert "height" in page.get_attribute(selector, "style")


@pytest.fixture
def admin(page: Any, live_server: LiveServer, anton: Staff) -> Any:
    return sign_in_page(page, live_server, anton)


def test_a_pulled_text_area_is_no_inline_style(admin: Any) -> None:
    ready(admin, "/admin/counters/new")
    admin.select_option('[id="steps.0.then.0.do"]', "add_note")
    area = 'textarea[id="steps.0.then.0.text"]'
    admin.wait_for_selector(area)
    pull(admin, area)
    admin.click("#b-add-step")
    admin.wait_for_selector(".count-step >> nth=1")
    admin.wait_for_timeout(100)  # htmx settles attributes a moment after the swap
    assert not admin.alarms


def test_a_line_that_is_not_on_the_page_is_dropped(admin: Any, ivan: Client) -> None:
    number, other = opened(ivan, "Первая").id, opened(ivan, "Вторая").id
    ready(admin, "/agent/inbox/unassigned")
    admin.click(f"#row-{number} a[data-row-link]")
    admin.wait_for_selector("#ticket >> text=Первая")
    admin.evaluate("id => document.getElementById(id).remove()", f"row-{number}")
    admin.keyboard.press("p")
    admin.click("#heading [name=priority][value='4']")
    admin.wait_for_selector('.pick[aria-label*="Срочный"]')
    ready(admin, "/agent/inbox/unassigned")
    admin.click(f"#row-{other} a[data-row-link]")
    admin.wait_for_selector("#ticket >> text=Вторая")
    admin.keyboard.press("p")
    admin.click("#heading [name=priority][value='4']")
    admin.wait_for_selector(f"#row-{other} .trow-prio-urgent")
