"""Shortcuts: by the physical key in any layout, never while one is writing, all on the sheet."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.frontend import sandbox
from tests.support.server import LiveServer, served

PAGE = """
{% extends "layouts/workspace.html" %}
{% block title %}Все открытые{% endblock %}
{% block main %}
  <main class="main" id="main"><h1>Обращения</h1>
    <ul data-list>
      {% for number in (1042, 1041, 1040, 1039) %}
        <li data-row>
          <input type="checkbox" aria-label="{{ number }}">
          <a data-row-link href="/agent/{{ number }}">{{ number }}</a>
        </li>
      {% endfor %}
    </ul>
    <a href="#mine"{{ ui.keys("KeyG KeyM", "Мои", "Перейти") }}>Мои</a>
    <button type="button" id="why"{{ ui.keys("KeyY", "Почему?") }}>Почему?</button>
    <details class="pop" id="status">
      <summary{{ ui.keys("KeyS", "Статус") }}>Статус</summary>
    </details>
    <form method="post" id="composer">{{ ui.csrf() }}
      <textarea name="text" id="text"{{ ui.keys("KeyR", "Ответить") }}></textarea>
      {{ ui.button("Отправить", key="Ctrl+Enter") }}
    </form>
  </main>
{% endblock %}
"""
LATIN = {"J": "j", "K": "k", "X": "x", "Y": "y", "G": "g", "M": "m", "R": "r", "S": "s"}
CYRILLIC = {"J": "о", "K": "л", "X": "ч", "Y": "н", "G": "п", "M": "ь", "R": "к", "S": "ы"}
SHIFT = 8


@pytest.fixture
def live_server() -> Iterator[LiveServer]:
    with served(sandbox({"/agent/": PAGE}).app, threads=16) as server:
        yield server


class Keyboard:
    """Keys as the system sends them: what the cap says in this layout, and where the key is."""

    def __init__(self, page: Any, caps: dict[str, str]) -> None:
        self.page = page
        self.caps = caps
        self.devtools = page.context.new_cdp_session(page)

    def press(self, letters: str, modifiers: int = 0) -> None:
        for letter in letters:
            stroke = {
                "key": self.caps[letter],
                "code": f"Key{letter}",
                "windowsVirtualKeyCode": ord(letter),
                "modifiers": modifiers,
            }
            typed = {"text": self.caps[letter]} if not modifiers else {}
            self.devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", **stroke, **typed})
            self.devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **stroke})


@pytest.fixture(params=[LATIN, CYRILLIC], ids=["latin", "cyrillic"])
def keyboard(page: Any, request: pytest.FixtureRequest) -> Keyboard:
    opened(page)
    return Keyboard(page, request.param)


def opened(page: Any) -> None:
    page.goto("/agent/", wait_until="domcontentloaded")
    page.wait_for_selector("html[data-scripts=ready]", state="attached")
    page.evaluate("why.addEventListener('click', () => (document.body.dataset.why = 'asked'))")


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_list_is_walked_and_picked(keyboard: Keyboard, page: Any) -> None:
    keyboard.press("J")
    assert focused(page) == "1042"
    keyboard.press("JJK")
    assert focused(page) == "1041"
    keyboard.press("X")
    keyboard.press("JJ")
    keyboard.press("X", SHIFT)
    picked = page.eval_on_selector_all("[data-row] input", "all => all.map(one => one.checked)")
    assert picked == [False, True, True, True]


def test_enter_opens_the_focused_row(page: Any) -> None:
    opened(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agent/1041")


def test_keys_click_and_focus(keyboard: Keyboard, page: Any) -> None:
    keyboard.press("Y")
    assert page.evaluate("document.body.dataset.why") == "asked"
    keyboard.press("S")
    assert page.evaluate("document.getElementById('status').open")
    keyboard.press("R")
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.input_value("#text") == ""


def test_sequences(keyboard: Keyboard, page: Any) -> None:
    keyboard.press("GM")
    assert page.url.endswith("#mine")


def test_writing_triggers_nothing(keyboard: Keyboard, page: Any) -> None:
    page.focus("#text")
    keyboard.press("JYXGM")
    assert page.input_value("#text") == "".join(keyboard.caps[letter] for letter in "JYXGM")
    assert page.evaluate("document.body.dataset.why") is None
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement === document.body")
    keyboard.press("Y")
    assert page.evaluate("document.body.dataset.why") == "asked"


def test_ctrl_enter_sends_from_within_the_text(page: Any) -> None:
    opened(page)
    page.fill("#text", "Готово")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.keyboard.press("Control+Enter")
    assert "text=" in sent.value.post_data


def test_the_switch_turns_single_letters_off_for_good(page: Any) -> None:
    opened(page)
    keyboard = Keyboard(page, LATIN)
    page.keyboard.press("Shift+Slash")
    page.uncheck("[data-keys-switch]")
    page.keyboard.press("Escape")
    keyboard.press("Y")
    opened(page)
    keyboard.press("Y")
    assert page.evaluate("document.body.dataset.why") is None
    page.keyboard.press("Control+K")
    assert page.evaluate("document.getElementById('palette').open")


def test_the_sheet_lists_every_binding_once_with_both_caps(page: Any) -> None:
    opened(page)
    page.keyboard.press("?")
    page.wait_for_selector("#keys[open] dt")
    rows = page.eval_on_selector_all(
        "#keys dl div", "all => all.map(row => row.innerText.replace(/\\s+/g, ' '))"
    )
    labels = page.eval_on_selector_all("[data-key]", "all => all.map(one => one.dataset.keyLabel)")
    assert len(rows) == len(set(rows))
    assert all(any(row.startswith(label) for row in rows) for label in labels)
    assert "Почему? Y / Н" in rows
    assert "Ниже по списку J / О ↓" in rows
    assert "Мои G затем M" in rows


def test_the_palette_finds_what_can_be_done_here_and_elsewhere(page: Any) -> None:
    opened(page)
    page.keyboard.press("Control+K")
    page.wait_for_selector("#pal-found [role=option]")
    page.keyboard.type("почем")
    page.wait_for_selector("#pal-here [role=option]:has-text('Почему?')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.body.dataset.why") == "asked"
    page.keyboard.press("Control+K")
    page.wait_for_selector("#pal-found [role=option][aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("?found"))
