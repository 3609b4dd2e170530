"""A counter that never ran is deleted when it is off; another says why it stays."""

import pytest
from bs4 import Tag

from core import bus
from core.db import db
from desk import deadlines
from models import Client, CounterPolicy, CounterPolicyVersion, EventRecord, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.counters import given_counter
from tests.support.editors import editor
from tests.support.people import sign_in, token_of
from tests.support.reading import tag
from tests.support.rules import cond, do, given
from tests.support.tickets import opened

LIST = "/admin/counters"
NOTE = [do("add_note", text="Пора")]


@pytest.fixture
def mistake(anton: Staff) -> int:
    return given_counter("Проба", anton, (60, NOTE), limit=60)


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def switched_off(number: int, by: Staff) -> None:
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, number), on=False, by=by)


def deleted(browser: Browser, number: int) -> str:
    """What is said after it was tried."""
    page = browser.soup(f"{LIST}/{number}")
    answer = browser.send(tag(page, "form[action$=delete]"), LIST)
    assert answer.status_code == 303
    return browser.soup(answer.location).get_text(" ", strip=True)


def refused(browser: Browser, number: int) -> Tag:
    """What stands in the place of the form, which is refused from an older page as well."""
    page = browser.soup(f"{LIST}/{number}")
    assert page.select_one("form[action$=delete]") is None
    data = {"csrf_token": token_of(browser, "/agent/me"), "form_key": "k" * 20}
    answer = browser.post(f"{LIST}/{number}/delete", data=data)
    assert "Удалено" not in browser.soup(answer.location).get_text()
    db.session.rollback()
    assert db.session.get(CounterPolicy, number) is not None
    return tag(page, ".pol-delete")


def test_one_that_never_ran(admin: Browser, anton: Staff, mistake: int, ivan: Client) -> None:
    switched_off(mistake, anton)
    opened(ivan)
    assert "Удалено" in deleted(admin, mistake)
    db.session.rollback()
    assert db.session.get(CounterPolicy, mistake) is None
    assert not db.session.query(CounterPolicyVersion).filter_by(policy_id=mistake).count()
    last = db.session.query(EventRecord).filter_by(kind="settings_changed")
    record = last.order_by(EventRecord.id.desc()).first()
    assert record is not None
    assert (record.data["what"], record.data["name"]) == ("counter_deleted", "Проба")
    assert admin.get(f"{LIST}/{mistake}").status_code == 404
    assert opened(ivan).counters == []


def test_one_that_is_on(admin: Browser, mistake: int) -> None:
    assert "сначала выключите" in refused(admin, mistake).get_text()


def test_one_that_ran(admin: Browser, anton: Staff, mistake: int, ivan: Client) -> None:
    opened(ivan)
    switched_off(mistake, anton)
    assert "он шёл на обращениях" in refused(admin, mistake).get_text()


@pytest.mark.parametrize("how", ["asked for", "asked for among others", "stopped"])
def test_one_that_a_trigger_names(admin: Browser, anton: Staff, mistake: int, how: str) -> None:
    asks = {
        "asked for": [cond("counter", "is", mistake)],
        "asked for among others": [cond("counters_running", "has_any", [mistake])],
    }
    does = [do("stop_counter", mistake)] if how == "stopped" else NOTE
    rule = given("Ночью", "counter_fired", does, *asks.get(how, []))
    switched_off(mistake, anton)
    link = tag(refused(admin, mistake), "a")
    assert (link.get_text(), link["href"]) == ("триггер «Ночью»", f"/admin/triggers/{rule}")
    assert admin.get(link["href"]).status_code == 200


def test_one_that_another_counter_names(admin: Browser, anton: Staff, mistake: int) -> None:
    starts = [do("start_counter", mistake)]
    other = given_counter("Другой", anton, (60, starts), kind="solution", limit=60)
    switched_off(mistake, anton)
    link = tag(refused(admin, mistake), "a")
    assert (link.get_text(), link["href"]) == ("счётчик «Другой»", f"{LIST}/{other}")


def test_not_for_everybody(client: Browser, masha: Staff, mistake: int) -> None:
    sign_in(client, masha)
    assert client.soup(f"{LIST}/{mistake}").select_one("form[action$=delete]") is None
    data = {"csrf_token": token_of(client, "/agent/me"), "form_key": "k" * 20}
    assert client.post(f"{LIST}/{mistake}/delete", data=data).status_code == 403


def test_a_form_of_one_that_is_gone_does_not_overwrite_the_next(
    admin: Browser, anton: Staff, mistake: int
) -> None:
    """SQLite gives the id of the last row, when that is deleted, to the next one."""
    switched_off(mistake, anton)
    old = editor(admin.soup(f"{LIST}/{mistake}/edit"))
    deleted(admin, mistake)
    following = given_counter("Важный", anton, (60, NOTE), limit=60)
    answer = admin.post(f"{LIST}/{mistake}/edit", data=old)
    assert answer.status_code == (409 if following == mistake else 404)
    db.session.rollback()
    assert db.session.get_one(CounterPolicy, following).name_ru == "Важный"


def test_no_two_have_one_name(admin: Browser, anton: Staff, mistake: int) -> None:
    other = given_counter("Другой", anton, (60, NOTE), limit=60)
    answer = admin.post(
        f"{LIST}/{other}/edit",
        data={**editor(admin.soup(f"{LIST}/{other}/edit")), "name_ru": "ПРОБА"},
    )
    assert answer.status_code == 422
    soup = parsed(answer)
    assert "Так уже называется другой счётчик" in tag(soup, ".errors").get_text(" ")
    assert editor(soup)["name_ru"] == "ПРОБА"
