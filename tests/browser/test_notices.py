"""The bell rings live, the desktop shows what comes to a hidden tab, @ completes names."""

from typing import Any

import pytest

from core import bus
from core.db import db
from desk import tickets
from desk.notices import choices
from models import Case, Client, Notice, Staff
from tests.support.browser import scripts_run
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

SOON = 5_000  # ms
PHONE = {"width": 360, "height": 740}
OUTSIDE = """() => [...document.querySelectorAll("main *, .rail *, .bar-top *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 1 && box.right > innerWidth + 1 && one.checkVisibility();
}).map((one) => `${one.localName}.${one.className}`)"""
# What the desktop would show, kept by the page; and a tab that nobody looks at.
RECORD = """
  window.shown = [];
  window.Notification = class extends window.Notification {
    constructor(title, options) { super(title, options); shown.push([title, options.body]); }
  };
"""
HIDDEN = """
  Object.defineProperty(Document.prototype, "hidden", { get: () => window.isHidden ?? false });
"""


@pytest.fixture
def desk(page: Any, live_server: LiveServer, masha: Staff) -> Any:
    return sign_in_page(page, live_server, masha)


def opened_page(page: Any, url: str) -> None:
    page.goto(url)
    scripts_run(page)
    page.wait_for_timeout(400)  # the stream is being opened


def case(number: int) -> Case:
    if "unit" not in db.session.info:
        db.session.rollback()
    return db.session.get_one(Case, number)


def give(number: int, person: Staff, by: Staff) -> None:
    with bus.unit_of_work():
        who = db.session.get_one(Staff, person.id)
        tickets.assign(case(number), who, by=db.session.get_one(Staff, by.id))


def test_the_bell_rings(desk: Any, ivan: Client, masha: Staff, olga: Staff) -> None:
    number = opened(ivan).id
    opened_page(desk, "/agent/kb")
    assert desk.locator(".bell-n").count() == 0
    give(number, masha, olga)
    desk.wait_for_selector("#bell-rail .bell-n >> text=1", timeout=SOON)
    assert desk.get_attribute("#bell-rail", "aria-label") == "Уведомления, непрочитанных: 1"
    desk.keyboard.press("g")
    desk.keyboard.press("n")
    desk.wait_for_url("**/agent/notices")
    desk.wait_for_selector(f"text=Новое обращение для вас: № {number}")
    with bus.unit_of_work():
        tickets.add_note(case(number), "@Маша, взгляни", by=db.session.get_one(Staff, olga.id))
    desk.wait_for_selector(".told-new >> text=Ольга упоминает вас", timeout=SOON)
    desk.locator(".told-new .told-link", has_text="Ольга упоминает").press("Enter")
    desk.wait_for_url(f"**/agent/t/{number}*")
    desk.wait_for_selector("#bell-rail .bell-n", state="detached", timeout=SOON)


def test_what_comes_to_the_open_ticket_is_read(
    desk: Any, ivan: Client, masha: Staff, olga: Staff
) -> None:
    number = opened(ivan).id
    give(number, masha, olga)
    opened_page(desk, f"/agent/t/{number}")
    desk.wait_for_selector("#bell-rail .bell-n", state="detached", timeout=SOON)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Вижу сразу", by=ivan)
    desk.wait_for_selector("#thread >> text=Вижу сразу", timeout=SOON)
    desk.wait_for_timeout(1_000)
    db.session.rollback()
    assert all(row.read_at for row in db.session.query(Notice))
    assert desk.locator(".bell-n").count() == 0


def test_the_desktop(desk: Any, ivan: Client, masha: Staff, olga: Staff, clock: Any) -> None:
    number = opened(ivan).id
    desk.context.grant_permissions(["notifications"])
    desk.add_init_script(RECORD + HIDDEN)
    opened_page(desk, "/agent/kb")
    clock.advance(minutes=1)
    give(number, masha, olga)
    desk.wait_for_selector("#bell-rail .bell-n", timeout=SOON)
    assert desk.evaluate("shown") == [], "the page is looked at: the bell is enough"
    desk.evaluate("window.isHidden = true")
    clock.advance(minutes=1)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    desk.wait_for_timeout(2_500)
    assert desk.evaluate("shown") == [
        [f"Клиент написал по № {number}", "Терминал не печатает чек"]
    ], "the new one alone: the other was seen"


