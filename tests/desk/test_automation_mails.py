"""Mails that rules send: to whom, in which words, how many, and what a client never reads."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import catalog, history, settings, tickets
from desk.automation import conditions_hold, problems_of_actions, run_actions
from desk.automation.moment import Occurrence
from desk.automation.placeholder import Reader, Scene
from desk.automation.placeholders import PLACEHOLDERS
from desk.automation.recipients import NOBODY
from desk.automation.templates import rendered, unknown
from desk.history import Cause
from desk.tickets import NewTicket
from models import Client, EventRecord, Group, Membership, Staff
from tests.support.rules import case, cond, do, given, mail, outbox, runs, without_rules


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def opened(ivan: Client, subject: str = "Терминал", text: str = "Не печатает") -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket(subject, text), requester=ivan).number


def said(template: str, number: int, *, to_client: bool = True) -> str:
    with bus.unit_of_work(writes=False):
        reader = Reader.CLIENT if to_client else Reader.COLLEAGUE
        return rendered(template, Scene(case(number), Occurrence(), reader))


def test_goes_to_the_client_by_name(ivan: Client) -> None:
    given("Письмо", "ticket_created", [mail(text="Здравствуйте, {{ client.first_name }}!")])
    opened(ivan)
    (item,) = outbox()
    assert (item.recipient, item.template) == ("ivan@sevsklad.example", "rule")
    assert "Здравствуйте, Иван!" in item.payload["text"]
    assert item.payload["headers"]["Auto-Submitted"] == "auto-generated"
    assert runs()[0].effects[0]["receipts"] == [["ivan@sevsklad.example", ""]]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("assignee", ["sergey@kurier.example"]),
        ("group", ["olga@kurier.example", "sergey@kurier.example"]),
        ("head", ["olga@kurier.example"]),
    ],
)
def test_goes_to_colleagues(
    ivan: Client, sergey: Staff, olga: Staff, to: str, expected: list[str]
) -> None:
    number = opened(ivan)
    repair = db.session.query(Group).filter_by(key="repair").one().id
    join(olga, repair)
    given("Письмо", "client_replied", [mail(to)])
    with bus.unit_of_work():
        history.change(case(number), group=repair, assignee=sergey.id)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ещё", by=ivan)
    assert sorted(item.recipient for item in outbox()) == expected
    assert "/agent/t/" in outbox()[0].payload["text"]


def join(head: Staff, group_id: int) -> None:
    with bus.unit_of_work():
        group = db.session.get_one(Group, group_id)
        group.head_id = head.id
        db.session.add(Membership(staff_id=head.id, group_id=group_id, since=head.created_at))
        catalog.changed()


def test_is_written_in_the_readers_language(ivan: Client) -> None:
    text = {"ru": "Здравствуйте", "en": "Hello"}
    given("Письмо", "ticket_created", [mail() | {"text": text}])
    with bus.unit_of_work():
        db.session.get_one(Client, ivan.id).locale = "en"
    opened(ivan)
    assert "Hello" in outbox()[0].payload["text"]


def test_nobody_to_write_to_is_said(ivan: Client) -> None:
    given("Письмо", "ticket_created", [mail("head"), mail("assignee"), mail("group")])
    opened(ivan)
    assert outbox() == []
    kept = [effect["receipts"] for effect in runs()[0].effects]
    assert kept == [[["", NOBODY[to]]] for to in ("head", "assignee", "group")]


def test_a_storm_is_braked(ivan: Client, clock: Frozen) -> None:
    given("Письмо", "client_replied", [mail()])
    number = opened(ivan)
    for _turn in range(14):
        with bus.unit_of_work():
            tickets.client_reply(case(number), "Ау", by=ivan)
    assert len(outbox()) == 10
    assert runs()[-1].effects[0]["receipts"][0][1] == "too many mails to this address"
    clock.advance(minutes=11)
    for _turn in range(14):
        with bus.unit_of_work():
            tickets.client_reply(case(number), "Ау", by=ivan)
    assert len(outbox()) == 15


def test_a_storm_over_many_tickets_is_braked(ivan: Client) -> None:
    given("Письмо", "ticket_created", [mail()])
    for _turn in range(33):
        opened(ivan)
    assert len(outbox()) == 30


def test_an_automatic_message_is_not_answered(ivan: Client) -> None:
    given("Письмо", "client_replied", [mail()])
    number = opened(ivan)
    with bus.unit_of_work():
        message = tickets.client_reply(case(number), "Я в отпуске", by=ivan)
        event = bus.unit().events[-1]
        event.record.data = {"message": message.id, "automatic": True}
    assert outbox() == []
    assert "automatic" in runs()[0].effects[0]["receipts"][0][1]


def test_what_a_rule_did_on_an_automatic_message_is_not_told_to_its_writer(ivan: Client) -> None:
    given("Метка", "client_replied", [do("add_tag", ["отпуск"])])
    given("Письмо о метке", "tags_changed", [mail()])
    number = opened(ivan)
    with bus.unit_of_work():
        message = tickets.client_reply(case(number), "Я в отпуске", by=ivan)
        bus.unit().events[-1].record.data = {"message": message.id, "automatic": True}
    assert outbox() == []
    assert "automatic" in runs()[-1].effects[0]["receipts"][0][1]


def test_our_own_address_gets_nothing(ivan: Client) -> None:
    given("Письмо", "ticket_created", [mail("address", address="help@kurier.example")])
    with bus.unit_of_work():
        settings.put("support_email", "help@kurier.example")
    opened(ivan)
    assert outbox() == []


def test_what_a_client_writes_is_never_a_template(ivan: Client) -> None:
    given("Письмо", "ticket_created", [mail(text="Тема: {{ ticket.subject }}")])
    opened(ivan, subject="{{ company }} {{7*7}} {{ ''.__class__ }}")
    assert "Тема: {{ company }} {{7*7}} {{ ''.__class__ }}" in outbox()[0].payload["text"]


def test_notes_and_hidden_experts_are_not_told_to_clients(
    ivan: Client, masha: Staff, vera: Staff
) -> None:
    number = opened(ivan)
    with bus.unit_of_work():
        tickets.pass_to_line(case(number), 3, by=masha)
        tickets.assign(case(number), vera, by=vera)
        note = tickets.add_note(case(number), "КАНАРЕЙКА", by=vera)
    assert said("{{ agent.name }}", number) == "Линия"
    assert said("{{ agent.name }}", number, to_client=False) == "Вера"
    assert said("{{ message }}", number) == "Не печатает"
    record = db.session.query(EventRecord).filter_by(kind="note_added").one()
    assert record.data["message"] == note.id
    given("Письмо", "note_added", [mail(text="{{ message }}")])
    with bus.unit_of_work():
        tickets.add_note(case(number), "КАНАРЕЙКА", by=vera)
    assert "КАНАРЕЙКА" not in str([item.payload for item in outbox()])


def test_every_placeholder_says_something(ivan: Client, masha: Staff) -> None:
    number = opened(ivan)
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    texts = {key: said("{{" + key + "}}", number) for key in PLACEHOLDERS}
    assert texts == texts | {
        "ticket.number": str(number),
        "ticket.subject": "Терминал",
        "client.name": "Иван Петров",
        "client.first_name": "Иван",
        "agent.name": "Маша",
        "status": "Новое",
        "company": "Линия",
        "message": "Не печатает",
    }
    assert "/r/" in texts["ticket.link"]
    assert "10:00" in texts["promise"]
    assert texts.pop("counter.late") == ""  # nothing is late
    assert all(texts.values())


def test_unknown_placeholders_are_found() -> None:
    text = "{{ client.name }} {{ client.__class__ }} {{ config }} {{x}}"
    assert unknown(text) == ["client.__class__", "config", "x"]


def test_others_run_the_same_actions(ivan: Client, masha: Staff) -> None:
    number = opened(ivan)
    actions: list[dict[str, Any]] = [
        do("assign_person", masha.id),
        do("set_status", 99_999),
        do("launch_rocket", 1),
        {},
        do("set_priority", 4),
        mail("assignee"),
    ]
    assert problems_of_actions([do("fly", 1)])
    with bus.unit_of_work():
        done = run_actions(actions, case(number), Cause())
    assert (case(number).assignee_id, case(number).priority) == (masha.id, 4)
    assert "removed" in done[1]["skipped"]
    assert ["KeyError" in each.get("skipped", "") for each in done[2:4]] == [True, True]
    assert [item.recipient for item in outbox()] == ["masha@kurier.example"]


def test_others_ask_the_same_conditions(ivan: Client) -> None:
    number = opened(ivan)
    with bus.unit_of_work(writes=False):
        assert conditions_hold({}, case(number))
        assert conditions_hold({"all": [cond("text", "contains", "печатает")]}, case(number))
        assert not conditions_hold({"any": [cond("company", "is", "Другая")]}, case(number))
        assert not conditions_hold({"none": [cond("mood", "is", "bad")]}, case(number))
