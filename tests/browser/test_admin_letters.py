"""A letter worded anew with the keyboard: variables, preview of what is not saved, save."""

from typing import Any

import pytest

from models import Client, Staff
from tests.support.browser import scripts_run
from tests.support.letters import letters_to
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

LETTER = "/admin/letters/created"


@pytest.fixture
def desk(page: Any, live_server: LiveServer, anton: Staff) -> Any:
    return sign_in_page(page, live_server, anton)


@pytest.fixture
def editor(desk: Any, live_server: LiveServer, ivan: Client) -> Any:
    opened(ivan)
    desk.goto(live_server.url + LETTER)
    scripts_run(desk)
    return desk


def test_worded_with_the_keyboard(editor: Any, ivan: Client) -> None:
    body = editor.locator("#body_ru")
    body.fill("Добрый день,  ждите.")
    body.press("Home")
    for _letter in range(len("Добрый день, ")):
        body.press("ArrowRight")
    name = editor.locator('[data-insert="{{ client.first_name }}"]')
    name.focus()
    name.press("Enter")
    said = "Добрый день, {{ client.first_name }} ждите."
    assert body.input_value() == said
    assert body.evaluate("one => one === document.activeElement")
    editor.locator("#ticket").press("Enter")
    shown = editor.frame_locator("iframe[name=letter-ru]")
    shown.get_by_text("Добрый день, Иван ждите.").wait_for()
    assert body.input_value() == said
    assert editor.evaluate("document.activeElement.id") == "ticket"
    editor.frame_locator("iframe[name=letter-en]").get_by_text("and passed it").wait_for()
    editor.keyboard.press("Control+KeyS")
    editor.locator(".letter-words .badge-accent").wait_for()
    opened(ivan)
    assert "Добрый день, Иван ждите." in letters_to(ivan)[-1].payload["text"]


def test_a_test_is_sent_without_leaving_the_page(editor: Any, anton: Staff) -> None:
    editor.locator("#subject_ru").fill("Не сохранено")
    editor.locator("#b-test-ru").click()
    editor.locator("#preview .ok-text").wait_for()
    assert editor.locator("#subject_ru").input_value() == "Не сохранено"
    (mail,) = letters_to(anton)
    assert mail.payload["subject"] == "[проба] Не сохранено"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(editor: Any, live_server: LiveServer, scheme: str) -> None:
    editor.set_viewport_size({"width": 360, "height": 740})
    editor.emulate_media(color_scheme=scheme)
    for address in ("/admin/letters", LETTER, "/admin/letters/mentioned"):
        editor.goto(live_server.url + address)
        scripts_run(editor)
        assert editor.evaluate("document.documentElement.scrollWidth") <= 360
        outside = editor.evaluate(
            "[...document.querySelectorAll('main *')].filter(one =>"
            " one.getBoundingClientRect().width > 1 && one.checkVisibility() &&"
            " one.getBoundingClientRect().right > innerWidth + 1).map(one => one.className)"
        )
        assert outside == []
