"""Writing an article: the bar of buttons, the preview beside it, undo of the browser."""

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from models import Staff
from tests.support.faq import answer
from tests.support.people import sign_in_page
from tests.support.server import LiveServer


@pytest.fixture
def desk(app: Flask, page: Any, live_server: LiveServer, masha: Staff) -> Page:
    signed_in: Page = sign_in_page(page, live_server, masha)
    return signed_in


def choose(desk: Page, words: str) -> None:
    """Select these words in the text."""
    desk.evaluate(
        """words => { const area = document.getElementById("body"); area.focus();
        const at = area.value.indexOf(words); area.setSelectionRange(at, at + words.length); }""",
        words,
    )


PASTE = """async ([kind, name]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 200 });
    canvas.getContext("2d").fillRect(10, 10, 100, 100);
    const blob = await new Promise((done) => canvas.toBlob(done));
    const data = new DataTransfer();
    data.items.add(new File([kind === "broken" ? "x" : blob], name, { type: "image/png" }));
    const area = document.getElementById("body");
    area.focus();
    const made = kind === "drop"
      ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })
      : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    area.dispatchEvent(made);
  }"""


def test_a_pasted_picture_is_sent_and_shown(desk: Page) -> None:
    number = answer("Смена адреса", body="Нажмите кнопку.", slug="adres")
    desk.goto(f"/agent/kb/{number}?lang=ru")
    area, shown = desk.locator("#body"), desk.locator(".kb-art img")
    desk.evaluate('document.getElementById("body").setSelectionRange(15, 15)')
    desk.evaluate(PASTE, ["paste", "image.png"])
    expect(area).to_have_value(
        re.compile(r"^Нажмите кнопку\.!\[что .*\]\(/pictures/\w{32}\.png\)$")
    )
    expect(shown).to_have_count(1)
    desk.keyboard.type("Кнопка")
    expect(area).to_have_value(re.compile(r"!\[Кнопка\]\(/pictures/"))
    desk.wait_for_function("document.querySelector('.kb-art img').naturalWidth === 300")
    desk.keyboard.press("Control+End")
    desk.evaluate(PASTE, ["drop", "other.png"])
    expect(shown).to_have_count(2)
    desk.evaluate(PASTE, ["broken", "broken.png"])
    expect(desk.locator(".toast")).to_contain_text("не картинка")
    expect(area).not_to_have_value(re.compile("отправляется"))


def test_marks_and_the_preview(desk: Page) -> None:
    number = answer("Смена адреса", body="Нажмите кнопку\nПодождите", slug="adres")
    desk.goto(f"/agent/kb/{number}?lang=ru")
    area, shown = desk.locator("#body"), desk.locator(".kb-art")
    expect(shown).to_contain_text("Нажмите кнопку")
    choose(desk, "кнопку")
    desk.keyboard.press("Control+KeyB")
    expect(area).to_have_value("Нажмите **кнопку**\nПодождите")
    expect(shown.locator("strong")).to_have_text("кнопку")
    desk.keyboard.press("Control+KeyZ")
    expect(area).to_have_value("Нажмите кнопку\nПодождите")
    choose(desk, "Нажмите кнопку\nПодождите")
    desk.get_by_role("button", name="Шаги").click()
    expect(area).to_have_value("1. Нажмите кнопку\n2. Подождите")
    expect(shown.locator("ol li")).to_have_count(2)
    choose(desk, "кнопку")
    desk.keyboard.press("Control+KeyK")
    desk.keyboard.type("https://example.com/x")
    expect(area).to_have_value("1. Нажмите [кнопку](https://example.com/x)\n2. Подождите")
    area.fill("[туда](/ru/a/999999)")
    expect(desk.locator(".kb-preview .callout")).to_contain_text("такой статьи нет")
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.set_viewport_size({"width": 320, "height": 700})
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
