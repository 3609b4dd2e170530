"""What is said after a request was sent: number, promised time, link, copy."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import delete, select

from core import bus
from core.clock import Frozen
from core.db import db
from desk import promises
from desk.catalog import catalog as known
from models import (
    Counter,
    OutboxItem,
    Staff,
)
from tests.support.client import Client
from tests.support.contact import cases, write
from tests.support.counters import given_counter

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    known = replace(app.config["LINIYA"], smtp_url="smtp://mail.example")
    monkeypatch.setitem(app.config, "LINIYA", known)


def test_confirmation_has_number_promise_and_link_and_survives_reload(
    client: Client, app: Flask
) -> None:
    path = write(client).location

    for browser in (client, client, Client(app)):
        page = browser.soup(path)
        assert page.h1.get_text() == "Получили. Ответим до 10:00 сегодня"
        assert "Обращение № 1001" in page.get_text()
        link = page.select_one(".row .btn-primary")["href"]
        assert link.startswith("/r/")
        assert browser.get(link).status_code == 200


def test_confirmation_says_where_a_copy_goes_only_when_one_does(
    client: Client, mail_server: None
) -> None:
    path = write(client).location
    said = client.soup(path).get_text()
    assert "Отправляем копию на ivan@example.ru" in said
    assert "Ответ придёт на почту" in said

    with bus.unit_of_work():
        db.session.execute(delete(OutboxItem))
    assert "копию" not in client.soup(path).get_text()


def test_no_mail_is_promised_without_a_mail_server(client: Client) -> None:
    form = client.soup("/ru/contact").select_one("#promise").get_text()
    sent = client.soup(write(client).location).get_text()
    assert "Ответим" in form
    assert "Ответ появится" in sent
    assert not [text for text in (form, sent) if "опи" in text or "почту" in text]


def test_forged_confirmation_is_not_there(client: Client) -> None:
    path = write(client).location

    assert client.get(path[:-3] + "abc").status_code == 404
    assert client.get("/ru/contact/sent/zzz").status_code == 404


@pytest.mark.parametrize(
    ("at", "promised"),
    [
        (datetime(2026, 3, 2, 10, 5, tzinfo=MOSCOW), "11:05 сегодня"),
        (datetime(2026, 3, 2, 17, 55, tzinfo=MOSCOW), "09:55 завтра"),
        (
            datetime(2026, 3, 6, 17, 55, tzinfo=MOSCOW),
            "09:55 во вторник, 10 марта",
        ),  # Monday makes up for the 8th
        (datetime(2026, 3, 13, 17, 55, tzinfo=MOSCOW), "09:55 в понедельник, 16 марта"),
        (datetime(2026, 3, 14, 12, 0, tzinfo=MOSCOW), "10:00 в понедельник, 16 марта"),
    ],
)
def test_promise_is_made_by_the_calendar(
    client: Client, clock: Frozen, at: datetime, promised: str
) -> None:
    clock.set(at)

    assert f"Ответим до {promised}." in client.soup("/ru/contact").select_one(".promise").get_text()


def test_the_promise_is_the_counters_own_for_its_kind_of_request(
    client: Client, anton: Staff, clock: Frozen
) -> None:
    """Said on the form as the kind is chosen, in the mail, on the page: one moment everywhere."""
    with bus.unit_of_work():
        slow = known().by_key("types", "repair").id
    only = {"all": [{"field": "type", "op": "any_of", "value": [slow]}]}
    given_counter("Ремонт", anton, limit=180, conditions=only)

    form = client.soup("/ru/contact")
    asked = form.select_one("#type")
    piece = client.get(f"{asked['hx-get']}?type={slow}", headers={"HX-Request": "true"}).text
    write(client, type=str(slow))
    case, counter = cases()[0], db.session.query(Counter).one()
    with bus.unit_of_work(writes=False):
        promised = promises.answer_to(case)
    mail = db.session.scalars(select(OutboxItem).where(OutboxItem.case_id == case.id)).first()

    assert "Ответим до 10:00 сегодня" in form.select_one("#promise").get_text()
    assert 'id="promise" hx-swap-oob="true"' in piece
    assert "Ответим до 12:00 сегодня" in piece
    assert promised == counter.limit_at
    assert "12:00 сегодня" in str(mail.payload)
