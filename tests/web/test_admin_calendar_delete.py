"""A calendar that nothing needs is deleted; one that is needed says by what."""

import pytest

from core import bus
from core.db import db
from desk import deadlines
from models import (
    Calendar,
    Client,
    CounterPolicy,
    CounterPolicyVersion,
    EventRecord,
    Staff,
)
from tests.support.client import Client as Browser
from tests.support.client import filled
from tests.support.counters import given_counter
from tests.support.people import sign_in, token_of
from tests.support.rules import cond, do, given

LIST = "/admin/calendars"
NOTE = [do("add_note", text="Пора")]


@pytest.fixture
def mistake(anton: Staff) -> int:
    with bus.unit_of_work():
        row = deadlines.new_calendar(
            by=anton,
            names={"ru": "Проба", "en": ""},
            week=[[["09:00", "18:00"]]] + [[]] * 6,
            exceptions={},
            holidays=None,
            zone="Europe/Moscow",
        )
        db.session.flush()
        return row.id


def deleted(client: Browser, number: int) -> str:
    """What is said after it was tried."""
    form = client.soup(f"{LIST}/{number}").select_one("form.pol-main")
    assert form is not None
    answer = client.post(form["action"], data={**filled(form), "do": "delete"})
    assert answer.status_code == 303
    return client.soup(answer.location).get_text(" ", strip=True)


def test_one_that_nothing_needs(client: Browser, anton: Staff, mistake: int) -> None:
    sign_in(client, anton)
    assert "Удалено" in deleted(client, mistake)
    db.session.rollback()
    assert db.session.get(Calendar, mistake) is None
    last = db.session.query(EventRecord).filter_by(kind="settings_changed")
    record = last.order_by(EventRecord.id.desc()).first()
    assert record is not None
    assert (record.data["what"], record.data["name"]) == ("calendar_deleted", "Проба")
    assert client.get(f"{LIST}/{mistake}").status_code == 404


def test_one_that_is_needed_says_by_what(client: Browser, anton: Staff, mistake: int) -> None:
    sign_in(client, anton)
    given_counter("Ответ", anton, (60, NOTE))
    given("Ночью", "ticket_created", NOTE, cond("now", "outside", mistake))
    office = db.session.query(Calendar).filter_by(key="office").one().id
    assert "счётчик «Ответ», обещанное время ответа" in deleted(client, office)
    assert "он нужен: триггер «Ночью»" in deleted(client, mistake)
    given_counter(
        "По пробе", anton, (60, NOTE), conditions={"all": [cond("now", "inside", mistake)]}
    )
    assert "счётчик «По пробе», триггер «Ночью»" in deleted(client, mistake)
    db.session.rollback()
    assert db.session.get(Calendar, mistake) is not None


def test_one_that_only_an_earlier_version_stood_on(
    client: Browser, anton: Staff, mistake: int
) -> None:
    sign_in(client, anton)
    asks = {"all": [cond("now", "inside", mistake)]}
    number = given_counter("По пробе", anton, (60, NOTE), conditions=asks)
    with bus.unit_of_work():
        row = db.session.get_one(CounterPolicy, number)
        calendar = db.session.query(Calendar).filter_by(key="office").one()
        new = CounterPolicyVersion(calendar=calendar, conditions={}, limit_minutes=60, steps=[])
        with db.session.no_autoflush:
            deadlines.save_policy(row, new, by=anton)
    said = "прежняя версия счётчика «По пробе», по ней считалось его прошлое"
    assert said in deleted(client, mistake)


def test_not_for_everybody(client: Browser, masha: Staff, ivan: Client, mistake: int) -> None:
    sign_in(client, masha)
    assert client.soup(f"{LIST}/{mistake}").select_one("[value=delete]") is None
    data = {"do": "delete", "csrf_token": token_of(client, "/agent/me"), "form_key": "k" * 20}
    assert client.post(f"{LIST}/{mistake}", data=data).status_code == 403
