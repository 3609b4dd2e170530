"""What rules do when something happens: order, chains, people, states."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import catalog, events, settings, tickets
from desk.automation import library
from desk.automation.definition import event_kinds
from desk.automation.reasons import reasons_of
from desk.tickets import NewTicket
from models import Client, EventRecord, Message, Priority, Staff
from tests.support.rules import (
    case,
    cond,
    decisions,
    do,
    given,
    mail,
    missed,
    outbox,
    rule,
    runs,
    status,
    without_rules,
)

HIGH, URGENT = int(Priority.HIGH), int(Priority.URGENT)


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def opened(ivan: Client, subject: str = "Терминал", text: str = "Не печатает чек") -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket(subject, text), requester=ivan).number


def test_acts_when_its_conditions_hold(ivan: Client) -> None:
    hot = given(
        "Чек", "ticket_created", [do("set_priority", HIGH)], cond("text", "contains", "ЧЕК")
    )
    given("Сад", "ticket_created", [do("set_priority", URGENT)], cond("text", "contains", "сад"))
    number = opened(ivan)
    assert case(number).priority == HIGH
    ran = runs()
    assert [run.rule_id for run in ran] == [hot]
    assert ran[0].effects == [{"do": "set_priority", "at": 0, "changes": {"priority": [2, 3]}}]
    event = db.session.query(EventRecord).filter_by(kind="priority_changed").one()
    assert event.cause_rule_version_id == ran[0].rule_version_id


def test_each_sees_what_those_before_did(ivan: Client) -> None:
    given("Первое", "ticket_created", [do("set_priority", HIGH)])
    given("Второе", "ticket_created", [do("add_tag", ["горит"])], cond("priority", "is", HIGH))
    number = opened(ivan)
    assert case(number).tag_names == ["горит"]
    assert len(decisions()) == 1


def test_order_decides_and_can_be_changed(ivan: Client, anton: Staff) -> None:
    given("Первое", "ticket_created", [do("set_priority", HIGH)])
    second = given("Второе", "ticket_created", [do("set_priority", URGENT)])
    assert case(opened(ivan)).priority == URGENT
    with bus.unit_of_work():
        assert library.move(rule(second), -1, by=anton)
    assert case(opened(ivan)).priority == HIGH


def test_stop_keeps_the_rest_from_running(ivan: Client) -> None:
    given("Первое", "ticket_created", [do("set_priority", HIGH)], stop=True)
    given("Второе", "ticket_created", [do("add_tag", ["зря"])])
    number = opened(ivan)
    assert case(number).tag_names == []
    assert list(missed(decisions()[0]).values()) == ["stop:"]


def test_a_chain_follows_after_the_list(ivan: Client) -> None:
    given(
        "Тема", "priority_changed", [do("add_tag", ["важное"])], cond("priority", "became", [HIGH])
    )
    given("Важность", "ticket_created", [do("set_priority", HIGH)])
    number = opened(ivan)
    assert case(number).tag_names == ["важное"]
    tag = db.session.query(EventRecord).filter_by(kind="tags_changed").one()
    assert tag.depth == 2
    cause = db.session.get_one(EventRecord, tag.cause_event_id)
    assert cause.kind == "priority_changed"


def test_changes_of_one_unit_are_merged(ivan: Client, masha: Staff) -> None:
    number = opened(ivan)
    given("Менялся", "status_changed", [do("add_tag", ["менялся"])])
    jumped = given(
        "Из нового в решённое",
        "status_changed",
        [do("add_tag", ["разом"])],
        cond("status", "changed_from_to", {"from": [status("new")], "to": [status("solved")]}),
    )
    with bus.unit_of_work():
        tickets.change_status(case(number), status("in_work"), by=masha)
        tickets.change_status(case(number), status("solved"), by=masha)
    assert case(number).tag_names == ["менялся", "разом"]
    assert len(runs(jumped)) == 1


def test_a_change_that_was_taken_back_has_not_happened(ivan: Client, masha: Staff) -> None:
    number = opened(ivan)
    given("Менялся", "status_changed ticket_updated", [do("add_tag", ["менялся"])])
    with bus.unit_of_work():
        tickets.change_status(case(number), status("in_work"), by=masha)
        tickets.change_status(case(number), status("new"), by=masha)
    assert case(number).tag_names == []


@pytest.mark.parametrize(("overwrite", "expected"), [(False, "low"), (True, "urgent")])
def test_a_person_is_stronger_than_a_rule(
    ivan: Client, masha: Staff, overwrite: bool, expected: str
) -> None:
    number = opened(ivan)
    given(
        "Срочно всё",
        "ticket_updated",
        [do("set_priority", URGENT), do("add_tag", ["срочно"])],
        overwrite=overwrite,
    )
    with bus.unit_of_work():
        tickets.set_priority(case(number), Priority.LOW, by=masha)
    assert case(number).priority == {"low": Priority.LOW, "urgent": Priority.URGENT}[expected]
    assert case(number).tag_names == ["срочно"]
    skipped = [effect.get("skipped") for effect in runs()[0].effects]
    assert skipped == [None if overwrite else "skipped: set by a person", None]


def test_runs_once_for_a_ticket(ivan: Client, masha: Staff) -> None:
    given("Один раз", "agent_replied", [do("add_note", text="Проверьте оплату")], run="once")
    number = opened(ivan)
    for words in ("Смотрю", "Готово"):
        with bus.unit_of_work():
            tickets.reply(case(number), words, by=masha)
    assert db.session.query(Message).filter_by(kind="note").count() == 1
    assert "once" in missed(decisions()[-1]).values()


def test_runs_once_while_in_a_status(ivan: Client, masha: Staff, clock: Frozen) -> None:
    given("На стоянку", "agent_replied", [do("add_note", text="Ждём")], run="once_per_status")
    number = opened(ivan)
    for key in ("waiting", "in_work"):
        clock.advance(minutes=1)
        with bus.unit_of_work():
            tickets.change_status(case(number), status(key), by=masha)
        for _turn in range(2):
            clock.advance(minutes=1)
            with bus.unit_of_work():
                tickets.reply(case(number), "Пишу", by=masha)
    assert db.session.query(Message).filter_by(kind="note").count() == 2


def test_shadow_only_says_what_it_would_do(ivan: Client) -> None:
    shadow = given(
        "Тень", "ticket_created", [do("set_priority", HIGH), mail()], state="shadow", stop=True
    )
    given("Дальше", "ticket_created", [do("add_tag", ["дальше"])])
    number = opened(ivan)
    assert (case(number).priority, case(number).tag_names) == (Priority.NORMAL, ["дальше"])
    assert (runs(shadow)[0].state, outbox()) == ("shadow", [])
    assert runs(shadow)[0].effects[0]["changes"] == {"priority": [2, 3]}


@pytest.mark.parametrize("state", ["draft", "off"])
def test_neither_a_draft_nor_what_is_off_runs(ivan: Client, state: str) -> None:
    given("Молчит", "ticket_created", [do("set_priority", HIGH)], state=state)
    opened(ivan)
    assert (runs(), decisions()) == ([], [])


def test_the_stop_switch_stops_all(ivan: Client, anton: Staff) -> None:
    given("Громкое", "ticket_created", [do("set_priority", HIGH)])
    with bus.unit_of_work():
        library.stop_all(True, by=anton)
        assert settings.get("rules_stopped")
    assert case(opened(ivan)).priority == Priority.NORMAL
    with bus.unit_of_work():
        library.stop_all(False, by=anton)
    assert case(opened(ivan)).priority == HIGH


def test_what_was_removed_is_left_undone(ivan: Client, masha: Staff) -> None:
    given("Маше", "ticket_created", [do("assign_person", masha.id), do("add_tag", ["маше"])])
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).deactivated_at = ivan.created_at
        catalog.changed()
    number = opened(ivan)
    assert (case(number).assignee_id, case(number).tag_names) == (None, ["маше"])
    assert "removed" in runs()[0].effects[0]["skipped"]


def test_listening_rules_that_did_not_hold_are_kept_with_what_they_saw(ivan: Client) -> None:
    given(
        "Высокий",
        "ticket_created",
        [do("add_tag", ["х"])],
        cond("channel", "is", "portal"),
        cond("priority", "is", HIGH),
    )
    opened(ivan)
    row = decisions()[0]
    assert list(missed(row).values()) == ["if.1"]
    assert reasons_of(row).seen == {"priority": 2}


def test_a_rule_about_something_else_leaves_no_trace(ivan: Client) -> None:
    given("Другое", "agent_replied", [do("add_tag", ["х"])])
    opened(ivan)
    assert decisions() == []


def test_every_kind_of_event_can_be_listened_to() -> None:
    listed = {kind for kind, cls in events.KINDS.items() if cls.label and "dialog" not in kind}
    assert set(event_kinds()) == {*listed, "ticket_updated"}
