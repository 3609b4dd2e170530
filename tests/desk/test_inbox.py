"""The one door: an arrival taken twice is one message."""

from flask import Flask

from core import bus
from core.db import db
from desk import inbox
from desk.inbox import Arrival
from desk.tickets import NewTicket
from models import Case, Client, Inbound, InboundState, Message


def arrival(outside_id: str = "k1", text: str = "Третий день жду") -> Arrival:
    new = NewTicket("Где посылка", text, locale="ru")
    return Arrival("portal", outside_id, new, email="New.Client@Example.ru", name="Нина\nОрлова")


def test_unknown_sender_becomes_a_client(app: Flask) -> None:
    with bus.unit_of_work():
        number = inbox.accept(arrival()).number
    case = db.session.get_one(Case, number)
    assert (case.requester.kind, case.requester.name) == ("client", "Нина Орлова")
    assert case.requester.email == "new.client@example.ru"
    assert case.requester.contact_points[0].verified_at is None
    row = db.session.query(Inbound).one()
    assert (row.state, row.case_id) == (InboundState.ACCEPTED, number)


def test_known_sender_is_found_whatever_the_case_of_letters(app: Flask) -> None:
    with bus.unit_of_work():
        first = inbox.accept(arrival("k1")).requester_id
        second = inbox.accept(arrival("k2")).requester_id
    assert first == second
    assert db.session.query(Case).count() == 2


def test_same_arrival_twice_is_one_message(app: Flask) -> None:
    numbers = []
    for _ in range(2):
        with bus.unit_of_work():
            numbers.append(inbox.accept(arrival()).number)
    assert numbers[0] == numbers[1]
    assert db.session.query(Message).count() == db.session.query(Inbound).count() == 1


def test_answer_goes_to_its_case(app: Flask, ivan: Client) -> None:
    with bus.unit_of_work():
        case = inbox.accept(arrival("k1"), sender=ivan)
    with bus.unit_of_work():
        case = db.session.get_one(Case, case.number)
        inbox.accept(arrival("k2", "Уже получил, спасибо"), sender=ivan, case=case)
    said = db.session.query(Message).order_by(Message.id).all()
    assert [message.text for message in said] == ["Третий день жду", "Уже получил, спасибо"]
    assert all(message.inbound and message.case_id == case.number for message in said)
