"""What a request and an answer cost the database: no row is written twice, nothing asked twice."""

from collections import Counter

import pytest

from models import Client, Staff, Ticket
from tests.support.client import Client as Browser
from tests.support.client import filled
from tests.support.people import sign_in
from tests.support.statements import Statement, statements
from tests.support.tickets import opened

ASKED = {"email": "nina@example.ru", "person": "Нина", "subject": "Адрес", "text": "Где заказ"}
LED = "UPDATE submission"  # where the sender was led is known at the end
ENDED = "UPDATE inbound"


def writes(asked: list[Statement]) -> Counter[str]:
    """`INSERT cases`, `UPDATE outbox`: how often."""
    words = [each.split() for each in asked]
    return Counter(
        f"{each[0]} {each[1 if each[0] == 'UPDATE' else 2]}"
        for each in words
        if each[0] in ("INSERT", "UPDATE", "DELETE")
    )


@pytest.fixture
def ticket(ivan: Client) -> Ticket:
    return opened(ivan)


def test_a_new_request_writes_each_row_once(client: Browser) -> None:
    client.submit("/ru/contact", "form.form", **ASKED)  # fills what the process keeps
    form = filled(client.soup("/ru/contact").select_one("form.form"))
    with statements() as asked:
        answer = client.post("/ru/contact", data=form | ASKED | {"email": "oleg@example.ru"})
    assert answer.status_code == 303
    assert len(asked) <= 21, asked  # PostgreSQL has a lock to take besides
    done = writes(asked)
    assert set(done.values()) == {1}, done
    assert {each for each in done if each.startswith("UPDATE")} == {LED, ENDED}


def test_an_answer_writes_the_ticket_once(client: Browser, ticket: Ticket, masha: Staff) -> None:
    desk = sign_in(client, masha)
    page = f"/agent/t/{ticket.id}"
    desk.submit(page, "#reply-form", text="Узнаю у склада")
    form = filled(desk.soup(page).select_one("#reply-form"))
    with statements() as asked:
        answer = desk.post(f"{page}/reply", data=form | {"text": "Заказ едет"})
    assert answer.status_code == 303
    assert len(asked) <= 15, asked
    done = writes(asked)
    assert {each for each in done if each.startswith("UPDATE")} <= {
        LED,
        "UPDATE cases",
        "UPDATE case_index",
    }
    assert done["UPDATE cases"] == 1
