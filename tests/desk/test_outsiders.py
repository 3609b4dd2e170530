"""Questions to people outside, line 4: kept on the ticket, told to its assignee, to no client."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import conversation, outsiders, tickets
from desk.errors import Invalid, NotFound
from desk.search import search_cases
from models import (
    Case,
    Client,
    Message,
    MessageKind,
    OutboxItem,
    OutsideQuestion,
    Outsider,
    Staff,
    Ticket,
)
from tests.support.counters import fire_all, given_counter
from tests.support.notices import mailed, told
from tests.support.people import customer
from tests.support.rules import do, without_rules
from tests.support.tickets import opened

PAVEL = "pavel@termoservis.example"


@pytest.fixture
def ticket(app: Flask, ivan: Client, masha: Staff) -> Ticket:
    found = opened(ivan)
    with bus.unit_of_work():
        tickets.assign(case(found), masha, by=masha)
    return found


def case(of: Ticket) -> Case:
    return db.session.get_one(Case, of.id)


def ask(of: Ticket, by: Staff, email: str = PAVEL, text: str = "Встречали 0x41?") -> int:
    with bus.unit_of_work():
        return outsiders.ask(case(of), email, "Павел", text, by=by).id


def answer(number: int, text: str = "Это права на порт", by: Staff | None = None) -> None:
    with bus.unit_of_work():
        outsiders.answered(question(number), text, by=by)


def question(number: int) -> OutsideQuestion:
    return db.session.get_one(OutsideQuestion, number)


def forwarded(of: Ticket) -> list[tuple[str, bool, str]]:
    query = db.session.query(Message).filter_by(case_id=of.id, kind=MessageKind.FORWARD)
    return [(one.author.name, one.inbound, one.text) for one in query.order_by(Message.id)]


def test_a_question_and_its_answer(
    ticket: Ticket, masha: Staff, sergey: Staff, clock: Frozen
) -> None:
    number = ask(ticket, sergey)
    clock.advance(minutes=51)
    answer(number)
    assert forwarded(ticket) == [
        ("Сергей", False, "Встречали 0x41?"),
        ("Павел", True, "Это права на порт"),
    ]
    (asked,) = outsiders.questions_of(ticket.id)
    assert (asked.name, asked.address, asked.is_open) == ("Павел", PAVEL, False)
    assert asked.question.answered_at is not None
    assert isinstance(db.session.get_one(Outsider, asked.question.outsider_id), Outsider)
    with bus.unit_of_work(writes=False), use_locale("en"):
        said = [(each.actor, each.event.sentence()) for each in conversation.history(case(ticket))]
    assert said[:2] == [
        ("Павел", "Answer of an outsider: Павел"),
        ("Сергей", "Question to an outsider: Павел"),
    ]


def test_the_assignee_hears_of_the_answer(ticket: Ticket, masha: Staff, sergey: Staff) -> None:
    number = ask(ticket, sergey)
    answer(number)
    assert told(masha)[-1] == ("outsider_answered", ticket.id)
    subject = f"Ответ внешнего специалиста по № {ticket.id} (Павел): Терминал не печатает чек"
    assert mailed(masha)[-1] == subject
    before = len(told(masha))
    answer(ask(ticket, masha), by=masha)
    assert len(told(masha)) == before, "who wrote it down knows it"


def test_clients_are_told_nothing(ticket: Ticket, masha: Staff, ivan: Client) -> None:
    before = (case(ticket).preview, case(ticket).last_client_at, case(ticket).last_agent_at)
    mails = db.session.query(OutboxItem).filter_by(recipient=ivan.email).count()
    answer(ask(ticket, masha))
    now = case(ticket)
    assert (now.preview, now.last_client_at, now.last_agent_at) == before
    assert now.first_answer_at is None
    assert db.session.query(OutboxItem).filter_by(recipient=ivan.email).count() == mails


def test_colleagues_find_its_words(ticket: Ticket, masha: Staff) -> None:
    answer(ask(ticket, masha), "Порт принтера заблокирован")
    with bus.unit_of_work(writes=False):
        assert search_cases("заблокирован", limit=5) == [ticket.id]


@pytest.mark.parametrize("email", ["IVAN@sevsklad.example ", "galina@sevsklad.example"])
def test_the_clients_side_is_never_asked(
    ticket: Ticket, masha: Staff, galina: Client, email: str
) -> None:
    with pytest.raises(Invalid, match="адрес клиента") as refused:
        ask(ticket, masha, email)
    assert refused.value.field == "email"
    assert forwarded(ticket) == []


def test_nor_is_a_colleague_with_an_account(ticket: Ticket, masha: Staff, vera: Staff) -> None:
    with pytest.raises(Invalid, match="Вера"):
        ask(ticket, masha, "vera@kurier.example")
    with pytest.raises(Invalid):
        ask(ticket, masha, "не адрес")
    with pytest.raises(Invalid):
        ask(ticket, masha, text=" ")
    assert db.session.query(OutsideQuestion).count() == 0
    assert db.session.query(Outsider).count() == 0


def test_somebody_of_another_client_may_know(ticket: Ticket, masha: Staff) -> None:
    customer("Тимур", "timur@other.example", company="СтройДвор")
    answer(ask(ticket, masha, "timur@other.example"))
    assert [name for name, _inbound, _text in forwarded(ticket)] == ["Маша", "Тимур"]


def test_withdrawn(ticket: Ticket, masha: Staff) -> None:
    number = ask(ticket, masha)
    for did in (True, False):
        with bus.unit_of_work():
            assert outsiders.revoke(question(number), by=masha) == did
    with pytest.raises(Invalid, match="отозван"):
        answer(number)
    other = ask(ticket, masha)
    answer(other)
    first = question(other).answer_id
    answer(other, "И ещё: перезагрузите")
    assert question(other).answer_id == first
    with pytest.raises(Invalid, match="уже ответили"), bus.unit_of_work():
        outsiders.revoke(question(other), by=masha)
    assert len(forwarded(ticket)) == 4


def test_a_question_belongs_to_its_ticket(ticket: Ticket, masha: Staff, ivan: Client) -> None:
    number, other = ask(ticket, masha), opened(ivan)
    with bus.unit_of_work(writes=False):
        assert outsiders.question_of(case(ticket), number).id == number
        for wrong in (number + 1, 0, 2**40):
            with pytest.raises(NotFound):
                outsiders.question_of(case(ticket), wrong)
        with pytest.raises(NotFound):
            outsiders.question_of(case(other), number)


def test_an_outsider_is_not_the_client_who_was_silent(
    app: Flask, ivan: Client, masha: Staff, anton: Staff, clock: Frozen
) -> None:
    without_rules()
    steps = (60, [do("add_note", text="Молчит")])
    given_counter("Молчит", anton, steps, kind="client_silent", limit=60)
    found = opened(ivan)
    with bus.unit_of_work():
        tickets.reply(case(found), "Проверьте кабель", by=masha)
    clock.advance(minutes=30)
    answer(ask(found, masha))
    clock.advance(minutes=31)
    fire_all()
    query = db.session.query(Message).filter_by(case_id=found.id, kind=MessageKind.NOTE)
    assert [note.text for note in query] == ["Молчит"]
