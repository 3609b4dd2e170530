"""A name of two hundred letters without a space stays within its pane, wherever it is shown."""

from typing import Any

import pytest

from core import bus
from core.db import db
from desk import access, tickets
from models import Case, Staff
from tests.support.people import customer, sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

# Words that stick out of their pane, apart from those that are cut off on purpose.
STICKING_OUT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: text } = walker;
    const holder = text.parentElement;
    const isSeen = holder.checkVisibility() && !holder.closest(".vh, script, option");
    if (!isSeen || !text.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { right, width } = range.getBoundingClientRect();
    let [end, cut] = [innerWidth, false];
    for (let box = holder; box && box !== document.body; box = box.parentElement) {
      if (box.matches(".side, .list, .ticket, main")) {
        end = Math.min(end, box.getBoundingClientRect().right);
        break;
      }
      cut ||= getComputedStyle(box).overflowX === "hidden";
    }
    const isOut = width && !cut && right > end + 1;
    if (isOut) found.push(`${holder.outerHTML.slice(0, 60)} ${right} > ${end}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  return found;
}"""
NAME = "Щ" * 200


@pytest.fixture
def number(app: Any, masha: Staff) -> int:
    found = opened(customer(NAME, "long@sklad.example", company="Ы" * 120)).id
    with bus.unit_of_work():
        case = db.session.get_one(Case, found)
        tickets.client_reply(case, "Ещё вопрос", by=case.requester)
        tickets.add_note(case, f"Звонил {NAME}", by=masha)
    return found


@pytest.mark.one_database
@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_in_the_workspace(
    page: Any, live_server: LiveServer, masha: Staff, number: int, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    sign_in_page(page, live_server, masha)
    for path in ("", "?tab=client", "?tab=fields", "?tab=history"):
        page.goto(f"/agent/t/{number}{path}")
        if path and width < 720:
            page.click("[data-pane-to=side]")
        elif path and width < 1280:
            page.click("[data-drawer-toggle]")
        assert page.evaluate(STICKING_OUT) == [], path
    for path in ("/agent/inbox/all", f"/agent/inbox/all?q={number}", "/agent/soon"):
        page.goto(path)
        assert page.evaluate(STICKING_OUT) == [], path


@pytest.mark.one_database
@pytest.mark.parametrize("width", [1280, 320])
def test_of_the_client(page: Any, live_server: LiveServer, number: int, width: int) -> None:
    case = db.session.get_one(Case, number)
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(f"/r/{access.link_token(case)}")
    assert page.evaluate(STICKING_OUT) == []
    sign_in_page(page, live_server, case.requester)
    for path in ("/me/requests", "/ru/contact"):
        page.goto(path)
        assert page.evaluate(STICKING_OUT) == [], path
