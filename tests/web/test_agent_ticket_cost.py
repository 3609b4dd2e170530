"""What the page of a ticket costs in statements, however long and however many clocks."""

import pytest
from sqlalchemy import select

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tags, tickets
from desk.tickets import NewTicket
from models import Client, EventRecord, Staff, Ticket
from tests.support.agent_ticket import case, url
from tests.support.client import Client as Browser
from tests.support.counters import fire_all, given_counter
from tests.support.people import sign_in
from tests.support.rules import do
from tests.support.statements import scans, statements
from tests.support.tickets import opened


@pytest.fixture
def ticket(ivan: Client) -> Ticket:
    return opened(ivan)


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    return sign_in(client, masha)


def test_a_ticket_costs_ten_statements(desk: Browser, ticket: Ticket, masha: Staff) -> None:
    for n in range(15):
        with bus.unit_of_work():
            tickets.reply(case(ticket), f"Ответ {n}", by=masha)
            tags.add_tags(case(ticket), [f"метка-{n}"], by=masha)
    desk.get(url(ticket))
    page = url(ticket)
    for tab in ("client", "fields", "history"):
        with statements() as asked:
            assert desk.get(f"{page}?tab={tab}").status_code == 200
        assert len(asked) <= 10, asked
        assert not scans(asked)


def test_clocks_of_a_ticket_cost_no_more_when_there_are_many(
    desk: Browser, ivan: Client, masha: Staff, anton: Staff, clock: Frozen
) -> None:
    asked = {}
    for many, kind in enumerate(("no_answer", "first_answer", "solution")):
        steps = [(minute, [do("add_note", text="Пора")]) for minute in (1, 2)]
        given_counter(kind, anton, *steps, kind=kind)
        with bus.unit_of_work():
            number = tickets.open_ticket(NewTicket("Терминал", "Ау"), requester=ivan).number
        clock.advance(minutes=5)
        fire_all()
        desk.get(f"/agent/t/{number}")
        with statements() as asked[many]:
            page = desk.soup(f"/agent/t/{number}")
        assert len(page.select(".tb-item")) == many + 1
    assert len(asked[0]) == len(asked[2]) <= 10, asked[2]


def test_polling_costs_two_statements(desk: Browser, ticket: Ticket) -> None:
    head = db.session.scalar(select(EventRecord.id).order_by(EventRecord.id.desc()))
    with statements() as asked:
        assert desk.get(f"/agent/poll?after={head}").json == {"events": []}
    assert len(asked) == 2, asked
    assert desk.get(f"/agent/poll?after={head - 1}").json == {
        "events": [{"id": head, "case": ticket.id, "kind": "ticket_created"}]
    }
