"""The workspace by keyboard alone, whatever the layout says."""

from typing import Any

import pytest

from core.db import db
from models import Case, Client, Message, Staff
from tests.support.browser import scripts_run
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

LATIN = {
    "j": "j",
    "k": "k",
    "r": "r",
    "n": "n",
    "a": "a",
    "s": "s",
    "i": "i",
    "e": "e",
    "u": "u",
    "l": "l",
    "t": "t",
    "p": "p",
    "y": "y",
    "c": "c",
    "g": "g",
    "m": "m",
}
CYRILLIC = {
    "j": "о",
    "k": "л",
    "r": "к",
    "n": "т",
    "a": "ф",
    "s": "ы",
    "i": "ш",
    "e": "у",
    "u": "г",
    "l": "д",
    "t": "е",
    "p": "з",
    "y": "н",
    "c": "с",
    "g": "п",
    "m": "ь",
}


class Keyboard:
    """Keys as the system sends them: what the cap says, and where the key is."""

    def __init__(self, page: Any, caps: dict[str, str]) -> None:
        self.devtools = page.context.new_cdp_session(page)
        self.caps = caps

    def press(self, letters: str, modifiers: int = 0) -> None:
        for letter in letters:
            stroke = {
                "key": self.caps[letter],
                "code": f"Key{letter.upper()}",
                "windowsVirtualKeyCode": ord(letter.upper()),
                "modifiers": modifiers,
            }
            text = {} if modifiers else {"text": self.caps[letter]}
            self.devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", **stroke, **text})
            self.devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **stroke})


@pytest.fixture(params=[LATIN, CYRILLIC], ids=["latin", "cyrillic"])
def caps(request: pytest.FixtureRequest) -> dict[str, str]:
    found: dict[str, str] = request.param
    return found


@pytest.fixture
def desk(page: Any, live_server: LiveServer, masha: Staff) -> Any:
    return sign_in_page(page, live_server, masha)


def case(number: int) -> Case:
    """As it is now: what was read before the page acted is let go."""
    db.session.rollback()
    return db.session.get_one(Case, number)


def ready(page: Any) -> None:
    scripts_run(page)


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def test_a_ticket_is_answered_and_solved_by_keys(
    desk: Any, ivan: Client, caps: dict[str, str]
) -> None:
    first, second = opened(ivan, "Касса молчит"), opened(ivan, "Терминал не печатает")
    desk.goto("/agent/inbox/all")
    ready(desk)
    keys = Keyboard(desk, caps)
    keys.press("jj")
    assert "Касса молчит" in desk.evaluate("document.activeElement.textContent")
    keys.press("k")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(f'#thread[data-live-case="{second.id}"]')
    assert desk.url.endswith(f"/agent/t/{second.id}?view=all")
    keys.press("i")
    desk.wait_for_selector('.pick[aria-label*="Маша"]')
    keys.press("r")
    assert focused(desk) == "reply-text"
    desk.keyboard.type("Ответ jkrs")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector(".msg-agent >> text=Ответ jkrs")
    assert desk.input_value("#reply-text") == ""
    desk.keyboard.press("Escape")
    keys.press("e")
    desk.wait_for_selector('.pick[aria-label*="Решено"]')
    solved, other = case(second.id), case(first.id)
    assert solved.is_solved
    assert not other.is_solved


def test_every_key_of_the_ticket_does_its_work(
    desk: Any, ivan: Client, caps: dict[str, str]
) -> None:
    ticket = opened(ivan)
    desk.goto(f"/agent/t/{ticket.id}?view=all")
    ready(desk)
    keys = Keyboard(desk, caps)
    keys.press("n")
    assert focused(desk) == "note-text"
    desk.keyboard.press("Escape")
    for letter, label in (
        ("s", "Статус"),
        ("a", "Исполнитель"),
        ("p", "Приоритет"),
        ("t", "Тип"),
        ("l", "Метки"),
    ):
        keys.press(letter)
        desk.wait_for_selector(f'details[open] > summary[aria-label^="{label}"]')
        desk.keyboard.press("Escape")
        desk.wait_for_selector("details[open]", state="detached")
        desk.evaluate("document.activeElement.blur()")
    keys.press("u")
    desk.wait_for_url("**/agent/inbox/all")
    ready(desk)
    keys.press("gm")
    desk.wait_for_url("**/agent/inbox/mine")
    ready(desk)
    desk.keyboard.press("/")
    assert focused(desk) == "find"
    desk.keyboard.press("Escape")
    keys.press("c")
    desk.wait_for_url("**/agent/new")


def test_typing_triggers_nothing_and_keys_can_be_off(
    desk: Any, ivan: Client, masha: Staff, caps: dict[str, str]
) -> None:
    ticket = opened(ivan)
    desk.goto(f"/agent/t/{ticket.id}")
    ready(desk)
    keys = Keyboard(desk, caps)
    keys.press("r")
    keys.press("resjk")
    assert desk.input_value("#reply-text") == "".join(caps[letter] for letter in "resjk")
    desk.keyboard.press("Escape")
    desk.goto("/agent/me")
    desk.uncheck("[name=shortcuts]")
    desk.click("main form:first-of-type button[type=submit]")
    desk.wait_for_selector("text=Сохранено.")
    desk.goto(f"/agent/t/{ticket.id}")
    ready(desk)
    keys.press("e")
    desk.wait_for_timeout(200)
    assert not case(ticket.id).is_solved


def test_the_sheet_lists_every_binding_once(desk: Any, ivan: Client) -> None:
    ticket = opened(ivan)
    desk.goto(f"/agent/t/{ticket.id}")
    ready(desk)
    desk.keyboard.press("?")
    desk.wait_for_selector("dialog#keys[open]")
    rows = desk.eval_on_selector_all(
        "dialog#keys dl > div", "all => all.map(one => one.textContent.trim())"
    )
    assert len(rows) == len(set(rows))
    bound = desk.eval_on_selector_all("[data-key]", "all => all.map(one => one.dataset.keyLabel)")
    text = "\n".join(rows)
    assert [label for label in bound if label not in text] == []


def test_the_palette_solves_the_open_ticket(desk: Any, ivan: Client) -> None:
    ticket = opened(ivan)
    desk.goto(f"/agent/t/{ticket.id}?view=all")
    ready(desk)
    desk.keyboard.press("Control+k")
    desk.wait_for_selector("dialog#palette[open]")
    desk.keyboard.type("решен")
    desk.wait_for_selector('#pal-found [role=option][aria-selected="true"] >> text=Решено')
    desk.keyboard.press("Enter")
    desk.wait_for_selector('.pick[aria-label*="Решено"]')
    assert case(ticket.id).is_solved
    desk.keyboard.press("Control+k")
    desk.keyboard.type(str(ticket.id))
    desk.wait_for_selector(f'#pal-found a[href="/agent/t/{ticket.id}"]')


def test_a_double_send_is_one_message(desk: Any, ivan: Client) -> None:
    ticket = opened(ivan)
    desk.goto(f"/agent/t/{ticket.id}")
    ready(desk)
    desk.fill("#reply-text", "Один раз")
    desk.dblclick("#reply-form button.btn-primary >> nth=0")
    desk.wait_for_selector(".msg-agent >> text=Один раз")
    desk.wait_for_timeout(300)
    db.session.rollback()
    texts = [m.text for m in db.session.query(Message).filter_by(case_id=ticket.id, inbound=False)]
    assert texts == ["Один раз"]
