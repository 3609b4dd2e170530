"""A late clock on the page of its ticket: while it stands on pause, and when it has ended."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.catalog import catalog
from models import Case, Client, Staff
from tests.support.client import Client as Browser
from tests.support.counters import given_counter
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import do, without_rules
from tests.support.tickets import opened


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def late(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> int:
    """A ticket whose limit of 15 minutes passed 7 minutes ago; now it is put on pause."""
    with bus.unit_of_work(writes=False):
        waiting = catalog().by_key("statuses", "waiting").id
    note = (15, [do("add_note", text="Пора")])
    given_counter("Решение", anton, note, kind="solution", limit=15, pause=[waiting])
    number = opened(ivan).id
    clock.advance(minutes=22)
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, number), waiting, by=masha)
    clock.advance(minutes=5)
    return number


def page_of(client: Browser, who: Staff, number: int) -> BeautifulSoup:
    return sign_in(client, who).soup(f"/agent/t/{number}")


def test_on_pause_it_says_that_it_is_late(client: Browser, masha: Staff, late: int) -> None:
    soup = page_of(client, masha, late)
    assert words(soup, ".tb-item").endswith("пауза с 09:22 опоздание 7 мин")
    assert "Сейчас стоит, опоздание 7 мин рабочего времени." in words(soup, ".tb-book p")


def test_when_it_has_ended_it_says_how_late_and_by_what(
    client: Browser, masha: Staff, late: int
) -> None:
    with bus.unit_of_work():
        tickets.solve(db.session.get_one(Case, late), by=masha)
    soup = page_of(client, masha, late)
    assert words(soup, ".tb-book p").startswith(
        "Считали с 09:00 до 09:27: 22 мин рабочего времени, опоздание 7 мин."
    )
    assert words(soup, ".ledger tbody tr:last-of-type") == "09:27 решено (Маша) 22 мин −7 мин"
