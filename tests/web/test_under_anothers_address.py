"""Somebody not signed in writes under the address of another: whose words they are then."""

from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from core import bus
from core.db import db
from desk import conversation, inbox, tickets
from desk import events as kinds
from desk.automation.replay.image import Image
from desk.automation.replay.reading import events_of, last_event
from desk.automation.replay.tally import Tally
from desk.automation.replay.today import Today
from desk.automation.replay.walk import Walk
from desk.automation.ruleset import CompiledSet
from desk.deadlines.kinds import happened
from desk.inbox import Arrival
from desk.tickets import NewTicket
from models import Case, EventRecord, Message, Participant, Staff
from tests.support.client import Client
from tests.support.notices import told
from tests.support.people import sign_in
from tests.support.rules import cond, do, given, runs, status, without_rules
from tests.support.tickets import opened

FORM = "form.form"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def write(client: Client, address: str) -> TestResponse:
    fields = {"email": address, "subject": "Ключи", "text": "Отдайте ключи"}
    return client.submit("/ru/contact", FORM, **fields)


def newest() -> Case:
    return db.session.scalars(select(Case).order_by(Case.id.desc())).first()


def said_again(number: int) -> None:
    """By the link, under the same address."""
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        arrival = Arrival("portal", "k2", NewTicket(case.subject, "И ещё"))
        inbox.accept(arrival, sender=case.requester, case=case)


def test_words_under_the_address_of_a_colleague_are_those_of_a_client(
    client: Client, masha: Staff, olga: Staff
) -> None:
    theirs = cond("message_author", "is", "client")
    rule = given("От клиента", "ticket_created", [do("add_tag", ["клиент"])], theirs)
    write(client, masha.email or "")

    case = newest()
    (message,) = db.session.scalars(select(Message))
    assert message.inbound
    assert (case.last_client_at, case.last_agent_at) == (message.at, None)
    assert len(runs(rule)) == 1
    sign_in(client, olga)
    page = client.soup(f"/agent/t/{case.number}?view=unassigned")
    assert page.select_one(".trow-snip").get_text(strip=True) == "Отдайте ключи"
    assert not page.select("#thread .msg-agent")


def test_what_a_colleague_writes_for_a_client_is_ours(masha: Staff, ivan: Participant) -> None:
    with bus.unit_of_work():
        new = NewTicket("Звонок", "Перезвоним", channel="staff")
        case = tickets.open_ticket(new, requester=ivan, by=db.session.merge(masha))
    assert (case.last_client_at, case.last_agent_at is None) == (None, False)


def test_a_colleague_hears_of_words_under_the_own_address(masha: Staff) -> None:
    number = opened(masha).id
    with bus.unit_of_work():
        person = db.session.get_one(Staff, masha.id)
        tickets.assign(db.session.get_one(Case, number), person, by=person)
    seen = last_event()
    said_again(number)

    assert told(masha) == [("client_answered", number)]
    with bus.unit_of_work(writes=False):
        case = db.session.get_one(Case, number)
        assert [each.text for each in conversation.newer_words(case, seen, masha)] == ["И ещё"]


def test_clocks_and_the_past_count_such_words_as_those_of_a_client(masha: Staff) -> None:
    number = opened(masha).id
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tickets.change_status(case, status("solved"), by=masha)
    seen = last_event()
    said_again(number)

    with bus.unit_of_work(writes=False):
        rows = events_of([number], last_event())[number]
        image = Image(number, Today([number]))
        is_staff = lambda who: who == masha.id  # noqa: E731
        walk = Walk(CompiledSet(()), Tally(ZoneInfo("UTC")), is_staff, is_staff)
        walk.remember(image, rows)
        assert (image.last_client_at is None, image.last_agent_at) == (False, None)
        records = db.session.scalars(select(EventRecord).where(EventRecord.id > seen))
        heard = [kinds.of(row) for row in records.all()]
        assert [event.kind for event in heard] == ["client_replied", "status_changed"]
        assert happened.client_stirred(heard)
        assert not happened.is_taken(heard)
        assert not happened.staff_stirred(heard)
