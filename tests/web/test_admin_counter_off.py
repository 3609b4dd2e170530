"""Anton is asked before a counter with running clocks is switched off, and told what it did."""

import pytest
from flask import Flask

from core.clock import Frozen
from core.db import db
from models import Client, Counter, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled
from tests.support.counters import given_counter
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import cond, do, without_rules
from tests.support.tickets import opened

LIST = "/admin/counters"
NOTE = [do("add_note", text="Пора")]


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def states() -> list[str]:
    db.session.expire_all()
    return [row.state for row in db.session.query(Counter.state).order_by(Counter.id)]


def test_asked_before_and_told_after(
    admin: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    policy = given_counter("Без ответа", anton, (15, NOTE))
    given_counter(
        "Договоры", anton, (15, NOTE), conditions={"all": [cond("subject", "contains", "договор")]}
    )
    for subject in ("Терминал молчит", "Новый договор"):
        opened(ivan, subject)
    clock.advance(minutes=70)
    switch = admin.soup(LIST).select_one(f"#switch-{policy}")
    assert switch is not None
    asked = admin.send(switch.find_parent("form"), LIST)
    assert asked.status_code == 200
    assert states() == ["running", "running"]
    soup = admin.soup(f"{LIST}/{policy}/off")
    assert words(soup, "h1") == "Выключить «Без ответа»?"
    assert [words(soup, f".page-body li:nth-of-type({place})") for place in (1, 2)] == [
        "1 перейдёт к счётчику «Договоры»",
        "1 закончится, в итоги не войдёт; из них опоздало: 1",
    ]
    admin.submit(f"{LIST}/{policy}/off", state="off")
    assert states() == ["stopped", "stopped", "running"]
    assert words(admin.soup(LIST), ".told") == (
        "Выключен: 1 отсчёт перешёл к счётчику «Договоры», 1 отсчёт закончился."
    )
    assert not admin.soup(LIST).select(".told")
    switch_on = admin.soup(LIST).select_one(f"#switch-{policy}")
    assert switch_on is not None
    admin.send(switch_on.find_parent("form"), LIST, state="on")
    assert words(admin.soup(LIST), ".told") == (
        "1 отсчёт, закончившийся при выключении, продолжается с того же места."
    )
    assert states().count("running") == 2


def test_a_page_of_before_is_asked_too(admin: Browser, anton: Staff, ivan: Client) -> None:
    """It was drawn while nothing ran."""
    policy = given_counter("Без ответа", anton, (15, NOTE))
    form = admin.soup(LIST).select_one(f'form[action="{LIST}/{policy}/state"]')
    assert form is not None
    opened(ivan)
    answer = admin.post(f"{LIST}/{policy}/state", data={**filled(form), "state": "off"})
    assert (answer.status_code, answer.location) == (303, f"{LIST}/{policy}/off")
    assert states() == ["running"]


def test_nothing_is_asked_when_nothing_runs(admin: Browser, anton: Staff) -> None:
    policy = given_counter("Без ответа", anton, (15, NOTE))
    assert admin.get(f"{LIST}/{policy}/off").location == LIST
    admin.submit(LIST, f'form[action="{LIST}/{policy}/state"]', state="off")
    soup = admin.soup(LIST)
    assert words(soup, f"#counter-{policy} .badge") == "выключен"
    assert not soup.select(".told")


def test_only_administrators_are_asked(client: Browser, masha: Staff, anton: Staff) -> None:
    policy = given_counter("Без ответа", anton, (15, NOTE))
    sign_in(client, masha)
    assert client.get(f"{LIST}/{policy}/off").status_code == 403
