"""A limit made later after steps came: one is told on saving and on the ticket."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from models import Client, CounterFiring, Staff
from tests.support.client import Client as Browser
from tests.support.counters import fire_all, given_counter
from tests.support.people import sign_in
from tests.support.rules import without_rules
from tests.support.tickets import opened
from tests.web.test_admin_counter_editor import LIST, NOTE, edited


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def saved(admin: Browser, number: int, limit: str) -> str:
    answer = admin.post(f"{LIST}/{number}/edit", data=edited(admin, number) | {"limit": limit})
    assert answer.status_code == 303
    return " ".join(admin.soup(answer.location).get_text().split())


def test_steps_that_came_and_lie_ahead_again_are_told(
    client: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    number = given_counter("Ответ", anton, (3, NOTE), limit=3)
    case = opened(ivan).id
    opened(ivan)
    clock.advance(minutes=4)
    fire_all()
    admin = sign_in(client, anton)
    said = saved(admin, number, "30")
    assert "На 2 обращениях шаги, сработавшие при прежнем сроке, снова впереди" in said
    book = admin.soup(f"/agent/t/{case}").get_text()
    assert "при прежнем сроке 3\u00a0мин" in book
    clock.advance(hours=1)
    fire_all()
    with bus.unit_of_work(writes=False):
        assert db.session.query(CounterFiring).count() == 2
    assert "снова впереди" not in saved(admin, number, "31")


def test_nothing_is_told_when_nothing_came(
    client: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    number = given_counter("Ответ", anton, (3, NOTE), limit=3)
    opened(ivan)
    assert "снова впереди" not in saved(sign_in(client, anton), number, "30")
