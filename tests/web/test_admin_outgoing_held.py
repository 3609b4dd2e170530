"""Mails to colleagues that wait for the end of quiet hours stand with the outgoing mail."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.notices import waiting
from desk.notices.quiet import Quiet
from models import Client, Direction, Staff
from tests.support.client import Client as Browser
from tests.support.notices import chooses
from tests.support.people import hire, sign_in
from tests.support.reading import texts, words
from tests.support.rules import case, without_rules
from tests.support.tickets import opened

LIST = "/admin/outgoing"
HELD = f"{LIST}?state=held"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def number(clock: Frozen, ivan: Client, masha: Staff, olga: Staff) -> int:
    """Of a ticket that was given to Masha in her quiet hours."""
    chooses(masha, quiet=Quiet(on=True, since="20:00", until="08:00"))
    clock.set(datetime(2026, 3, 2, 22, 0, tzinfo=ZoneInfo("Europe/Moscow")))
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.assign(case(number), db.session.get_one(Staff, masha.id), by=olga)
    return number


def test_it_says_to_whom_about_what_and_when(
    client: Browser, anton: Staff, masha: Staff, number: int, clock: Frozen
) -> None:
    browser = sign_in(client, anton)
    assert "1 письмо сотруднику ждёт конца тихих часов" in words(browser.soup(LIST))
    page = browser.soup(HELD)
    assert texts(page, ".lines .line-name") == [masha.email]
    assert texts(page, ".lines a") == [f"Новое обращение для вас: № {number}"]
    assert "уйдёт 3 мар., 08:00" in words(page, ".line-end")
    clock.advance(hours=11)
    assert waiting.send_waiting()
    page = browser.soup(HELD)
    assert "Придержанных писем нет" in words(page)
    assert "тихих часов" not in words(browser.soup(LIST))


@pytest.mark.parametrize(
    ("query", "count"), [("masha@", 1), ("olga@", 0), ("{number}", 1), ("999999", 0)]
)
def test_it_is_looked_for(
    client: Browser, anton: Staff, number: int, query: str, count: int
) -> None:
    page = sign_in(client, anton).soup(f"{HELD}&q={query.format(number=number)}")
    assert len(page.select(".lines .line")) == count
    assert ("Таких писем нет" in words(page)) is not bool(count)


def test_who_may_not_see_the_ticket_does_not_see_it(client: Browser, number: int) -> None:
    with bus.unit_of_work():
        other = Direction(key="other", name_ru="Другое")
        db.session.add(other)
        case(number).direction_id = db.session.query(Direction).filter_by(key="main").one().id
    head = hire("Олег", "oleg@kurier.example", role="supervisor", directions=[other])
    page = sign_in(client, head).soup(HELD)
    assert not page.select(".lines .line")
