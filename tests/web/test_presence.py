"""Pages tell that they are open and that they close; signing in and out."""

from core.db import db
from models import Duty, Presence, Staff
from tests.support.client import Client as Browser
from tests.support.people import PASSWORD, sign_in, token_of


def fresh(who: Staff) -> Staff:
    return db.session.get_one(Staff, who.id, populate_existing=True)


def test_a_page_tells_and_hears_its_presence(client: Browser, masha: Staff) -> None:
    browser = sign_in(client, masha)
    headers = {"X-CSRFToken": token_of(browser, "/agent/")}
    answer = browser.post("/agent/me/here", data={"idle": "3"}, headers=headers)
    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "available")
    assert fresh(masha).presence == Presence.AVAILABLE
    for nonsense in ("", "-1", "x", "9" * 30):
        given = {"idle": nonsense}
        assert browser.post("/agent/me/here", data=given, headers=headers).status_code == 200
    assert browser.post("/agent/me/gone", headers=headers).status_code == 204
    assert db.session.get_one(Duty, masha.id).left_at is not None
    assert browser.post("/agent/me/here", data={"idle": "3"}).status_code == 419


def test_nobody_tells_for_nobody(client: Browser) -> None:
    assert client.post("/agent/me/here", data={"idle": "3"}).status_code in (302, 303, 419)


def test_signing_in_and_out(client: Browser, masha: Staff) -> None:
    assert fresh(masha).presence == Presence.OFF
    client.submit(
        "/signin", form="form:has(#password)", email="masha@kurier.example", password=PASSWORD
    )
    assert fresh(masha).presence == Presence.AVAILABLE
    client.submit("/agent/", form='form[action="/signout"]')
    assert fresh(masha).presence == Presence.OFF
    assert fresh(masha).wanted_presence == Presence.AVAILABLE
