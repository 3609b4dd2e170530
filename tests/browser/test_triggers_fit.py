"""Pages of triggers on a phone: nothing sticks out of its frame, nothing lies upon another."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from models import Client, Staff
from tests.support.people import sign_in_page
from tests.support.rules import cond, do, given, mail, without_rules
from tests.support.server import LiveServer
from tests.support.tickets import opened

LIST = "/admin/triggers"
LONG = "Очень длинное название триггера, какие бывают у тех, кто хочет сказать всё сразу"
# Of all that is shown in main: what ends right of its frame, rows that may be scrolled left out.
STICKING = """frame => [...document.querySelectorAll(frame)].flatMap(box => {
  const right = Math.min(box.getBoundingClientRect().right, innerWidth) + 1;
  return [...box.querySelectorAll('*')].filter(each => {
    const own = each.getBoundingClientRect();
    return own.width && own.right > right && !each.closest('.vh, .tabs, datalist, option');
  }).map(each => `${each.localName}.${each.className} in ${frame}`);
})"""


@pytest.fixture
def phone(app: Flask, page: Any, live_server: LiveServer, anton: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, anton)
    signed_in.set_viewport_size({"width": 360, "height": 760})
    return signed_in


def rivals() -> int:
    """Two that set the same field; the second one's number."""
    given(LONG, "ticket_created", [do("set_priority", 1)], cond("line", "is", 1))
    return given("Спорит", "ticket_created", [do("set_priority", 3)], cond("line", "is", 1))


def test_filters_of_the_runs_stay_on_the_screen(phone: Page, ivan: Client) -> None:
    rivals()
    opened(ivan)
    phone.goto(f"{LIST}/runs")
    expect(phone.locator(".line")).to_have_count(2)
    assert phone.evaluate(STICKING, "main") == []


def test_a_finding_keeps_to_its_frame(phone: Page) -> None:
    phone.goto(f"{LIST}/{rivals()}")
    expect(phone.locator("[data-finding=conflict]")).to_be_visible()
    assert phone.evaluate(STICKING, "[data-finding]") == []


def test_tabs_stay_where_they_are_pressed_however_short_the_page_gets(phone: Page) -> None:
    phone.goto(f"{LIST}/{rivals()}")
    phone.click(".ed-jump")
    phone.locator("#tab-replay").click()
    expect(phone.locator("#tab-replay[aria-current]")).to_be_visible()
    before = phone.locator("#tab-try").bounding_box()
    phone.locator("#tab-count").click()
    expect(phone.locator("#tab-count[aria-current]")).to_be_visible()
    after = phone.locator("#tab-try").bounding_box()
    assert before is not None
    assert after is not None
    assert (abs(after["y"] - before["y"]) <= 1, after["y"] < 300) == (True, True)


@pytest.mark.parametrize("width", [360, 1280])
def test_rows_to_fill_in_keep_their_form(phone: Page, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 800})
    phone.goto(f"{LIST}/new?template=delay")
    phone.click("#b-add-group-if")
    expect(phone.locator('[id="if.1.0.field"]')).to_be_visible()
    for frame in (".group", ".group-h", ".cond"):
        assert phone.evaluate(STICKING, frame) == []
    row = phone.locator(".act.cond-hole")
    kind = row.locator("select").first.bounding_box()
    remove = row.locator("> .btn-icon").bounding_box()
    assert kind is not None
    assert remove is not None
    assert kind["width"] > 120
    assert kind["x"] + kind["width"] <= remove["x"]


def test_a_link_to_a_tab_leads_to_it(phone: Page) -> None:
    phone.goto(f"{LIST}/{rivals()}")
    phone.get_by_role("link", name="Проверка, срабатывания, версии").click()
    expect(phone.locator("#tab-versions")).to_be_in_viewport()
    phone.goto(LIST)
    phone.get_by_role("link", name="Спорит", exact=True).scroll_into_view_if_needed()
    phone.locator(".rule").last.locator(".rule-acts summary, .rule-acts button").first.click()
    phone.get_by_role("link", name="Версии").click()
    expect(phone.locator(".runs > .run")).to_be_in_viewport()


@pytest.mark.parametrize("tab", ["count", "replay", "try", "runs", "versions"])
def test_a_tab_by_its_address_is_brought_into_view(phone: Page, tab: str) -> None:
    phone.set_viewport_size({"width": 320, "height": 700})
    then = [do("set_priority", 3) for _row in range(3)]
    phone.goto(f"{LIST}/{given('Правило', 'ticket_created', then)}?tab={tab}")
    # all of it: a scroll stops at whole pixels, widths of words do not
    expect(phone.locator(f"#tab-{tab}")).to_be_in_viewport(ratio=0.99)
    expect(phone.locator("#panel")).to_be_in_viewport(ratio=0.7)


def test_the_editor_itself_opens_at_its_beginning(phone: Page) -> None:
    phone.goto(f"{LIST}/{given('Правило', 'ticket_created', [do('set_priority', 3)])}")
    expect(phone.locator("#name_ru")).to_be_in_viewport()


def test_the_empty_name_says_what_readers_of_its_language_see(phone: Page) -> None:
    phone.goto(f"{LIST}/new")
    hints = phone.locator(".ed-names .hint:visible")
    expect(hints).to_have_count(0)
    phone.fill("#name_ru", "Слова о принтере")
    expect(hints).to_have_text(["Пока пусто, по-английски показываем русское название."])
    phone.fill("#name_en", "Printer words")
    expect(hints).to_have_count(0)
    phone.fill("#name_ru", "")
    expect(hints).to_have_text(["Пока пусто, по-русски показываем английское название."])


def test_why_keeps_an_address_whole(phone: Page, ivan: Client) -> None:
    """What was done and to whom stand below each other where there is little room."""
    given("Письмо", "ticket_created", [mail("client")])
    number = opened(ivan).number
    phone.goto(f"/agent/t/{number}/why")
    label, said = (
        phone.locator(f".why .diff {each}").first.bounding_box() for each in ("dt", "dd")
    )
    assert label is not None
    assert said is not None
    assert said["y"] >= label["y"] + label["height"] - 1
    assert said["height"] < 2 * label["height"]
