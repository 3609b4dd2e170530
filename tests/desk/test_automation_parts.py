"""Each field, each action and the calendar operators on a real ticket."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus, clock
from core.clock import Frozen
from core.db import db
from desk import catalog as catalogs
from desk import events, history, tags, tickets
from desk.automation import conditions_hold, run_actions
from desk.automation.actions import ACTIONS
from desk.automation.fields import FIELDS
from desk.automation.live import facts_of
from desk.automation.moment import Occurrence, occurrence_of
from desk.automation.planning import plan_of
from desk.catalog import catalog
from desk.history import Cause
from desk.tickets import NewTicket
from models import (
    Client,
    ClientCategory,
    CounterPolicy,
    CustomField,
    EventRecord,
    Group,
    Message,
    Staff,
    Topic,
)
from tests.support.people import hire
from tests.support.rules import case, cond, do, without_rules
from tests.support.rules import given as given_rule


@pytest.fixture
def ticket(app: Flask, ivan: Client, sergey: Staff, clock: Frozen) -> int:
    without_rules()
    with bus.unit_of_work():
        db.session.add(Topic(key="cards", name_ru="Карты", name_en="Cards"))
        key_client = ClientCategory(key="key", name_ru="Ключевой", name_en="Key")
        db.session.add(key_client)
        db.session.add(CustomField(key="floor", name_ru="Этаж", name_en="Floor", kind="number"))
        db.session.add(CustomField(key="bought", name_ru="Куплен", name_en="Bought", kind="date"))
        db.session.add(CounterPolicy(key="no_answer", name_ru="Без ответа", kind="no_answer"))
        db.session.get_one(Client, ivan.id).categories = [key_client]
        catalogs.changed()
        new = NewTicket(
            "Терминал", "Не печатает чек", direction_id=ids("directions", "main"),
            type_id=ids("types", "repair"), topic_id=ids("topics", "cards"),
            fields={"floor": 7, "bought": "2026-01-10"},
        )  # fmt: skip
        number = tickets.open_ticket(new, requester=ivan).number
        repair = db.session.query(Group).filter_by(key="repair").one()
        tickets.assign_group(case(number), repair, by=sergey)
        tickets.assign(case(number), sergey, by=sergey)
        tags.add_tags(case(number), ["Чек", "срочно"], by=sergey)
        clock.advance(hours=1)
        tickets.client_reply(case(number), "Ну что?", by=ivan)
        clock.advance(hours=1)
        tickets.reply(case(number), "Чиним", by=sergey)
    clock.advance(hours=1)
    return number


def ids(what: str, key: str) -> int:
    found: int = catalog().by_key(what, key).id
    return found


# field -> (operator, value that holds, value that does not); a callable is asked inside a unit.
ASKED: dict[str, tuple[str, Any, Any]] = {
    "status": ("is", lambda: ids("statuses", "new"), lambda: ids("statuses", "solved")),
    "assignee": ("is", lambda: person("Сергей"), 1),
    "group": ("any_of", lambda: [ids("groups", "repair")], [999]),
    "line": ("is", 1, 2),
    "type": ("is", lambda: ids("types", "repair"), lambda: ids("types", "payment")),
    "topic": ("any_of", lambda: [ids("topics", "cards")], [999]),
    "priority": ("lt", 3, 2),
    "tags": ("has_all", ["срочно", "чек"], ["срочно", "нет"]),
    "direction": ("is", lambda: ids("directions", "main"), 999),
    "channel": ("is", "portal", "email"),
    "subject": ("is", "Терминал", "терминалы"),
    "text": ("contains", "не печатает", "касса"),
    "client_category": ("has_any", lambda: [ids("categories", "key")], [999]),
    "company": ("contains", "северный", "южный"),
    "requester_name": ("contains", "ivan@sevsklad", "galina"),
    "locale": ("is", "ru", "en"),
    "hours_since_created": ("gt", 2.9, 3),
    "hours_since_client": ("lt", 2.1, 2),
    "hours_since_agent": ("gt", 0.5, 1),
    "now": ("inside", lambda: ids("calendars", "office"), 999),
    "counter": ("empty", None, ...),
    "field.floor": ("gt", 6, 7),
    "field.bought": ("older_than", 30, 100_000),
    "kind": ("is", "ticket", "dialog"),
    "status_category": ("any_of", ["new", "open"], ["closed"]),
    "message_author": ("empty", None, ...),
    "message_channel": ("empty", None, ...),
    "message_kind": ("empty", None, ...),
    "message_attachment": ("is", "no", "yes"),
    "message_automatic": ("is", "no", "yes"),
    "message_length": ("empty", None, ...),
    "client_domain": ("is", "sevsklad.example", "sklad.example"),
    "client_open_tickets": ("is", 0, 1),
    "client_has_open_tickets": ("is", "no", "yes"),
    "client_tickets": ("between", {"from": 1, "to": 1}, {"from": 2, "to": 9}),
    "hours_since_status": ("gt", 2.9, 3),
    "hours_since_assignee": ("between", {"from": 2.9, "to": 3}, {"from": 0, "to": 1}),
    "counters_running": ("empty", None, ...),
    "counter_overdue": ("is", "no", "yes"),
    "counter_minutes_left": ("gt", ..., 0),
}


def person(name: str) -> int:
    found: int = db.session.query(Staff).filter_by(name=name).one().id
    return found


def test_every_field_is_asked() -> None:
    assert set(ASKED) == {*FIELDS, "field.floor", "field.bought"}


@pytest.mark.parametrize("field", ASKED)
def test_field(ticket: int, field: str) -> None:
    op, right, wrong = ASKED[field]
    with bus.unit_of_work(writes=False):
        for value, expected in ((right, True), (wrong, False)):
            if value is ...:
                continue
            asked = value() if callable(value) else value
            group = {"all": [cond(field, op, asked)]}
            assert conditions_hold(group, case(ticket)) == expected, (field, asked)


def test_which_counter_fired(ticket: int) -> None:
    with bus.unit_of_work(writes=False):
        policy = db.session.query(CounterPolicy).filter_by(key="no_answer").one().id
        record = EventRecord(kind="counter_fired", changes={}, data={"policy": policy})
        occurrence = occurrence_of([events.of(record)])
        facts = facts_of(case(ticket), occurrence)
        assert facts["counter"] == policy
        shown = dict(FIELDS["counter"].type.options())
        assert shown[policy] == FIELDS["counter"].show(policy) == "Без ответа"


@pytest.mark.parametrize(
    ("hour", "inside"), [(9, True), (17, True), (18, False), (3, False)], ids=str
)
def test_inside_and_outside_of_working_hours(
    ticket: int, clock: Frozen, hour: int, inside: bool
) -> None:
    clock.set(datetime(2026, 3, 3, hour, 0, tzinfo=ZoneInfo("Europe/Moscow")))
    with bus.unit_of_work(writes=False):
        office = ids("calendars", "office")
        for op, expected in (("inside", inside), ("outside", not inside)):
            assert conditions_hold({"all": [cond("now", op, office)]}, case(ticket)) == expected
            assert not conditions_hold({"all": [cond("now", op, 999)]}, case(ticket))


def doings() -> dict[str, dict[str, Any]]:
    return {
        "set_status": do("set_status", ids("statuses", "waiting")),
        "assign_person": do("assign_person", None),
        "assign_group": do("assign_group", ids("groups", "first")),
        "run_dispatcher": do("run_dispatcher", "free"),
        "pass_to_line": do("pass_to_line", 2, reason="не смогли"),
        "set_priority": do("set_priority", 4),
        "set_type": do("set_type", ids("types", "payment")),
        "set_topic": do("set_topic", ids("topics", "cards")),
        "add_tag": do("add_tag", ["Новая Метка", "чек"]),
        "remove_tag": do("remove_tag", ["чек", "нет такой"]),
        "add_note": do("add_note", text="Номер {{ ticket.number }}"),
        "send_mail": do("send_mail", to="client", subject={"ru": "Тема"}, text={"ru": "Текст"}),
        "send_letter": {"do": "send_letter", "letter": "created"},
        "turn_into_ticket": {"do": "turn_into_ticket"},
        "set_field": do("set_field", {"field": "floor", "value": 9}),
        "start_counter": do("start_counter", policy_of("no_answer")),
        "stop_counter": do("stop_counter", policy_of("no_answer")),
        "call_webhook": do("call_webhook", url="https://robot.example/in", text="{{ status }}"),
    }


def policy_of(key: str) -> int:
    return db.session.query(CounterPolicy).filter_by(key=key).one().id


@pytest.mark.parametrize("kind", ACTIONS)
def test_action_does_what_it_plans(ticket: int, kind: str) -> None:
    with bus.unit_of_work():
        stored = doings()[kind]
        before = history.snapshot(case(ticket))
        facts = facts_of(case(ticket), Occurrence())
        planned = ACTIONS[kind].plan(stored, facts)
        (effect,) = plan_of([stored], facts) or [None]
        run_actions([stored], case(ticket), Cause())
        after = history.snapshot(case(ticket))
        again = plan_of([stored], after)
    assert after == before | planned
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= set(ACTIONS[kind].writes_of(stored))
    assert (effect is None) == (not changed and not ACTIONS[kind].leaves)
    assert all(ACTIONS[kind].leaves and not one.changes for one in again)


def test_note_is_written_by_the_product(ticket: int) -> None:
    with bus.unit_of_work():
        run_actions([doings()["add_note"]], case(ticket), Cause())
    note = db.session.query(Message).filter_by(kind="note").one()
    assert (note.text, note.author.kind) == (f"Номер {ticket}", "rule")


def test_the_time_of_a_stay_is_that_of_the_status(ticket: int) -> None:
    with bus.unit_of_work(writes=False):
        facts = facts_of(case(ticket), Occurrence())
        assert clock.now() - facts["status_since"] == timedelta(hours=3)


def test_people_hired_later_can_be_chosen(ticket: int) -> None:
    person_ = hire("Лена", "lena@kurier.example")
    given_rule("Лене", "ticket_updated", [do("assign_person", person_.id)])
    with bus.unit_of_work():
        history.change(case(ticket), line=2)
    assert case(ticket).assignee_id == person_.id
