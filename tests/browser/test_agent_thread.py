"""The conversation of a ticket on the screen: its room, its files, what its composer says."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import bus
from core.db import db
from desk import tickets
from desk.files import Upload
from models import Case, Client, Staff
from tests.support.browser import scripts_run
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

# How tall the conversation is, and how far it is from its end.
THREAD = """(box => [box.clientHeight, box.scrollHeight - box.clientHeight - box.scrollTop])
(document.querySelector("[data-thread]"))"""


@pytest.fixture
def desk(page: Any, live_server: LiveServer, masha: Staff) -> Any:
    return sign_in_page(page, live_server, masha)


def open_page(page: Any, url: str) -> None:
    page.goto(url)
    scripts_run(page)


def test_the_conversation_has_the_room_and_keeps_its_end(desk: Any, ivan: Client) -> None:
    number = opened(ivan, "Терминал не печатает чек после обновления", text="Строка.\n" * 80).id
    open_page(desk, f"/agent/t/{number}")
    tall, end = desk.evaluate(THREAD)
    assert tall > 800 / 2
    desk.evaluate("document.querySelector('[data-thread]').scrollTop = 1e6")
    desk.click(".composer .tab >> text=Заметка")  # nothing moves under the pointer
    desk.click("#composer .tab >> text=Ответ")
    desk.click("#reply-text")
    desk.wait_for_timeout(100)
    smaller, end = desk.evaluate(THREAD)
    assert smaller < tall  # the answer has its four lines
    assert smaller > 800 * 0.42
    assert end < 2
    desk.click("#heading h1")
    assert desk.evaluate(THREAD)[0] == smaller  # nothing jumps away from the pointer


def test_a_long_name_of_a_file_is_one_line(desk: Any, ivan: Client) -> None:
    number = opened(ivan).id
    name = f"{'Акт_приёма_передачи_оборудования_' * 5}подписан.pdf"
    with bus.unit_of_work():
        file = Upload("0" * 64, name, 9)
        tickets.client_reply(db.session.get_one(Case, number), "Вот акт", by=ivan, uploads=[file])
    for width in (1280, 390, 320):
        desk.set_viewport_size({"width": width, "height": 800})
        open_page(desk, f"/agent/t/{number}")
        desk.set_input_files(
            "#reply-form input[type=file]", {"name": name, "mimeType": "a/b", "buffer": b"x"}
        )
        for place in (".msg .file", "#reply-form .file"):
            box = desk.locator(place)
            assert box.bounding_box()["height"] < 40, (place, width)
            assert box.locator(".fname").get_attribute("title") == name
            end = box.locator(".fname > span").last
            assert end.inner_text() == "подписан.pdf"
            assert end.bounding_box()["x"] + end.bounding_box()["width"] <= width


def test_a_draft_is_timed_in_the_zone_of_the_person(
    desk: Any, live_server: LiveServer, ivan: Client, masha: Staff
) -> None:
    number = opened(ivan).id
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).zone = "Asia/Vladivostok"  # the browser is in Moscow
    open_page(desk, f"/agent/t/{number}")
    desk.fill("#reply-text", "Половина")
    badge = desk.wait_for_selector("#reply-form [data-draft-badge]:not([hidden])")
    now = desk.evaluate("Date.now()") / 1000
    there = ZoneInfo("Asia/Vladivostok")
    near = [f"{datetime.fromtimestamp(now - ago, there):%H:%M}" for ago in (0, 60)]
    assert badge.inner_text().removeprefix("Сохранено ") in near
