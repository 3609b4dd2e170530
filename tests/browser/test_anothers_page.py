"""A page that stays open while another person signs in beside it: whose the text is, is told."""

from typing import Any

from playwright.sync_api import expect

from core.db import db
from models import Client, Draft, Message, Staff
from tests.browser.test_agent_live import opened_page
from tests.support.people import sign_in_page
from tests.support.server import LiveServer
from tests.support.tickets import opened

TEXT = "Здравствуйте, Иван! Вклю"


def test_the_other_is_named_and_does_not_find_the_text(
    page: Any, live_server: LiveServer, ivan: Client, masha: Staff, vera: Staff
) -> None:
    address = f"/agent/t/{opened(ivan).id}?view=all"
    opened_page(sign_in_page(page, live_server, masha), address)
    page.route("**/draft?*", lambda route: route.abort())
    page.fill("#reply-text", TEXT)
    page.unroute("**/draft?*")
    sign_in_page(page, live_server, vera)
    page.focus("#reply-text")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast:has-text('вход под именем «Вера»')")
    beside = page.context.new_page()
    opened_page(beside, address)
    expect(beside.locator("#reply-text")).to_have_value("")
    page.bring_to_front()
    page.focus("#reply-text")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reply-text")).to_have_value("")
    db.session.rollback()
    newest = db.session.query(Message).order_by(Message.id).all()[-1]
    assert (newest.text, newest.author_id) == (TEXT, vera.id)
    assert db.session.query(Draft).count() == 0
    page.alarms.clear()
