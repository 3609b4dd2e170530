"""What a client wrote and did not send is there after a reload, and gone when it was sent."""

from typing import Any

from playwright.sync_api import expect

from core.db import db
from desk import access
from models import Case, Client, Message, Staff
from tests.support.people import sign_in_page
from tests.support.tickets import opened

WORDS = "Терминал не печатает чеки"
TEXT, NOTE = "#text", "[data-keep-note]"


def write(page: Any, address: str) -> None:
    page.goto(address)
    page.fill(TEXT, WORDS)


def test_a_visitors_words_outlive_a_reload(page: Any, app: Any) -> None:
    write(page, "/ru/contact")
    page.fill("#email", "ivan@sevsklad.example")
    expect(page.locator(NOTE)).to_be_hidden()
    page.reload()
    expect(page.locator(TEXT)).to_have_value(WORDS)
    expect(page.locator("#email")).to_have_value("ivan@sevsklad.example")
    expect(page.locator(NOTE)).to_be_visible()
    page.click("[data-keep-drop]")
    expect(page.locator(TEXT)).to_have_value("")
    page.reload()
    expect(page.locator(TEXT)).to_have_value("")


def test_what_was_sent_does_not_come_back(page: Any, app: Any) -> None:
    write(page, "/ru/contact")
    page.fill("#email", "ivan@sevsklad.example")
    page.fill("#subject", "Терминал")
    page.click("form[data-keep] button[type=submit]")
    page.wait_for_url(lambda url: "/contact" not in url.partition("?")[0] or "sent" in url)
    page.goto("/ru/contact")
    expect(page.locator(TEXT)).to_have_value("")
    assert db.session.query(Case).count() == 1


def test_what_was_refused_stays(page: Any, app: Any) -> None:
    write(page, "/ru/contact")
    page.click("form[data-keep] button[type=submit]")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    page.goto("/ru/")
    page.goto("/ru/contact")
    expect(page.locator(TEXT)).to_have_value(WORDS)


def test_a_reply_outlives_a_closed_tab(page: Any, ivan: Client) -> None:
    number = opened(ivan).id
    address = f"/r/{access.link_token(db.session.get_one(Case, number))}"
    write(page, address)
    other = page.context.new_page()
    page.close()
    other.goto(address)
    expect(other.locator(TEXT)).to_have_value(WORDS)
    other.click("#reply button[type=submit]")
    expect(other.locator(TEXT)).to_have_value("")
    other.reload()
    expect(other.locator(TEXT)).to_have_value("")
    db.session.rollback()
    assert db.session.query(Message).filter_by(text=WORDS).count() == 1


def test_a_session_that_ends_takes_nothing_away(page: Any, live_server: Any, ivan: Client) -> None:
    """Nor is it shown to whoever is not signed in."""
    number = opened(ivan).id
    token = access.link_token(db.session.get_one(Case, number))
    sign_in_page(page, live_server, ivan)
    write(page, f"/me/requests/{number}")
    page.context.clear_cookies()
    page.goto("/ru/")
    page.goto(f"/r/{token}")
    expect(page.locator(TEXT)).to_have_value("")
    sign_in_page(page, live_server, ivan)
    page.goto(f"/me/requests/{number}")
    expect(page.locator(TEXT)).to_have_value(WORDS)


def test_who_signs_out_leaves_nothing(page: Any, live_server: Any, ivan: Client) -> None:
    number = opened(ivan).id
    sign_in_page(page, live_server, ivan)
    write(page, f"/me/requests/{number}")
    page.goto("/me/requests")
    page.locator("form[action='/signout'] button").click()
    page.wait_for_url(lambda url: "/me/" not in url)
    sign_in_page(page, live_server, ivan)
    page.goto(f"/me/requests/{number}")
    expect(page.locator(TEXT)).to_have_value("")


def test_another_person_finds_nothing(
    page: Any, live_server: Any, ivan: Client, anton: Staff
) -> None:
    number = opened(ivan).id
    sign_in_page(page, live_server, ivan)
    write(page, f"/me/requests/{number}")
    page.context.clear_cookies()
    sign_in_page(page, live_server, anton)
    page.goto("/ru/contact")
    kept = "Object.keys(localStorage).filter(name => name.startsWith('liniya.keep:'))"
    assert page.evaluate(kept) == []
