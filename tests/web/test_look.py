"""Light or dark: what a colleague chose goes everywhere with them; visitors have a cookie."""

import pytest

from core.db import db
from models import Staff
from tests.support.client import Client as Browser
from tests.support.people import PASSWORD, sign_in

pytestmark = pytest.mark.one_database

CHOICE = "[data-theme-form]"


def theme_of(browser: Browser, url: str) -> str | None:
    page = browser.soup(url)
    pressed = page.select_one(f'{CHOICE} [aria-pressed="true"]')
    assert pressed is not None
    assert page.html is not None
    shown = page.html.get("data-theme", "auto")
    assert pressed["value"] == shown, "the switch and the page agree"
    return str(shown)


def test_a_visitor_has_the_theme_of_the_browser(client: Browser) -> None:
    client.submit("/ru/", CHOICE, theme="dark")
    assert theme_of(client, "/ru/") == "dark"
    client.set_cookie("theme", "nonsense")
    assert theme_of(client, "/ru/") == "auto"


def test_a_stale_cookie_yields_to_what_the_colleague_chose(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    client.submit("/agent/me", CHOICE, theme="light")
    client.set_cookie("theme", "dark")
    assert theme_of(client, "/agent/inbox/all") == "light"
    assert theme_of(client, "/ru/") == "light", "help pages too, while signed in"
    client.submit("/ru/", CHOICE, theme="dark")
    assert db.session.get_one(Staff, masha.id).theme == "dark"
    assert theme_of(client, "/agent/inbox/all") == "dark"


def test_signing_in_brings_the_theme_along(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    client.submit("/agent/me", CHOICE, theme="light")
    client.submit("/agent/inbox/all", 'form[action="/signout"]')
    client.set_cookie("theme", "dark")
    form = "form:has([name=password])"
    client.submit("/signin?next=/agent/", form, email=masha.email, password=PASSWORD)
    assert theme_of(client, "/agent/inbox/all") == "light"
    client.submit("/agent/inbox/all", 'form[action="/signout"]')
    assert theme_of(client, "/ru/") == "light", "no other look after signing out"
