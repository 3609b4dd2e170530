"""The safe link of a request: its language, forged, replaced, revoked."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import links, tickets
from desk.tickets import NewTicket
from models import (
    Message,
    OutboxItem,
    Participant,
)
from tests.support.client import Client, filled, parsed
from tests.support.client_request import HTMX, REPLY, case, link
from tests.support.people import sign_in


@pytest.fixture
def number(app: Flask, ivan: Participant) -> int:
    with bus.unit_of_work():
        new = NewTicket(subject="Смена адреса", text="Заказ уже едет", locale="ru")
        return tickets.open_ticket(new, requester=ivan).id


def test_link_speaks_the_language_of_the_request(client: Client, number: int) -> None:
    with bus.unit_of_work():
        case(number).locale = "en"

    page = client.soup(link(number))

    assert page.html["lang"] == "en"
    assert "Received" in page.select_one(".path").get_text()


def test_forged_link_is_not_there(client: Client, number: int) -> None:
    path = link(number)

    for bad in (
        path[:-9] + ("A" if path[-9] != "A" else "B") + path[-8:],
        "/r/zzz",
        "/r/" + "a" * 3000,
        "/r/W10.x",
    ):
        response = client.get(bad)
        assert response.status_code == 404
        assert "Смена адреса" not in response.get_data(as_text=True)
    assert client.get(path.replace("/r/", "/ru/contact/sent/")).status_code == 404


def test_replaced_link_is_gone_and_a_new_one_comes_by_mail(
    client: Client, number: int, app: Flask
) -> None:
    old = link(number)
    response = client.submit(old, "form[action$='/rotate']")
    assert response.location == link(number) != old
    assert client.get(link(number)).status_code == 200

    stranger = Client(app)
    gone = stranger.get(old)
    assert gone.status_code == 410
    assert "Смена адреса" not in gone.get_data(as_text=True)
    assert stranger.get(f"{old}?seen=1", headers=HTMX).headers["HX-Refresh"] == "true"

    with bus.unit_of_work():
        db.session.query(OutboxItem).delete()
    answered = stranger.send(parsed(gone).select_one("form.card"), old)
    assert answered.location == f"{old}?sent=1"
    assert "i…@sevsklad.example" in stranger.get(answered.location).get_data(as_text=True)
    (mail,) = db.session.query(OutboxItem)
    assert mail.recipient == "ivan@sevsklad.example"
    assert link(number) in mail.payload["text"]


def test_revoked_link_does_nothing(client: Client, number: int) -> None:
    old = link(number)
    fields = filled(client.soup(old).select_one(REPLY)) | {"text": "чужой"}
    with bus.unit_of_work():
        links.replace_link(case(number))

    assert client.post(f"{old}/reply", data=fields).status_code == 410
    assert client.post(f"{old}/solve", data=fields).status_code == 410
    assert client.post(f"{old}/rotate", data=fields).status_code == 410
    assert client.get(f"{old}/files/1").status_code == 410
    assert case(number).category == "new"
    assert db.session.query(Message).filter_by(case_id=number).count() == 1


def test_new_links_are_not_mailed_without_end(client: Client, number: int) -> None:
    old = link(number)
    with bus.unit_of_work():
        links.replace_link(case(number))

    codes = [
        client.send(parsed(client.get(old)).select_one("form.card"), old).status_code
        for _ in range(4)
    ]

    assert codes == [303, 303, 303, 429]


def test_address_of_the_page_is_told_to_nobody(
    client: Client, number: int, ivan: Participant
) -> None:
    """What opens a request by itself to no page at all, the others to our own."""
    told = {link(number): "no-referrer"}
    told |= dict.fromkeys((f"/me/requests/{number}", "/me/requests"), "same-origin")
    for path, policy in told.items():
        headers = sign_in(client, ivan).get(path).headers
        assert headers["Referrer-Policy"] == policy
        assert headers["X-Robots-Tag"] == "noindex"
        assert headers["Cache-Control"] == "private, no-store"
