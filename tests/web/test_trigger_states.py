"""A trigger that is switched in the list while its editor is open in another window."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk.automation import library
from models import Rule, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.rules import do, given, rule, without_rules

LIST = "/admin/triggers"


@pytest.fixture
def admin(app: Flask, client: Browser, anton: Staff) -> Browser:
    without_rules()
    return sign_in(client, anton)


@pytest.fixture
def number(admin: Browser) -> int:
    return given("Метка", "ticket_created", [do("set_priority", 3)])


def switched(number: int, state: str, by: Staff) -> None:
    with bus.unit_of_work():
        library.set_state(rule(number), state, by=by)


def state(number: int) -> str:
    db.session.expire_all()
    return db.session.get_one(Rule, number).state


def form_of(admin: Browser, number: int) -> dict[str, Any]:
    return filled(admin.soup(f"{LIST}/{number}").select_one("#trigger"))


def test_it_stays_off(admin: Browser, number: int, olga: Staff) -> None:
    values = form_of(admin, number) | {"then.0.value": "4"}
    assert values["state"] == ["on"]
    switched(number, "off", olga)
    saved = admin.post(f"{LIST}/{number}", data=values)
    assert (saved.status_code, state(number)) == (303, "off")
    told = admin.soup(saved.location).get_text()
    assert "Сохранено. Триггер не работает" in told
    assert "Его состояние тем временем изменили в другом месте, оно остаётся" in told


def test_what_the_person_chose_holds(admin: Browser, number: int, olga: Staff) -> None:
    values = form_of(admin, number) | {"state": "shadow"}
    switched(number, "off", olga)
    assert admin.post(f"{LIST}/{number}", data=values).status_code == 303
    assert state(number) == "shadow"


def test_the_page_of_two_editors_begins_with_the_state_of_now(
    admin: Browser, number: int, olga: Staff
) -> None:
    values = form_of(admin, number) | {"then.0.value": "4"}
    with bus.unit_of_work():
        new = library.NewVersion(library.version_of(rule(number)).definition, "Иначе")
        library.save(rule(number), new, base=1, by=olga)
    switched(number, "off", olga)
    stale = admin.post(f"{LIST}/{number}", data=values)
    assert stale.status_code == 409
    again = filled(parsed(stale).select_one("#trigger"))
    assert (again["state"], again["seen_state"]) == (["off"], "off")
    assert admin.post(f"{LIST}/{number}", data=again).status_code == 303
    assert state(number) == "off"
