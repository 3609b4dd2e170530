"""Live pages end with their session: at signing out, at once; of the deactivated within seconds."""

import threading
import time
from typing import Any
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from core import bus, clock
from core.db import db
from models import Staff
from tests.support.client import Client as Browser
from tests.support.people import session_cookie, sign_in, token_of
from tests.support.server import LiveServer

SOON = 5.0  # s


def cookie_of(browser: Browser) -> str:
    found = browser.get_cookie(browser.application.config["SESSION_COOKIE_NAME"])
    assert found is not None
    return f"{found.key}={found.value}"


def ended_after(server: LiveServer, cookie: str, happens: Any) -> float | None:
    """Seconds from `happens` to the end of a stream; None when it goes on for too long."""
    request = Request(f"{server.url}/agent/stream?after=0", headers={"Cookie": cookie})
    with urlopen(request, timeout=2 * SOON) as stream:
        stream.readline()
        reading = threading.Thread(target=stream.read, daemon=True)
        reading.start()
        happens()
        began = time.perf_counter()
        reading.join(SOON)
        return None if reading.is_alive() else time.perf_counter() - began


def signed_in_browser(app: Flask, person: Staff) -> tuple[Browser, str]:
    browser = sign_in(Browser(app), person)
    return browser, token_of(browser, "/agent/inbox/all")


@pytest.mark.one_database
def test_signing_out_ends_the_stream_of_this_browser_only(
    live_server: LiveServer, masha: Staff
) -> None:
    here, token = signed_in_browser(live_server.app, masha)
    elsewhere, _ = signed_in_browser(live_server.app, masha)
    cookies = cookie_of(here), cookie_of(elsewhere)
    form = here.soup("/agent/inbox/all").select_one('form[action="/signout"]')

    def sign_out() -> None:
        assert here.send(form, "/agent/inbox/all").status_code == 303

    hub = live_server.app.extensions["hub"]
    other = hub.join(masha.id, masha.session_key, "another browser")
    took = ended_after(live_server, cookies[0], sign_out)
    assert token
    assert took is not None
    assert took < 1
    assert other.changes.empty()


@pytest.mark.slow
def test_the_deactivated_hear_nothing_more(live_server: LiveServer, masha: Staff) -> None:
    def deactivate() -> None:
        with bus.unit_of_work():
            db.session.get_one(Staff, masha.id).deactivated_at = clock.now()

    assert ended_after(live_server, session_cookie(live_server.app, masha), deactivate) is not None
