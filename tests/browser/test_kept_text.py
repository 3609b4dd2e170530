"""What a client wrote and did not send is there after a reload, and gone when it was sent."""

from typing import Any

from playwright.sync_api import expect

from core.db import db
from desk import access
from models import Case, Client, Message, OutboxItem, Staff
from tests.support.people import PASSWORD, sign_in_page
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


def test_who_signs_in_to_send_it_finds_what_a_visitor_wrote(
    page: Any, live_server: Any, ivan: Client
) -> None:
    write(page, "/ru/contact")
    page.fill("#subject", "Терминал")
    sign_in_page(page, live_server, ivan)
    page.goto("/ru/contact")
    expect(page.locator(TEXT)).to_have_value(WORDS)
    expect(page.locator("#subject")).to_have_value("Терминал")
    page.locator("form[action='/signout'] button").first.click()
    page.wait_for_load_state()
    page.goto("/ru/contact")
    expect(page.locator(TEXT)).to_have_value("")


def test_sent_in_one_tab_it_is_gone_from_the_other(
    page: Any, live_server: Any, ivan: Client
) -> None:
    number = opened(ivan).id
    sign_in_page(page, live_server, ivan)
    write(page, f"/me/requests/{number}")
    other, third = page.context.new_page(), page.context.new_page()
    for tab in (other, third):
        tab.goto(page.url)
        expect(tab.locator(TEXT)).to_have_value(WORDS)
    third.evaluate(f"document.querySelector('{TEXT}').value += ', и ещё'")
    page.click("#reply button[type=submit]")
    expect(page.locator(TEXT)).to_have_value("")
    expect(other.locator(TEXT)).to_have_value("")
    expect(third.locator(TEXT)).to_have_value(f"{WORDS}, и ещё")


def refused(page: Any, server: Any, ivan: Client) -> str:
    """A reply that came after the end of the session; the page that it was written on."""
    address = f"/me/requests/{opened(ivan).id}"
    sign_in_page(page, server, ivan)
    write(page, address)
    page.context.clear_cookies()
    page.click("#reply button[type=submit]")
    expect(page.locator("textarea[readonly]")).to_have_value(WORDS)
    page.alarms.clear()  # the answer was 419
    return address


def test_a_sign_in_by_link_finds_the_words(page: Any, live_server: Any, ivan: Client) -> None:
    address = refused(page, live_server, ivan)
    page.fill("form[action='/signin/link'] #email", str(ivan.email))
    page.click("form[action='/signin/link'] button")
    page.wait_for_url("**/signin/sent")
    db.session.rollback()
    (mail,) = db.session.query(OutboxItem).filter_by(template="sign_in")
    link = next(word for word in mail.payload["text"].split() if "/signin/l/" in word)
    page.goto("/" + link.split("/", 3)[3])
    page.click("main form button")
    page.wait_for_url(f"**{address}")
    expect(page.locator(TEXT)).to_have_value(WORDS)
    expect(page.locator(NOTE)).to_be_visible()


def test_words_that_went_with_the_password_do_not_come_back(
    page: Any, live_server: Any, ivan: Client
) -> None:
    address = refused(page, live_server, ivan)
    page.click("details:has(form[action='/signin']) summary")
    page.fill("#password-email", str(ivan.email))
    page.fill("#password", PASSWORD)
    page.click("form[action='/signin'] button")
    page.click(f"form[action='{address}/reply'] button")
    page.wait_for_url(f"**{address}*")
    expect(page.locator(".msg").last).to_contain_text(WORDS)
    expect(page.locator(TEXT)).to_have_value("")
    page.reload()
    expect(page.locator(TEXT)).to_have_value("")
