"""What the FAQ spares: counted in its period, on the page and in the file."""

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deflections, faq_numbers, feedback, linked
from models import Article, Case, Staff
from models import Client as Customer
from tests.support.client import Client as Browser
from tests.support.faq import answer
from tests.support.people import sign_in
from tests.support.tickets import opened


@pytest.fixture
def number(ivan: Customer, clock: Frozen) -> int:
    return answer("Возврат денег", slug="vozvrat")


def happened(number: int, ivan: Customer) -> None:
    feedback.record_search("возврат", locale="ru", hits=2, visitor="a" * 64)
    feedback.clicked(number, visitor="a" * 64, locale="ru")
    feedback.record_search("шины", locale="ru", hits=0, visitor="b" * 64)
    ticket = opened(ivan, "Где деньги", channel="portal").id
    with bus.unit_of_work():
        feedback.vote(db.session.get_one(Article, number), visitor="c", value=-1)
        linked.read_before(db.session.get_one(Case, ticket), [number])
        deflections.helped("деньги", locale="ru", visitor="v", articles=[number])


def test_counted_in_its_period(
    client: Browser, number: int, ivan: Customer, masha: Staff, clock: Frozen
) -> None:
    happened(number, ivan)
    with bus.unit_of_work(writes=False):
        found = faq_numbers.numbers(30)
        (line,) = found.lines
    assert (found.searches, found.found, found.opened, found.deflected) == (2, 1, 1, 1)
    assert (found.success, found.spared) == (0.5, 0.5)
    parts = (line.opened, line.helped, line.not_helped, line.deflected, line.read_before, line.sent)
    assert parts == (1, 0, 1, 1, 1, 0)
    sign_in(client, masha)
    page = client.soup("/agent/kb/numbers?days=30").select_one("main")
    assert "50 %" in page.get_text()
    assert client.get("/agent/kb/numbers.xlsx?days=x").data.startswith(b"PK")
    clock.advance(days=40)
    with bus.unit_of_work(writes=False):
        later = faq_numbers.numbers(30)
        assert faq_numbers.numbers(90).searches == 2
    assert (later.searches, later.success, later.spared) == (0, 0.0, 0.0)


def test_nothing_is_there_yet(client: Browser, masha: Staff) -> None:
    sign_in(client, masha)
    assert "Ещё ничего" in client.soup("/agent/kb/numbers").select_one("main").get_text()
