"""A unit of work writes its rows together: what that may cost, and that nothing is lost by it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from core import bus, numbers
from core.clock import Frozen
from core.db import db
from desk import deadlines, events, history, outbox, search, tickets
from desk.outbox import Mail
from desk.tickets import NewTicket
from models import (
    Case,
    Client,
    CounterFiring,
    EventRecord,
    Message,
    Notice,
    OutboxItem,
    Staff,
)
from tests.support.counters import given_counter
from tests.support.statements import statements, ways

STEP = [
    {"do": "add_note", "text": "Пора"},
    {
        "do": "send_mail",
        "to": "assignee",
        "address": "",
        "subject": {"ru": "Пора", "en": ""},
        "text": {"ru": "Пора", "en": ""},
    },
]


def opened(requester: Client, assignee: Staff, how_many: int) -> list[int]:
    found = []
    for _ticket in range(how_many):
        with bus.unit_of_work():
            ticket = tickets.open_ticket(NewTicket("Тема", "Текст"), requester=requester)
            tickets.assign(ticket, assignee, by=assignee)
            found.append(ticket.number)
    return found


def test_many_firings_cost_as_many_statements_as_few(
    clock: Frozen, ivan: Client, masha: Staff, anton: Staff
) -> None:
    given_counter("Решение", anton, (15, STEP), kind="solution")
    asked = {}
    for count in (3, 12):
        opened(ivan, masha, count)
        clock.advance(days=4)
        before = {model: rows(model) for model in (CounterFiring, Message, OutboxItem)}
        with statements() as asked[count]:
            assert deadlines.fire_due() == count
        written = {model: rows(model) - number for model, number in before.items()}
        assert (written[CounterFiring], written[Message]) == (count, count)
        assert written[OutboxItem] == count, "the note beside the mail is told in the app"
        assert rows(Notice) >= count
    assert len(asked[12]) <= len(asked[3]) + 2
    assert len(asked[12]) < 45
    assert all(way.startswith("SEARCH") for way in ways(asked[12], "notice"))


def test_each_ticket_of_one_unit_has_its_own_notice(
    ivan: Client, masha: Staff, olga: Staff
) -> None:
    mine = opened(ivan, masha, 2)
    for words in ("Раз", "Два"):
        with bus.unit_of_work():
            for number in mine:
                ticket = db.session.get_one(Case, number)
                tickets.client_reply(ticket, f"{words} {number}", by=ivan)
    told = select(Notice.case_id, Notice.data).where(Notice.occasion == "client_answered")
    found = db.session.execute(told.order_by(Notice.case_id)).all()
    assert [(number, data["words"], data["times"]) for number, data in found] == [
        (number, f"Два {number}", 2) for number in mine
    ]


def test_each_ticket_of_one_unit_is_found_by_its_own_words(ivan: Client, masha: Staff) -> None:
    old, other = opened(ivan, masha, 2)
    with bus.unit_of_work():
        for number, words in ((old, "терминал завис"), (other, "накладная пропала")):
            tickets.add_note(db.session.get_one(Case, number), words, by=masha)
        new = tickets.open_ticket(NewTicket("Термобокс", "накладная"), requester=ivan).number
    with bus.unit_of_work(writes=False):
        assert search.search_cases("терминал ") == [old]
        assert search.search_cases("накладная ") == [new, other]
        assert search.search_cases("пропала тема ") == [other], "and by what was said before"


def test_what_is_undone_is_not_written(app: Flask, ivan: Client) -> None:
    """What was put before stays, what is put after is written."""
    with bus.unit_of_work():
        put("раньше")
        with pytest.raises(ZeroDivisionError), bus.savepoint():
            put("внутри")
            raise ZeroDivisionError
        put("позже")
    assert subjects() == ["раньше", "позже"]


def test_what_can_not_be_written_is_undone_where_it_was_put(app: Flask, masha: Staff) -> None:
    """The mail of a rule that no outbox takes must not take the client's message with it."""
    with bus.unit_of_work():
        put("раньше")
        with pytest.raises(Exception, match="outbox"), bus.savepoint():
            outbox.put(Mail("a@b.example", "Тема", "Текст", "test", event_id=10**6), dedupe="x")
    assert subjects() == ["раньше"]


def test_the_same_mail_is_put_once(app: Flask) -> None:
    for _unit in range(2):
        with bus.unit_of_work():
            for _time in range(2):
                outbox.put(Mail("a@b.example", "Тема", "Текст", "test"), dedupe="один")
    assert subjects() == ["Тема"]


def test_ids_known_ahead_are_those_of_the_rows(app: Flask, ivan: Client, masha: Staff) -> None:
    number = opened(ivan, masha, 1)[0]
    with bus.unit_of_work():
        numbers.know_ahead(EventRecord, Message, block=2)
        case = db.session.get_one(Case, number)
        first = [tickets.add_note(case, f"{n}", by=masha).id for n in range(3)]
        with pytest.raises(ZeroDivisionError), bus.savepoint():
            tickets.add_note(case, "никогда", by=masha)
            raise ZeroDivisionError
        last = tickets.add_note(case, "3", by=masha).id
    with bus.unit_of_work():
        after = tickets.open_ticket(NewTicket("Тема", "4"), requester=ivan).number
    kept = select(Message.id, Message.text).where(Message.kind == "note").order_by(Message.id)
    assert [tuple(row) for row in db.session.execute(kept)] == [
        *zip(first, "012", strict=True),
        (last, "3"),
    ]
    named = select(EventRecord.data).where(EventRecord.kind == "note_added")
    ids = [data["message"] for data in db.session.scalars(named.order_by(EventRecord.id))]
    assert ids == [*first, last]
    assert rows(Message, Message.case_id == after) == 1


def test_no_id_is_given_twice(app: Flask, masha: Staff) -> None:
    """Not even that of an event which is gone: live pages go by it."""
    with bus.unit_of_work():
        gone = history.record(events.SettingsChanged, by=masha, data={"what": "settings"}).record
    number = gone.id
    with bus.unit_of_work():
        db.session.delete(gone)
    with bus.unit_of_work():
        numbers.know_ahead(EventRecord, block=1)
        event = history.record(events.SettingsChanged, by=masha, data={"what": "settings"})
        assert event.id > number


def put(subject: str) -> None:
    outbox.put(Mail("a@b.example", subject, "Текст", "test"), dedupe=subject)


def subjects() -> list[str]:
    sent = select(OutboxItem.payload).where(OutboxItem.template == "test").order_by(OutboxItem.id)
    return [payload["subject"] for payload in db.session.scalars(sent)]


def rows(model: type, *where: object) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0
