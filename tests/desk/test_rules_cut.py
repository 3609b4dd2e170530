"""What keeps a rule from going on: failures, loops, long chains, parts that are not there."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import catalog, history, tags, tickets
from desk.automation import library
from desk.automation.actions.set_topic import SetTopic
from desk.tickets import NewTicket
from models import Client, CustomField, EventRecord, Message, Staff
from tests.desk.test_automation import HIGH, opened
from tests.support.rules import (
    case,
    cond,
    do,
    given,
    rule,
    runs,
    status,
    without_rules,
)


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def test_failure_keeps_the_message_and_the_other_rules(
    ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_given: Any) -> str:
        raise RuntimeError("тема сломана")

    monkeypatch.setattr(SetTopic, "run", explode)
    monkeypatch.setattr(SetTopic, "plan", lambda *_given: {"topic": 1})
    monkeypatch.setattr("desk.automation.planning.action_gone", lambda *_given: False)
    monkeypatch.setattr("desk.automation.library.references_gone", lambda _given: [])
    bad = given("Падает", "ticket_created", [do("add_tag", ["новое-слово"]), do("set_topic", 1)])
    given("Работает", "ticket_created", [do("set_priority", HIGH)])
    number = opened(ivan)
    assert db.session.query(Message).count() == 1
    assert (case(number).priority, case(number).tag_names) == (HIGH, [])
    failed = runs(bad)[0]
    assert failed.state == "failed"
    assert "тема сломана" in failed.error
    kinds = [row.kind for row in db.session.query(EventRecord).filter_by(case_id=number)]
    assert "tags_changed" not in kinds
    for _time in range(4):
        opened(ivan)
    assert rule(bad).state == "off"
    off = db.session.query(EventRecord).filter_by(kind="rule_switched_off").one()
    assert off.data["name"] == "Падает"


def test_a_loop_is_cut_and_named(ivan: Client, masha: Staff) -> None:
    first, second = status("in_work"), status("waiting")
    given("А", "status_changed", [do("set_status", second)], cond("status", "became", [first]))
    given("Б", "status_changed", [do("set_status", first)], cond("status", "became", [second]))
    number = opened(ivan)
    with bus.unit_of_work():
        history.change(case(number), status=first)
    assert [run.state for run in runs()] == ["done", "done", "cut"]
    assert runs()[-1].error == "stopped: loop"
    assert case(number).status_id == first
    assert history.snapshot(case(number)) == folded(number)


def folded(number: int) -> dict[str, Any]:
    query = db.session.query(EventRecord).filter_by(case_id=number).order_by(EventRecord.id)
    return history.fold(query.all())


def test_a_long_chain_is_cut(ivan: Client) -> None:
    rules = [
        given(
            f"Шаг {step}",
            "tags_changed",
            [do("add_tag", [f"шаг-{step:02}"])],
            cond("tags", "has_any", [f"шаг-{step - 1:02}"]),
        )
        for step in range(12, 0, -1)
    ]
    number = opened(ivan)
    with bus.unit_of_work():
        tags.add_tags(case(number), ["шаг-00"], by=ivan)
    assert len(rules) == 12
    assert case(number).tag_names[-1] == "шаг-10"
    assert (runs()[-1].state, runs()[-1].error) == ("cut", "stopped: too long a chain")


def test_broken_and_unknown_kinds_are_skipped(ivan: Client) -> None:
    broken = given("Сломано", "ticket_created", [do("set_priority", HIGH)])
    given("Цело", "ticket_created", [do("add_tag", ["цело"])])
    with bus.unit_of_work():
        version = rule(broken).versions[0]
        version.definition = {
            "on": ["ticket_created", "moon_rose"],
            "if": {"all": [cond("mood", "is", "bad"), cond("status", "sings", 1)]},
            "then": [do("launch_rocket", 1)],
        }
        db.session.flush()
        library.move(rule(broken), 1, by=history.actor_of(history.Cause()))
    assert case(opened(ivan)).tag_names == ["цело"]
    assert runs(broken) == []


def test_a_rule_that_cannot_be_asked_is_named(ivan: Client) -> None:
    with bus.unit_of_work():
        db.session.add(CustomField(key="floor", name_ru="Этаж", kind="number"))
        catalog.changed()
    asks = given("Этаж", "ticket_created", [do("add_tag", ["х"])], cond("field.floor", "gt", 3))
    given("Цело", "ticket_created", [do("add_tag", ["цело"])])
    with bus.unit_of_work():
        new = NewTicket("Этаж", "Какой?", fields={"floor": "третий"})
        number = tickets.open_ticket(new, requester=ivan).number
    assert case(number).tag_names == ["цело"]
    assert (runs(asks)[0].state, runs(asks)[0].effects) == ("failed", [])
    assert "TypeError" in runs(asks)[0].error
