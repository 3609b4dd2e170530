"""Facts that stand in other tables: what they say, and that they are read once and when asked."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus, clock
from core.clock import Frozen
from core.db import db
from desk import events, tickets
from desk.automation.conditions import compiled
from desk.automation.field import Subject
from desk.automation.fields import FIELDS
from desk.automation.live import facts_of
from desk.automation.moment import Moment, Occurrence, occurrence_of
from desk.files import Upload
from models import Case, Client, CounterPolicy, EventRecord, Message, Staff
from tests.desk.test_deadlines import open_one, policy
from tests.support.rules import case, cond, without_rules
from tests.support.statements import statements
from tests.support.tickets import opened


def holds(of: Case, field: str, op: str, value: object, happened: Occurrence) -> bool:
    check, _conditions = compiled({"all": [cond(field, op, value)]})
    return check(Moment(facts_of(of, happened), {}, clock.now())) is None


def last_message(number: int) -> Occurrence:
    record = db.session.query(EventRecord).filter_by(case_id=number)
    newest = record.order_by(EventRecord.id.desc()).first()
    assert newest is not None
    return occurrence_of([events.of(newest)])


def test_what_is_known_of_the_message(app: Flask, ivan: Client, sergey: Staff) -> None:
    without_rules()
    number = opened(ivan).number
    with bus.unit_of_work():
        photo = Upload("0" * 64, "чек.png", 3)
        tickets.client_reply(case(number), "Вот чек", by=ivan, channel="email", uploads=[photo])
    with bus.unit_of_work(writes=False):
        came = last_message(number)
        for field, value in {
            "message_author": "client",
            "message_channel": "email",
            "message_kind": "public",
            "message_attachment": "yes",
            "message_automatic": "no",
            "message_length": 7,
        }.items():
            assert FIELDS[field].of(Subject(case(number), came)) == value
            assert holds(case(number), field, "is", value, came), field
    with bus.unit_of_work():
        tickets.add_note(case(number), "Проверю", by=sergey)
    with bus.unit_of_work(writes=False):
        noted = last_message(number)
        assert holds(case(number), "message_author", "is", "staff", noted)
        assert holds(case(number), "message_kind", "is", "note", noted)
        assert holds(case(number), "message_attachment", "is", "no", noted)


def test_an_automatic_message_is_known(app: Flask, ivan: Client) -> None:
    record = EventRecord(kind="client_replied", changes={}, data={"automatic": True})
    with bus.unit_of_work(writes=False):
        happened = occurrence_of([events.of(record)])
        assert holds(Case(), "message_automatic", "is", "yes", happened)


def test_what_else_the_client_has(app: Flask, ivan: Client, galina: Client) -> None:
    first, second = opened(ivan).number, opened(ivan, "Второе").number
    opened(galina)
    with bus.unit_of_work(writes=False):
        assert holds(case(second), "client_open_tickets", "is", 1, Occurrence())
        assert holds(case(second), "client_has_open_tickets", "is", "yes", Occurrence())
        assert holds(case(second), "client_tickets", "is", 2, Occurrence())
    with bus.unit_of_work():
        tickets.solve(case(first))
    with bus.unit_of_work(writes=False):
        assert holds(case(first), "status_category", "is", "solved", Occurrence())
        assert holds(case(second), "client_has_open_tickets", "is", "no", Occurrence())


def test_since_when_somebody_works_on_it(
    app: Flask, ivan: Client, masha: Staff, sergey: Staff, clock: Frozen
) -> None:
    without_rules()
    number = opened(ivan).number
    with bus.unit_of_work(writes=False):
        assert not holds(case(number), "hours_since_assignee", "gt", 0, Occurrence())
    for who, hours in ((masha, 2), (sergey, 5)):
        with bus.unit_of_work():
            tickets.assign(case(number), who, by=who)
        clock.advance(hours=hours)
    with bus.unit_of_work(writes=False):
        five = {"from": 5, "to": 5}
        assert holds(case(number), "hours_since_assignee", "between", five, Occurrence())


def test_a_rule_that_assigns_begins_the_time_anew(app: Flask, ivan: Client, masha: Staff) -> None:
    number = opened(ivan).number
    with bus.unit_of_work(writes=False):
        moment = Moment(facts_of(case(number), Occurrence()), {}, clock.now())
        assert moment.facts["assignee_since"] is None
        before = moment.take_over({"assignee": masha.id})
        assert moment.facts["assignee_since"] == moment.now
        assert before["assignee_since"] is None


def test_what_is_known_of_its_counters(anton: Staff, ivan: Client, clock: Frozen) -> None:
    without_rules()
    clock.set(datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Moscow")))  # a Monday
    row: CounterPolicy = policy(anton, "no_answer", 60)
    number = open_one(ivan)
    clock.advance(minutes=20)
    with bus.unit_of_work(writes=False):
        assert holds(case(number), "counters_running", "has_any", [row.id], Occurrence())
        assert holds(case(number), "counter_overdue", "is", "no", Occurrence())
        assert holds(
            case(number), "counter_minutes_left", "between", {"from": 40, "to": 40}, Occurrence()
        )
        shown = FIELDS["counters_running"].show([row.id])
        assert shown == "Нет ответа: no_answer60"
        assert FIELDS["counter_minutes_left"].show(40.0) == "40 мин"
    clock.advance(minutes=70)
    with bus.unit_of_work(writes=False):
        assert holds(case(number), "counter_overdue", "is", "yes", Occurrence())
        assert holds(case(number), "counter_minutes_left", "lt", -29, Occurrence())


COSTLY = (
    "client_open_tickets",
    "client_tickets",
    "hours_since_assignee",
    "counters_running",
    "counter_minutes_left",
)


@pytest.mark.parametrize("field", COSTLY)
def test_a_costly_fact_is_read_once_and_only_when_asked(
    app: Flask, ivan: Client, sergey: Staff, field: str
) -> None:
    number = opened(ivan).number
    with bus.unit_of_work():
        tickets.assign(case(number), sergey, by=sergey)
    with bus.unit_of_work(writes=False):
        row = case(number)
        facts = facts_of(row, Occurrence())
        moment = Moment(facts, {}, clock.now() + timedelta(hours=1))
        read = FIELDS[field].reader()
        with statements() as asked:
            first, second = read(moment), read(moment)
        assert first == second
        assert len(asked) <= 1, asked


def test_the_message_is_read_once_by_all_its_fields(app: Flask, ivan: Client) -> None:
    number = opened(ivan).number
    with bus.unit_of_work(writes=False):
        row, happened = case(number), Occurrence()
        message = db.session.query(Message).filter_by(case_id=number).order_by(Message.id).first()
        assert message is not None
        happened = last_message(number)
        db.session.expunge_all()
        facts = facts_of(row, happened)
        with statements() as asked:
            for field in ("message_channel", "message_length", "message_kind"):
                _value = facts[field]
        assert len(asked) <= 1, asked
