"""All that a counter counted on a ticket: its earlier runs, and ledgers too long for the ticket."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from desk import tickets
from models import Client, Staff
from tests.support.client import Client as Browser
from tests.support.counters import fire_all, given_counter
from tests.support.people import sign_in
from tests.support.reading import texts, words
from tests.support.rules import case, do, without_rules
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]


@pytest.fixture
def desk(app: Flask, client: Browser, masha: Staff) -> Browser:
    without_rules()
    return sign_in(client, masha)


def test_an_earlier_run_has_its_own_ledger_and_steps(
    desk: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = given_counter("Ответ", anton, (15, NOTE), kind="next_answer", limit=15)
    number = opened(ivan).id
    for minutes in (20, 5):
        for says, by in ((tickets.reply, masha), (tickets.client_reply, ivan)):
            with bus.unit_of_work():
                says(case(number), "Да", by=by)
        clock.advance(minutes=minutes)
        fire_all()
    book = desk.soup(f"/agent/t/{number}").select_one(".tb-book")
    assert texts(book, ".tb-fired li") == [], "the step came in the run before"
    link = book.select_one(".tb-sec a")
    assert words(book, ".tb-sec a") == "ещё 1 отсчёт раньше"
    assert link["href"] == f"/agent/t/{number}/counters/{policy}"
    now, before = desk.soup(link["href"]).select(".tb-sec")
    assert "Считаем с 09:20" in words(now, "p")
    assert "Считали с 09:00 до 09:20: 20 мин рабочего времени, опоздание 5 мин" in words(
        before, "p"
    )
    assert words(before, ".tb-fired li").startswith("Сработал шаг 1: 09:20:00")
    assert words(before, "tbody tr:last-child") == "09:20 дан ответ (Маша) 20 мин −5 мин"


def test_a_long_ledger_is_whole_there(
    desk: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    policy = given_counter("Решение", anton, kind="solution", limit=60 * 24 * 60)
    number = opened(ivan).id
    clock.advance(days=30)
    rows = ".tb-sec tbody tr"
    shown = desk.soup(f"/agent/t/{number}").select_one(".tb-book")
    assert len(shown.select(rows)) < 45
    assert "раньше" in words(shown, f"{rows} a")
    whole = desk.soup(f"/agent/t/{number}/counters/{policy}")
    assert len(whole.select(rows)) > 45
    assert whole.select(f"{rows} a") == []


def test_not_for_everybody_and_not_for_nothing(
    desk: Browser, anton: Staff, sergey: Staff, ivan: Client
) -> None:
    number = opened(ivan).id
    policy = given_counter("Решение", anton, kind="solution")
    assert desk.get(f"/agent/t/{number}/counters/{policy}").status_code == 404
    assert desk.get(f"/agent/t/999999/counters/{policy}").status_code == 404
