"""The editor's rows of own fields, counters and other programs; calls among what leaves."""

from typing import Any

import pytest
from flask import Flask

from core import bus, outside
from core.config import Config
from core.db import db
from desk import catalog, outbox, tickets
from desk.outbox import Mail
from desk.tickets import NewTicket
from models import Client, CustomField, OutboxItem, Rule, RuleVersion, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.counters import given_counter
from tests.support.editors import editor, press
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import case, do, without_rules
from tests.web.test_triggers import LIST

OWN = {"kind": "custom", "options": {"starts": ["trigger"], "stops": ["trigger"]}}


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()
    with bus.unit_of_work():
        for at, (key, name, kind) in enumerate(
            (("floor", "Этаж", "number"), ("till", "Касса", "choice"), ("paid", "Оплачен", "bool"))
        ):
            row = CustomField(key=key, name_ru=name, name_en="", kind=kind, position=at)
            row.choices = ["Первая", "Вторая"] if kind == "choice" else []
            db.session.add(row)
        catalog.changed()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def begun(admin: Browser, kind: str) -> dict[str, Any]:
    """A new trigger on each note, without conditions, with one action of this kind."""
    values = editor(press(admin, editor(admin.soup(f"{LIST}/new")), "remove:if.0", LIST))
    values |= {"on": ["note_added"], "name_ru": "Проба", "state": "on", "then.0.do": kind}
    return editor(press(admin, values, "draw", LIST))


def saved() -> Any:
    db.session.expire_all()
    return db.session.query(RuleVersion).order_by(RuleVersion.id.desc()).first()


def test_the_value_of_an_own_field_is_asked_by_its_kind(
    admin: Browser, ivan: Client, masha: Staff
) -> None:
    values = begun(admin, "set_field")
    assert "then.0.value.value" not in values
    soup = press(admin, values | {"then.0.value.field": "till"}, "draw", LIST)
    options = [one["value"] for one in soup.select("[id='then.0.value.value'] option")]
    assert options == ["", "Первая", "Вторая"]
    values = editor(soup) | {"then.0.value.value": "Вторая", "then.0.value.field": "floor"}
    soup = press(admin, values, "draw", LIST)
    field = soup.select_one("input[id='then.0.value.value']")
    assert field is not None
    assert (field["value"], field["inputmode"]) == ("", "decimal")
    values = editor(soup) | {"then.0.value.value": "седьмой"}
    refused = admin.post(f"{LIST}/new", data=values)
    assert refused.status_code == 422
    kept = parsed(refused).select_one("input[id='then.0.value.value']")
    assert kept is not None
    assert kept["value"] == "седьмой"
    values |= {"then.0.value.value": "7,5", "form_key": "k" * 24}
    answer = admin.post(f"{LIST}/new", data=values)
    assert answer.status_code == 303, words(parsed(answer), ".errors")
    assert "поле Этаж: 7,5" in words(admin.soup(answer.location), "#sentence")
    assert saved().definition["then"] == [do("set_field", {"field": "floor", "value": 7.5})]
    with bus.unit_of_work():
        number = tickets.open_ticket(NewTicket("Чек", "Нет"), requester=ivan).number
        tickets.add_note(case(number), "Да", by=masha)
    assert case(number).fields == {"floor": 7.5}


@pytest.mark.parametrize("kind", ["start_counter", "stop_counter"])
def test_counters_that_are_switched_on_can_be_chosen(
    admin: Browser, anton: Staff, kind: str
) -> None:
    policy = given_counter("Ждём деталь", anton, **OWN)
    values = begun(admin, kind)
    refused = admin.post(f"{LIST}/new", data=values)
    assert refused.status_code == 422
    values |= {"then.0.value": str(policy), "form_key": "k" * 24}
    answer = admin.post(f"{LIST}/new", data=values)
    assert answer.status_code == 303, words(parsed(answer), ".errors")
    said = {"start_counter": "запустить счётчик", "stop_counter": "остановить счётчик"}[kind]
    assert f"{said} Ждём деталь" in words(admin.soup(answer.location), "#sentence")
    forged = values | {"then.0.value": "999", "form_key": "m" * 24}
    assert admin.post(f"{LIST}/new", data=forged).status_code == 422


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "https://"),
        ("http://robot.example/", "LINIYA_WEBHOOK_HOSTS"),
        ("https://{{ ticket.number }}.example/", "латинскими"),
        ("https://robot.example/#x", "метки"),
    ],
)
def test_an_address_that_may_not_be_called_is_refused(admin: Browser, url: str, why: str) -> None:
    values = begun(admin, "call_webhook") | {"then.0.url": url, "then.0.text": "Слово"}
    refused = admin.post(f"{LIST}/new", data=values)
    assert refused.status_code == 422
    soup = parsed(refused)
    assert why in words(soup, "[id='then.0-error']")
    assert editor(soup)["then.0.url"] == url
    assert editor(soup)["then.0.text"] == "Слово"
    assert not db.session.query(Rule).filter_by(deleted_at=None).count()


def test_another_program_is_called_by_a_trigger(admin: Browser, app: Flask) -> None:
    values = begun(admin, "call_webhook")
    values |= {"then.0.url": "https://robot.example/in", "then.0.text": "{{ nothing }}"}
    assert admin.post(f"{LIST}/new", data=values).status_code == 422
    values |= {"then.0.text": "{{ ticket.number }}", "form_key": "k" * 24}
    answer = admin.post(f"{LIST}/new", data=values)
    assert answer.status_code == 303, words(parsed(answer), ".errors")
    assert "вызвать robot.example" in words(admin.soup(answer.location), "#sentence")


def test_a_call_stands_among_what_leaves(
    client: Browser, anton: Staff, masha: Staff, app: Flask
) -> None:
    url = "https://robot.example/in"
    with bus.unit_of_work():
        for number, state in enumerate(("sent", "deferred")):
            call = Mail(url, "POST robot.example", '{"a": 1}', "webhook")
            outbox.put(call, dedupe=str(number), channel="webhook")
            bus.write_now()
            row = db.session.query(OutboxItem).filter_by(dedupe_key=str(number)).one()
            row.state, row.receipt = state, "204" if state == "sent" else ""
            row.error = "" if state == "sent" else "503 Service Unavailable"
            row.attempts = 1
    sent, deferred = (row.id for row in db.session.query(OutboxItem).order_by(OutboxItem.id))
    sign_in(client, anton)
    soup = client.soup("/admin/outgoing", query_string={"q": url})
    rows = [" ".join(one.get_text().split()) for one in soup.select(".line")]
    assert "503 Service Unavailable" in rows[0]
    assert "ответ 204" in rows[1]
    soup = client.soup(f"/admin/outgoing/{sent}")
    known: Config = app.config["LINIYA"]
    key = outside.key_for(known.secret_key, "robot.example")
    assert key in soup.get_text()
    assert '{"a": 1}' in soup.get_text()
    assert client.submit(f"/admin/outgoing/{deferred}").status_code == 303
    db.session.expire_all()
    assert db.session.get_one(OutboxItem, deferred).state == "queued"
    sign_in(client, masha)
    answer = client.get(f"/admin/outgoing/{sent}")
    assert key not in answer.get_data(as_text=True)
