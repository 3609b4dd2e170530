"""Nothing covers what one wants to press, nothing long pushes the page apart."""

from typing import Any

import pytest

from core import bus
from core.db import db
from desk import tags
from models import Case, Staff
from tests.support.people import customer, sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

UNDER = """() => {
  const toast = document.querySelector(".toast").getBoundingClientRect();
  const bottom = (one) => {  // of the part that is not scrolled out of sight
    let seen = one.getBoundingClientRect().bottom;
    for (let box = one.parentElement; box; box = box.parentElement) {
      const { bottom: end } = box.getBoundingClientRect();
      if (getComputedStyle(box).overflowY !== "visible") seen = Math.min(seen, end);
    }
    return seen;
  };
  return [...document.querySelectorAll("a[href], button, input, select, summary")].filter((one) => {
    const box = one.getBoundingClientRect();
    if (!one.checkVisibility() || !box.width || one.closest(".toast, .vh, .skip")) return false;
    const [top, end] = [Math.max(box.top, toast.top), Math.min(bottom(one), toast.bottom)];
    return box.left < toast.right && box.right > toast.left && top < end - 1;
  }).map((one) => one.outerHTML.slice(0, 120));
}"""
OUTSIDE = """() => [...document.querySelectorAll("main *, .rail *")].filter((one) => {
  const box = one.getBoundingClientRect();
  const isOut = box.width > 1 && box.right > innerWidth + 1;
  return isOut && one.checkVisibility() && !one.closest(".table-wrap");
}).map((one) => `${one.localName}.${one.className}`)"""
LONG = "Константин Константинович Константинопольский-Задунайский"


@pytest.mark.parametrize("width", [1440, 1024, 768, 390, 320])
def test_a_toast_covers_nothing(
    page: Any, live_server: LiveServer, anton: Staff, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    sign_in_page(page, live_server, anton)
    for path, save in (
        ("/admin/settings", "main form .btn-primary"),
        ("/admin/triggers/1", ".ed-foot .btn-primary"),
    ):
        page.goto(path)
        page.click(save)
        page.wait_for_selector(".toast")
        assert page.evaluate(UNDER) == [], path


@pytest.mark.parametrize("width", [1440, 1024, 768, 390, 320])
def test_long_names_and_thirty_tags_fit(
    page: Any, live_server: LiveServer, masha: Staff, width: int
) -> None:
    number = opened(customer(LONG, f"{'d' * 60}@sklad.example"), "Тема " * 30).id
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tags.add_tags(case, [f"метка-{n}" for n in range(29)] + ["м" * 50], by=masha)
    page.set_viewport_size({"width": width, "height": 720})
    sign_in_page(page, live_server, masha)
    for path in ("", "?tab=fields", "?tab=history", "/why"):
        page.goto(f"/agent/t/{number}{path}")
        if path.startswith("?tab") and width < 720:
            page.click("[data-pane-to=side]")
        elif path.startswith("?tab") and width < 1280:
            page.click("[data-drawer-toggle]")
        assert page.evaluate(OUTSIDE) == [], path
