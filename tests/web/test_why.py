""" "Why?", the counters of a ticket, and the pages of rules say what was done and what was held."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.automation import library
from desk.tickets import NewTicket
from models import Client, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.counters import fire_all, given_counter
from tests.support.people import sign_in
from tests.support.reading import texts
from tests.support.rules import cond, do, given, mail, rule, without_rules

HELD = "не отправлено, слишком много писем на этот адрес"
RULES, COUNTERS = "/admin/triggers", "/admin/counters"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def opened(ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number


def test_why_and_the_counters_show_the_mail_that_a_brake_held(
    client: Browser, masha: Staff, anton: Staff, ivan: Client, clock: Frozen
) -> None:
    steps = [(minute, [mail("client")]) for minute in range(1, 12)]
    given_counter("Напоминание", anton, *steps, en="Reminder")
    number = opened(ivan)
    clock.advance(minutes=11)
    fire_all()
    sign_in(client, masha)
    soup = client.soup(f"/agent/t/{number}/why")
    assert texts(soup, ".ev-head h2")[:2] == [
        "Счётчик «Напоминание», шаг 11",
        "Счётчик «Напоминание», шаг 10",
    ]
    assert texts(soup, ".ev .diff dd")[:2] == [
        f"ivan@sevsklad.example {HELD}",
        "ivan@sevsklad.example",
    ]
    book = texts(client.soup(f"/agent/t/{number}"), ".tb-fired li")
    assert HELD in book[-1]
    assert HELD not in book[0]
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).locale = "en"
    soup = client.soup(f"/agent/t/{number}/why")
    assert texts(soup, ".ev-head h2")[0] == "Counter “Reminder”, step 11"
    assert "not sent, too many mails to this address" in texts(soup, ".ev .diff dd")[0]


@pytest.mark.one_database
def test_a_step_that_had_nothing_to_do_says_so(
    client: Browser, masha: Staff, anton: Staff, ivan: Client, clock: Frozen
) -> None:
    given_counter("Приоритет", anton, (5, [do("set_priority", 2)]))
    number = opened(ivan)
    clock.advance(minutes=5)
    fire_all()
    sign_in(client, masha)
    (said,) = texts(client.soup(f"/agent/t/{number}/why"), ".ev p.muted")[:1]
    assert said == "Делать было нечего: всё уже так и было."


def given_pair() -> tuple[int, int]:
    on = "ticket_created priority_changed"
    first = given("Поднять", on, [do("set_priority", 3)], cond("priority", "lt", 3))
    second = given(
        "Опустить", "priority_changed", [do("set_priority", 1)], cond("priority", "is", 3)
    )
    return first, second


def test_a_runaway_names_the_pair(client: Browser, anton: Staff, ivan: Client) -> None:
    first, second = given_pair()
    number = opened(ivan)
    sign_in(client, anton)
    told = (
        "Они отменяют друг друга, поэтому цепочка остановлена: «Поднять» → «Опустить» → «Поднять»"
    )
    for page in (f"/agent/t/{number}/why", f"{RULES}/{first}?tab=runs", RULES):
        soup = client.soup(page)
        assert texts(soup, ".chain")[0] == told, page
        links = [link["href"] for link in soup.select(".chain a")][:2]
        assert links == [f"{RULES}/{first}", f"{RULES}/{second}"]
    listed = texts(client.soup(RULES), f"#rule-{second} .find-line")
    assert listed[-1].endswith(f"1 раз за 7 дней, последний раз в № {number}")


@pytest.mark.one_database
def test_a_runaway_that_can_not_come_again_leaves_the_list(
    client: Browser, anton: Staff, ivan: Client
) -> None:
    _first, second = given_pair()
    opened(ivan)
    with bus.unit_of_work():
        library.set_state(rule(second), "off", by=anton)
    sign_in(client, anton)
    assert not texts(client.soup(RULES), ".find-line")


def test_a_pair_is_doubted_before_anything_happens(client: Browser, anton: Staff) -> None:
    first, second = given_pair()
    sign_in(client, anton)
    said = "Они снова и снова запускают друг друга: «Поднять» → «Опустить»."
    assert texts(client.soup(RULES), f"#rule-{first} .find-line") == [said]
    assert said in " ".join(texts(client.soup(f"{RULES}/{first}"), "#findings"))
    assert "«Поднять»" in texts(client.soup(RULES), f"#rule-{second} .find-line")[0]


@pytest.mark.one_database
def test_a_counter_that_never_starts_is_named_where_it_is_seen(
    client: Browser, anton: Staff
) -> None:
    above = given_counter("Все", anton, (15, [do("add_note", text="Пора")]), kind="no_activity")
    sign_in(client, anton)
    values = written(client.soup(f"{COUNTERS}/new")) | {"kind": "no_activity", "name_ru": "Портал"}
    drawn = client.post(f"{COUNTERS}/draw", data=values | {"steps.0.then.0.do": "add_note"})
    values = written(parsed(drawn)) | {"steps.0.then.0.text": "Пора"}
    answer = client.post(f"{COUNTERS}/new", data=values)
    assert answer.status_code == 303, parsed(answer).select(".errors")
    number = answer.location.rpartition("/")[2]
    said = "Он никогда не запустится: все его обращения достаются счётчику выше, «Все»."
    for page, css in (
        (answer.location, ".callout-warn"),
        (f"{answer.location}/edit", ".callout-warn"),
        (COUNTERS, f"#counter-{number} .find-line"),
    ):
        soup = client.soup(page)
        assert texts(soup, css)[0].startswith(said), page
        assert [link["href"] for link in soup.select(f"{css} a")] == [f"{COUNTERS}/{above}"]
    assert not texts(client.soup(f"{COUNTERS}/{above}"), ".callout-warn")


def written(soup: BeautifulSoup) -> dict[str, Any]:
    form = soup.select_one("form.ed")
    assert form is not None
    return filled(form)


@pytest.mark.one_database
def test_a_ticket_of_the_time_when_all_were_stopped_says_so(
    client: Browser, masha: Staff, anton: Staff, ivan: Client
) -> None:
    given("Любое", "ticket_created", [do("set_priority", 3)])
    with bus.unit_of_work():
        library.stop_all(True, by=anton)
    number = opened(ivan)
    sign_in(client, masha)
    soup = client.soup(f"/agent/t/{number}/why")
    assert texts(soup, ".ev .muted")[-1].startswith("Тогда все триггеры были остановлены: Антон, ")
