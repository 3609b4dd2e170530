"""A request by the form, under an address known before, of somebody who is not signed in."""

import pytest
from flask import Flask
from sqlalchemy import select

from core import bus
from core.clock import Frozen
from core.db import db
from desk import access, files, tickets
from models import Attachment, Case, EventRecord, OutboxItem, Participant, Staff
from tests.support.client import Client, filled
from tests.support.people import sign_in
from tests.support.rules import given, mail, without_rules

SECRET = "Ваш ключ: AAAA-BBBB"
REPLY = "form.reply"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def visitors(client: Client, ivan: Participant) -> str:
    """The address that the confirmation page gives to the visitor's browser."""
    return write(client, "ivan@sevsklad.example")


def write(client: Client, address: str) -> str:
    named = {"email": address} if address else {}
    fields = {**named, "subject": "Ключ", "text": "Потерял ключ"}
    sent = client.submit("/ru/contact", "form.form", **fields)
    return str(client.soup(sent.location).select_one(".row .btn-primary")["href"])


def newest() -> Case:
    db.session.expire_all()
    return db.session.scalars(select(Case).order_by(Case.id.desc())).first()


def mailed() -> str:
    return f"/r/{access.link_token(newest())}"


def answer(clock: Frozen, by: Staff) -> None:
    clock.advance(minutes=1)
    with bus.unit_of_work():
        tickets.reply(newest(), SECRET, by=db.session.get_one(Staff, by.id))
    clock.advance(minutes=1)


def kinds() -> list[str]:
    query = select(EventRecord.kind).where(EventRecord.case_id == newest().id)
    return list(db.session.scalars(query.order_by(EventRecord.id)))


def test_the_visitor_reads_no_answer_and_writes_on(
    client: Client, visitors: str, clock: Frozen, masha: Staff
) -> None:
    assert visitors != mailed()
    assert newest().is_unconfirmed
    answer(clock, masha)
    page = client.soup(visitors).get_text()
    assert SECRET not in page
    assert "Потерял ключ" in page
    assert "Мы ответили" in page
    assert client.submit(visitors, REPLY, text="Ещё жду").status_code == 303
    assert "Ещё жду" in client.soup(visitors).get_text()
    assert newest().is_unconfirmed


def test_the_visitor_gets_no_other_door(
    app: Flask, client: Client, visitors: str, masha: Staff
) -> None:
    page = client.soup(visitors)
    assert not page.select("form[action$='/rotate'], form[action$='/solve']")
    fields = filled(page.select_one(REPLY))
    for act in ("rotate", "solve"):
        key = fields | {"form_key": f"{act}-of-sixteen-letters"}
        assert client.post(f"{visitors}/{act}", data=key).status_code == 404
    assert newest().category == "new"
    with bus.unit_of_work():
        person = db.session.get_one(Staff, masha.id)
        file = files.keep(app.extensions["storage"], "ключ.txt", b"AAAA", limit=10**6)
        tickets.reply(newest(), "Файл", by=person, uploads=[file])
    number = db.session.scalar(select(Attachment.id))
    assert client.get(f"{visitors}/files/{number}").status_code == 404


def test_the_letter_confirms_and_closes_the_visitors_door(
    client: Client, visitors: str, clock: Frozen, masha: Staff, app: Flask
) -> None:
    answer(clock, masha)
    fields = filled(client.soup(visitors).select_one(REPLY)) | {"text": "чужой"}
    owner = Client(app)
    assert SECRET in owner.soup(mailed()).get_text()
    assert not newest().is_unconfirmed
    assert kinds().count("sender_confirmed") == 1
    clock.advance(minutes=1)
    assert owner.submit(mailed(), REPLY, text="Это писал не я").status_code == 303
    assert kinds().count("sender_confirmed") == 1

    page = client.soup(visitors)
    assert "Потерял ключ" in page.get_text()
    assert "Это писал не я" not in page.get_text()
    assert SECRET not in page.get_text()
    assert not page.select(REPLY)
    assert client.post(f"{visitors}/reply", data=fields).status_code == 403


def test_signed_in_confirms_too(
    client: Client, visitors: str, app: Flask, ivan: Participant
) -> None:
    owner = Client(app)
    sign_in(owner, ivan)
    owner.soup(f"/me/requests/{newest().id}")
    assert not newest().is_unconfirmed


def test_the_client_signed_in_and_new_addresses_stay_as_they_are(
    client: Client, app: Flask, ivan: Participant
) -> None:
    assert write(client, "new@example.ru") == mailed()
    assert not newest().is_unconfirmed
    owner = Client(app)
    sign_in(owner, ivan)
    assert write(owner, "") == mailed()
    assert not newest().is_unconfirmed


def test_letters_carry_the_whole_door(client: Client, ivan: Participant) -> None:
    given("Приняли", "ticket_created", [mail(text="{{ ticket.link }}")])
    write(client, "ivan@sevsklad.example")
    (letter,) = db.session.scalars(select(OutboxItem).order_by(OutboxItem.id))
    assert mailed() in letter.payload["text"]


def test_colleagues_see_that_nobody_showed_whose_address_it_is(
    client: Client, visitors: str, app: Flask, masha: Staff
) -> None:
    desk = Client(app)
    sign_in(desk, masha)
    page = f"/agent/t/{newest().id}"
    assert "Отправитель не подтверждён" in desk.soup(page).select_one("#side").get_text()
    client.soup(mailed())
    assert "Отправитель не подтверждён" not in desk.soup(page).get_text()
    assert "Отправитель подтверждён" in desk.soup(f"{page}?tab=history").get_text()