def test_a_tab_that_is_looked_at_keeps_the_others_still(
    desk: Any, ivan: Client, masha: Staff, olga: Staff, clock: Any
) -> None:
    number = opened(ivan).id
    desk.context.grant_permissions(["notifications"])
    desk.context.add_init_script(RECORD + HIDDEN)
    other = desk.context.new_page()
    opened_page(desk, "/agent/kb")
    opened_page(other, "/agent/kb")
    desk.evaluate("window.isHidden = true")
    clock.advance(minutes=1)
    give(number, masha, olga)
    other.wait_for_selector("#bell-rail .bell-n", timeout=SOON)
    other.wait_for_timeout(1_500)
    assert (desk.evaluate("shown"), other.evaluate("shown")) == ([], [])


def test_the_browser_is_asked_by_the_button_alone(desk: Any) -> None:
    desk.add_init_script(
        "window.asked = 0; Object.defineProperty(Notification, 'permission', "
        "{ get: () => (asked ? 'granted' : 'default') });"
        "Notification.requestPermission = async () => { asked += 1; return 'granted'; };" + RECORD
    )
    opened_page(desk, "/agent/me/notices")
    assert desk.evaluate("asked") == 0
    desk.click("text=Показывать на экране")
    desk.wait_for_selector("text=Этот браузер показывает уведомления")
    assert desk.evaluate("asked") == 1
    desk.click("text=Показать пример")
    assert len(desk.evaluate("shown")) == 1
    desk.click("text=Выключить здесь")
    desk.wait_for_selector("text=В этом браузере выключено")
    assert desk.evaluate("localStorage.getItem('liniya.desktop')") == '"off"'


def test_a_browser_that_was_told_no_says_so(desk: Any) -> None:
    desk.add_init_script(
        "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })"
    )
    opened_page(desk, "/agent/me/notices")
    desk.wait_for_selector("text=Браузеру запретили их показывать")
    assert not desk.is_visible("text=Показывать на экране")


def test_the_matrix_on_a_phone(desk: Any, masha: Staff) -> None:
    desk.set_viewport_size(PHONE)
    opened_page(desk, "/agent/me/notices")
    wide = "document.scrollingElement.scrollWidth <= innerWidth"
    assert desk.evaluate(wide)
    ways = desk.locator(".matrix tbody tr").first.locator(".matrix-way")
    assert [ways.nth(n).is_visible() for n in range(3)] == [True] * 3
    boxes = desk.locator(".matrix label.check")
    heights = boxes.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(heights) >= 40
    desk.get_by_label("Новое в моей группе: На экране").check()
    desk.get_by_label("Новая заметка в моём обращении: Почтой").uncheck()
    desk.get_by_role("switch", name="Соблюдать тихие часы").check()
    desk.click("main >> text=Сохранить")
    desk.wait_for_url("**/agent/me/notices?saved=yes")
    db.session.rollback()
    with bus.unit_of_work(writes=False):
        choice = choices.choice_of(db.session.get_one(Staff, masha.id))
    assert choice.of("group_work") == {"app", "mail", "desktop"}
    assert choice.of("note") == {"app"}
    assert choice.quiet.on


def test_names_after_the_at_sign(desk: Any, ivan: Client, sergey: Staff, olga: Staff) -> None:
    number = opened(ivan).id
    opened_page(desk, f"/agent/t/{number}?compose=note")
    desk.click("#note-text")
    desk.keyboard.type("Спроси @")
    desk.wait_for_selector("[role=option] >> text=Ольга")
    desk.keyboard.type("се")
    desk.wait_for_selector("[role=option] >> text=Ольга", state="detached")
    area = desk.locator("#note-text")
    assert area.get_attribute("aria-activedescendant")
    desk.keyboard.press("Enter")
    assert area.input_value() == "Спроси @Сергей "
    desk.keyboard.type("и @о")
    desk.wait_for_selector("[role=option] >> text=Ольга")
    desk.keyboard.press("Escape")
    assert not desk.is_visible("[role=listbox].mention-list")
    desk.keyboard.press("Enter")
    assert area.input_value() == "Спроси @Сергей и @о\n"
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector(".msg-note >> text=Спроси @Сергей")
    db.session.rollback()
    told = db.session.query(Notice).filter_by(staff_id=sergey.id).all()
    assert [row.occasion for row in told] == ["mentioned"]


@pytest.mark.parametrize("width", [1440, 1024, 768, 390, 320])
def test_nothing_sticks_out(desk: Any, ivan: Client, masha: Staff, olga: Staff, width: int) -> None:
    number = opened(ivan, "Очень" * 40).id
    give(number, masha, olga)
    desk.set_viewport_size({"width": width, "height": 720})
    for path in ("/agent/notices", "/agent/me/notices"):
        opened_page(desk, path)
        assert desk.evaluate(OUTSIDE) == [], path
