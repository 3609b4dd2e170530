"""My requests: the list of a signed-in client."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.catalog import catalog
from desk.tickets import NewTicket
from models import Case, Participant, Staff, StatusCategory
from tests.support.client import Client
from tests.support.people import sign_in
from tests.support.statements import reads, scans, statements


def asked(person: Participant, subject: str, category: StatusCategory = StatusCategory.NEW) -> int:
    with bus.unit_of_work():
        by = db.session.get_one(Participant, person.id)
        ticket = tickets.open_ticket(NewTicket(subject=subject, text="x"), requester=by)
        if category != StatusCategory.NEW:
            tickets.change_status(ticket, catalog().first_status(category).id, by=by)
        return ticket.id


def subjects(client: Client, path: str = "/me/requests") -> list[str]:
    return [a.get_text() for a in client.soup(path).select(".reqs-t a")]


@pytest.fixture
def four(app: Flask, ivan: Participant, galina: Participant, clock: Frozen) -> None:
    asked(ivan, "Новое", StatusCategory.NEW)
    clock.advance(minutes=1)
    asked(ivan, "Идёт", StatusCategory.OPEN)
    clock.advance(minutes=1)
    asked(ivan, "Ждёт", StatusCategory.PENDING)
    clock.advance(minutes=1)
    asked(ivan, "Решено давно", StatusCategory.SOLVED)
    asked(galina, "Чужое")


def test_own_requests_newest_first(client: Client, four: None, ivan: Participant) -> None:
    sign_in(client, ivan)

    assert subjects(client) == ["Решено давно", "Ждёт", "Идёт", "Новое"]
    page = client.soup("/me/requests")
    assert [a.get_text().split() for a in page.select(".pick a")] == [
        ["Все", "4"],
        ["Ждём", "вас", "1"],
        ["В", "работе", "2"],
        ["Решено", "1"],
    ]
    assert "ответим до 10:00 сегодня" in page.select(".reqs-m")[3].get_text()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=you", ["Ждёт"]),
        ("status=work", ["Идёт", "Новое"]),
        ("status=solved", ["Решено давно"]),
        ("status=nonsense", ["Решено давно", "Ждёт", "Идёт", "Новое"]),
        ("q=1001", ["Новое"]),
        ("q=%231001", ["Новое"]),
        ("q=№ 1001", ["Новое"]),
        ("q=идёт", ["Идёт"]),
        ("q=давно решено", ["Решено давно"]),
        ("q=чужое", []),
        ("q=%25", []),
        ("status=solved&q=новое", []),
        ("q=" + "я" * 3000, []),
        ("before=nonsense", ["Решено давно", "Ждёт", "Идёт", "Новое"]),
        ("before=2026-03-02T06:01:00~5", ["Решено давно", "Ждёт", "Идёт", "Новое"]),
    ],
)
def test_filters(
    client: Client, four: None, ivan: Participant, query: str, found: list[str]
) -> None:
    assert subjects(sign_in(client, ivan), f"/me/requests?{query}") == found


def test_long_list_goes_on(client: Client, ivan: Participant, clock: Frozen) -> None:
    for number in range(45):
        clock.advance(seconds=number % 2)  # pairs of the same instant
        asked(ivan, f"Вопрос {number}")
    sign_in(client, ivan)

    path, seen = "/me/requests", []
    for _ in range(3):
        page = client.soup(path)
        seen += [a.get_text() for a in page.select(".reqs-t a")]
        path = str(page.select_one(".more a")["href"]) if page.select(".more a") else ""

    assert path == ""
    assert len(seen) == len(set(seen)) == 45


def test_empty_list_leads_to_the_form(client: Client, ivan: Participant) -> None:
    page = sign_in(client, ivan).soup("/me/requests")

    assert "Обращений пока нет" in page.main.get_text()
    assert page.select_one('main a[href="/ru/contact"]')


def test_colleague_sees_only_what_they_asked(
    client: Client, four: None, masha: Participant
) -> None:
    asked(masha, "Моё")

    assert subjects(sign_in(client, masha)) == ["Моё"]
    assert db.session.query(Case).count() == 6


def test_what_was_opened_again_waits_to_be_taken(
    client: Client, four: None, ivan: Participant, masha: Staff
) -> None:
    sign_in(client, ivan)
    with bus.unit_of_work():
        solved = db.session.query(Case).filter_by(subject="Решено давно").one()
        tickets.client_reply(solved, "Опять то же", by=ivan)
    assert client.soup("/me/requests").select(".reqs-s")[0].get_text().strip() == "Получено"
    with bus.unit_of_work():
        tickets.reply(solved, "Смотрю", by=masha)
    assert client.soup("/me/requests").select(".reqs-s")[0].get_text().strip() != "Получено"


def test_statements_of_the_list_are_few(client: Client, four: None, ivan: Participant) -> None:
    sign_in(client, ivan).get("/me/requests")
    with statements() as asked:
        client.get("/me/requests")
    assert len(reads(asked)) <= 6, asked
    assert not scans(asked)
