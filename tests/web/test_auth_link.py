"""A way in by a link in a mail: asked for, looked at, used once."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from models import Client as ClientPerson
from models import OutboxItem
from tests.support.client import Client, filled, parsed
from tests.web.test_auth import is_inside

BY_LINK = 'main form[action="/signin/link"]'


def link_mailed(client: Client, email: str, page: str = "/signin") -> str:
    """Ask for a link and read the address in the mail."""
    client.submit(page, BY_LINK, email=email)
    mail = db.session.query(OutboxItem).order_by(OutboxItem.id.desc()).first()
    assert mail is not None
    line = next(line for line in mail.payload["text"].split() if "/signin/l/" in line)
    return line.removeprefix("http://localhost")


def test_answer_is_the_same_for_known_and_unknown(client: Client, ivan: ClientPerson) -> None:
    known = client.submit("/signin", BY_LINK, email="ivan@sevsklad.example")
    known_page = client.soup("/signin/sent").main.get_text()
    unknown = client.submit("/signin", BY_LINK, email="nobody@nowhere.example")
    unknown_page = client.soup("/signin/sent").main.get_text()

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known_page.replace("ivan@sevsklad.example", "X") == unknown_page.replace(
        "nobody@nowhere.example", "X"
    )
    assert [item.recipient for item in db.session.query(OutboxItem)] == ["ivan@sevsklad.example"]


def test_link_is_mailed_in_the_language_of_its_reader(client: Client, ivan: ClientPerson) -> None:
    with bus.unit_of_work():
        db.session.get_one(ClientPerson, ivan.id).locale = "en"

    client.submit("/signin", BY_LINK, email="Ivan@sevsklad.example")

    (mail,) = db.session.query(OutboxItem)
    assert mail.payload["subject"] == "Your link to sign in"
    assert "once, within 24 hours" in mail.payload["text"]


def test_looking_at_the_link_leaves_it_valid(
    client: Client, app: Flask, ivan: ClientPerson
) -> None:
    path = link_mailed(client, "ivan@sevsklad.example")

    scanner = Client(app)
    for _ in range(3):
        page = scanner.get(path)
        assert page.status_code == 200
        assert "i…@sevsklad.example" in page.get_data(as_text=True)
        assert "ivan@" not in page.get_data(as_text=True)
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "private, no-store"
    assert scanner.head(path).status_code == 200
    assert not is_inside(scanner)

    assert client.submit(path).location == "/me/requests"
    assert is_inside(client)


def test_link_works_once(client: Client, app: Flask, ivan: ClientPerson) -> None:
    path = link_mailed(client, "ivan@sevsklad.example")
    other = Client(app)
    form = other.soup(path).select_one("main form")
    client.submit(path)

    again = other.send(form, path)

    assert again.status_code == 410
    assert "Ссылка уже использована" in parsed(again).h1.get_text()
    assert parsed(again).select_one(BY_LINK)
    assert not is_inside(other)
    assert other.get(path).status_code == 410
    assert other.get("/signin/l/never-was-one").status_code == 410


def test_double_click_on_continue_is_one_entry(
    client: Client, app: Flask, ivan: ClientPerson
) -> None:
    path = link_mailed(client, "ivan@sevsklad.example")
    fields = filled(client.soup(path).select_one("main form"))
    cookie = client.get_cookie("liniya")
    second = Client(app)
    second.set_cookie("liniya", cookie.value)

    assert client.post(path, data=fields).location == "/me/requests"
    answered = second.post(path, data=fields)

    assert (answered.status_code, answered.location) == (303, "/me/requests")
    assert is_inside(client)


def test_old_link_is_of_no_use(client: Client, ivan: ClientPerson, clock: Frozen) -> None:
    path = link_mailed(client, "ivan@sevsklad.example")
    clock.advance(hours=25)

    assert client.get(path).status_code == 410


def test_link_shows_that_the_address_is_theirs(client: Client, ivan: ClientPerson) -> None:
    client.submit(link_mailed(client, "ivan@sevsklad.example"))

    (point,) = db.session.get_one(ClientPerson, ivan.id).contact_points
    assert point.verified_at is not None


def test_link_leads_on_to_where_it_was_asked(client: Client, ivan: ClientPerson) -> None:
    path = link_mailed(client, "ivan@sevsklad.example", "/signin?next=/me/requests?q=5")

    assert client.submit(path).location == "/me/requests?q=5"


def test_outsiders_and_strangers_get_no_link(client: Client, pavel: object) -> None:
    client.submit("/signin", BY_LINK, email="pavel@termoservis.example")

    assert db.session.query(OutboxItem).count() == 0


def test_links_are_not_mailed_without_end(client: Client, ivan: ClientPerson) -> None:
    for _ in range(5):
        assert client.submit("/signin", BY_LINK, email="ivan@sevsklad.example").status_code == 303

    stopped = client.submit("/signin", BY_LINK, email="ivan@sevsklad.example")

    assert stopped.status_code == 429
    assert db.session.query(OutboxItem).count() == 5


@pytest.mark.parametrize("email", ["", "ivan", "ivan@", "a@b@c", "<script>@x.ru", "я" * 500, "\0"])
def test_what_is_no_address_is_said_to_be_none(client: Client, email: str) -> None:
    response = client.submit("/signin", BY_LINK, email=email)

    assert response.status_code == 422
    assert "Укажите почту целиком" in response.get_data(as_text=True)
    assert "<script>@" not in response.get_data(as_text=True)
