"""Storm brakes hold when many write at once, and count what tells the staff of rules' notes."""

from threading import Barrier, Thread

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.failpoints import arm
from desk import tickets
from desk.automation.brakes import NOTICE
from desk.tickets import NewTicket
from models import Client, EventRecord, Notice, OutboxItem, Staff, WaitingNotice
from tests.support.counters import fire_all, given_counter
from tests.support.rules import case, do, given, mail, outbox, without_rules

AT_ONCE = 8


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def opened(ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number


def notices(to: Staff) -> list[OutboxItem]:
    query = db.session.query(OutboxItem).filter_by(recipient=to.email)
    return query.order_by(OutboxItem.id).all()


def test_many_at_once_do_not_exceed_the_limit(
    app: Flask, ivan: Client, request: pytest.FixtureRequest
) -> None:
    """One mail is left of the thirty when eight tickets of one client come in together."""
    given("Письмо", "ticket_created", [mail()])
    for _turn in range(29):
        opened(ivan)
    barrier, failed = Barrier(AT_ONCE), []

    def write() -> None:
        with app.app_context():
            try:
                barrier.wait(10)
                opened(db.session.get_one(Client, ivan_id))
            except Exception as error:  # a thread's error is nobody's: told below
                failed.append(error)
            finally:
                db.session.remove()

    ivan_id = ivan.id
    db.session.rollback()
    arm("outbox.put=sleep:0.2")  # so that all have counted before the first commits
    request.addfinalizer(lambda: arm(""))
    threads = [Thread(target=write) for _one in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    assert db.session.query(EventRecord).filter_by(kind="ticket_created").count() == 29 + AT_ONCE
    assert len(outbox()) == 30


def test_a_storm_of_notes_is_braked(
    ivan: Client, masha: Staff, anton: Staff, clock: Frozen
) -> None:
    steps = [(minute, [do("add_note", text="Пора")]) for minute in range(1, 15)]
    given_counter("Напоминание", anton, *steps)
    number = opened(ivan)
    with bus.unit_of_work():
        case(number).assignee_id = masha.id
    clock.advance(minutes=14)
    fire_all()
    assert [item.template for item in notices(masha)] == [NOTICE] * 10
    last = db.session.query(EventRecord).filter_by(kind="note_added")
    record = last.order_by(EventRecord.id.desc()).first()
    assert record is not None
    assert record.data["notices"] == [[masha.email, "too many mails to this address"]]


def test_notes_and_mails_of_rules_count_together(ivan: Client, masha: Staff, olga: Staff) -> None:
    given("Письмо", "client_replied", [mail("assignee")])
    given("Заметка", "priority_changed", [do("add_note", text="Смотри")])
    number = opened(ivan)
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    for turn in range(6):
        with bus.unit_of_work():
            tickets.client_reply(case(number), "Ау", by=ivan)
        with bus.unit_of_work():
            tickets.set_priority(case(number), 1 + turn % 2, by=olga)
    ours = [item for item in notices(masha) if item.template in ("rule", NOTICE)]
    assert len(ours) == 10


def test_a_note_beside_a_letter_of_rules_comes_in_the_app_only(ivan: Client, masha: Staff) -> None:
    given("Обоим", "client_replied", [mail("assignee"), do("add_note", text="Смотри")])
    number = opened(ivan)
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    assert [item.template for item in notices(masha)] == ["rule", "staff"]
    shown = db.session.query(Notice.occasion).filter_by(staff_id=masha.id, case_id=number)
    assert [row.occasion for row in shown.order_by(Notice.id)] == ["client_answered"]


def test_what_the_client_wrote_is_told_though_the_note_is_held(ivan: Client, masha: Staff) -> None:
    given("Заметка", "client_replied", [do("add_note", text="Смотри")])
    number = opened(ivan)
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    for _turn in range(12):
        with bus.unit_of_work():
            tickets.client_reply(case(number), "Ау", by=ivan)
    told = [item.template for item in notices(masha)]
    assert told == [NOTICE] * 10 + ["staff"] * 2


def test_notes_of_people_are_folded_and_none_is_lost(
    ivan: Client, masha: Staff, olga: Staff
) -> None:
    number = opened(ivan)
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    for _turn in range(12):
        with bus.unit_of_work():
            tickets.add_note(case(number), "Смотри", by=olga)
    assert [item.template for item in notices(masha)] == ["staff"] * 10
    waiting = db.session.query(WaitingNotice).filter_by(staff_id=masha.id)
    assert waiting.count() == 2
