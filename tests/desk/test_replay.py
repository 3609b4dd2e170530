"""Replay: the past played once more by the rules that made it ends as it did."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.automation.replay.playing import replayed
from models import Case, Client, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rule_dice import Dice
from tests.support.rules import (
    cond,
    definition,
    do,
    given,
    mail,
    outbox,
    runs,
    status,
    without_rules,
)
from tests.support.tickets import opened


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def played(days: int = 30, **more: Any) -> dict[str, Any]:
    return replayed({"days": days, "zone": "Europe/Moscow", **more}, lambda done, total: None)


def numbers_of(outcome: dict[str, Any]) -> dict[int, int]:
    """How often each rule would have acted."""
    return {row[0]: row[1] for row in outcome["rules"] if row[1]}


def live_numbers() -> dict[int, int]:
    found: dict[int, int] = {}
    for run in runs():
        if run.state in ("done", "shadow"):
            found[run.rule_id] = found.get(run.rule_id, 0) + 1
    return found


@pytest.mark.parametrize("seed", range(12))
def test_the_rules_that_made_a_history_make_it_again(
    clock: Frozen, masha: Staff, sergey: Staff, ivan: Client, seed: int
) -> None:
    dice = Dice(seed, [masha, sergey])
    for number, one in enumerate(dice.rules(8)):
        more = {key: one[key] for key in ("run", "stop", "overwrite")}
        given(f"Правило {number}", " ".join(one["on"]), one["then"], **more, **{"if": one["if"]})
    given("Разговор", "dialog_message", [do("turn_into_ticket")], cond("text", "contains", "чек"))
    dice.history(ivan, clock)
    outcome = played()
    assert outcome["tickets"] == []
    assert outcome["differing"] == 0
    assert numbers_of(outcome) == live_numbers()
    assert {row[0]: row[1] for row in outcome["rules"] if row[4]} == {}


def test_what_a_person_set_is_left_alone_by_the_whole_chain(masha: Staff, ivan: Client) -> None:
    """Also by rules that hear only what other rules did."""
    first = given("Метка", "line_changed", [do("add_tag", ["передано"])])
    given("Назад", "tags_changed", [do("pass_to_line", 1, reason="")])
    ticket = opened(ivan)
    with bus.unit_of_work():
        tickets.pass_to_line(db.session.get_one(Case, ticket.id), 2, by=masha)
    assert db.session.get_one(Case, ticket.id).line == 2
    assert numbers_of(played()) == {first: 1} == live_numbers()


def test_a_draft_is_played_among_the_others(clock: Frozen, masha: Staff, ivan: Client) -> None:
    """Each difference is named with who would have set it; nothing is written."""
    given("Срочно", "priority_changed", [do("add_tag", ["срочно"])], cond("priority", "is", 4))
    draft = definition(
        "ticket_created",
        [do("set_priority", 4), mail(text="Статус: {{ status }}")],
        cond("text", "contains", "чек"),
    )
    ticket = opened(ivan)
    opened(ivan, "Где посылка")
    before = db.session.query(Case).filter_by(id=ticket.id).one().version
    outcome = played(definition=draft, rule=None)
    fields = {row[0]: row[1:3] for row in outcome["tickets"][0]["fields"]}
    assert fields == {"priority": [2, 4], "tags": [[], ["срочно"]]}
    assert (outcome["differing"], outcome["mine"], outcome["focus"]) == (1, 1, -1)
    assert sum(day[2] for day in outcome["days"].values()) == 1
    assert "Статус: Новое" in outcome["letters"][0]["text"]
    assert db.session.query(Case).filter_by(id=ticket.id).one().version == before


def test_an_edited_rule_takes_its_own_place(ivan: Client, masha: Staff) -> None:
    """It stops those after it, and not those before; what it did in life is left out."""
    first = given("Первый", "ticket_created", [do("add_tag", ["первый"])])
    edited = given("Второй", "ticket_created", [do("add_tag", ["второй"])])
    last = given("Третий", "ticket_created", [do("add_tag", ["третий"])])
    opened(ivan)
    stop = definition("ticket_created", [do("set_priority", 3)], stop=True)
    outcome = played(definition=stop, rule=edited)
    assert numbers_of(outcome) == {first: 1, edited: 1}
    assert outcome["stopped"] == [[edited, last, 1]]
    fields = {row[0]: row[1:3] for row in outcome["tickets"][0]["fields"]}
    assert fields == {"priority": [2, 3], "tags": [["второй", "первый", "третий"], ["первый"]]}


def test_what_others_would_do_now_is_not_laid_at_the_one_that_is_tried(
    ivan: Client, masha: Staff
) -> None:
    """A trigger that was switched on since acts on the same ticket: just its own part is named,
    and a ticket on which the tried one changes nothing is not its doing."""
    opened(ivan)
    opened(ivan, "Где посылка")
    given("Новый", "ticket_created", [do("set_priority", 4)])
    draft = definition("ticket_created", [do("add_tag", ["чек"])], cond("text", "contains", "чек"))
    outcome = played(definition=draft, rule=None)
    assert (outcome["differing"], outcome["mine"]) == (2, 1)
    mine, other = outcome["tickets"]
    assert [(row[0], row[4]) for row in mine["fields"]] == [("tags", True), ("priority", False)]
    assert [(row[0], row[4]) for row in other["fields"]] == [("priority", False)]
    same = definition("ticket_created", [do("set_priority", 4)])
    outcome = played(definition=same, rule=None)
    assert (outcome["differing"], outcome["mine"]) == (2, 0)
    assert outcome["days"] == {}  # what is so already is no deed


def test_a_trigger_that_has_acted_is_compared_with_itself_as_it_is_saved(
    ivan: Client, masha: Staff
) -> None:
    """As it is saved it would end nothing otherwise; edited so that it acts no more, it does."""
    rule = given("Срочно", "ticket_created", [do("set_priority", 4)])
    opened(ivan)
    given("Новый", "ticket_created", [do("add_tag", ["новый"])])
    same = definition("ticket_created", [do("set_priority", 4)])
    outcome = played(definition=same, rule=rule)
    assert (outcome["differing"], outcome["mine"]) == (1, 0)
    never = definition(
        "ticket_created", [do("set_priority", 4)], cond("text", "contains", "посылка")
    )
    outcome = played(definition=never, rule=rule)
    fields = [(row[0], row[4]) for row in outcome["tickets"][0]["fields"]]
    assert (outcome["mine"], fields) == (1, [("priority", True), ("tags", False)])


def test_people_do_to_what_would_be_what_they_did(masha: Staff, ivan: Client) -> None:
    """A tag that a person put on comes beside those of the rule; what is so already is no news."""
    heard = given("Слышит", "priority_changed", [do("add_tag", ["слышал"])])
    ticket = opened(ivan)
    with bus.unit_of_work():
        case = db.session.get_one(Case, ticket.id)
        tickets.set_priority(case, 4, by=masha)
    draft = definition("ticket_created", [do("set_priority", 4), do("add_tag", ["сам"])])
    outcome = played(definition=draft, rule=None)
    assert numbers_of(outcome) == {-1: 1, heard: 1}
    fields = {row[0]: row[1:3] for row in outcome["tickets"][0]["fields"]}
    assert fields == {"tags": [["слышал"], ["сам", "слышал"]]}


def test_what_a_person_set_is_named_after_no_rule(
    masha: Staff, sergey: Staff, anton: Staff, ivan: Client
) -> None:
    """The first rule gave it to Masha; that Sergey has it in the end is Anton's doing."""
    given("Маше", "ticket_created", [do("assign_person", masha.id)])
    edited = given("Антону", "note_added", [do("assign_person", anton.id)], overwrite=True)
    ticket = opened(ivan)
    with bus.unit_of_work():
        tickets.assign(db.session.get_one(Case, ticket.id), sergey, by=anton)
    with bus.unit_of_work():
        tickets.add_note(db.session.get_one(Case, ticket.id), "Смотри", by=masha)
    tag = definition("note_added", [do("add_tag", ["смотри"])])
    outcome = played(definition=tag, rule=edited)
    fields = {row[0]: tuple(row[1:4]) for row in outcome["tickets"][0]["fields"]}
    assert fields["assignee"] == (anton.id, sergey.id, None)
    assert fields["tags"] == ([], ["смотри"], edited)


def test_a_client_who_writes_is_reopened_also_in_the_past(
    clock: Frozen, masha: Staff, ivan: Client
) -> None:
    """By the product, unless the rules that are played set a status."""
    ticket = opened(ivan)
    with bus.unit_of_work():
        tickets.solve(db.session.get_one(Case, ticket.id), by=masha)
    clock.advance(hours=1)
    with bus.unit_of_work():
        tickets.client_reply(db.session.get_one(Case, ticket.id), "Опять!", by=ivan)
    assert played()["differing"] == 0
    draft = definition("client_replied", [do("set_status", status("new"))])
    outcome = played(definition=draft, rule=None)
    ((name, was, would, by, _mine),) = outcome["tickets"][0]["fields"]
    assert (name, was, would, by) == ("status", status("in_work"), status("new"), -1)


def test_only_the_days_that_were_asked_for_are_played(clock: Frozen, ivan: Client) -> None:
    number = given("Каждый", "client_replied", [do("add_tag", ["писал"])], run="once")
    ticket = opened(ivan)

    def writes() -> None:
        with bus.unit_of_work():
            tickets.client_reply(db.session.get_one(Case, ticket.id), "Ещё", by=ivan)

    writes()
    clock.advance(days=20)
    writes()
    assert numbers_of(played(30)) == {number: 1}
    assert numbers_of(played(7)) == {}, "it has had its turn before"
    assert played(7)["events"] == 1


def test_what_is_kept_is_bounded_and_what_is_counted_is_not(
    ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.automation.replay.tally.TICKETS", 2)
    monkeypatch.setattr("desk.automation.replay.tally.LETTERS", 1)
    for _time in range(4):
        opened(ivan)
    draft = definition("ticket_created", [do("set_priority", 4), mail(text="ещё " * 1000)])
    outcome = played(definition=draft, rule=None)
    assert (outcome["differing"], len(outcome["tickets"])) == (4, 2)
    assert len(outcome["letters"]) == 1
    assert len(outcome["letters"][0]["text"]) <= 2_000
    assert sum(day[2] for day in outcome["days"].values()) == 4


def test_mails_are_held_back_as_in_life(clock: Frozen, ivan: Client) -> None:
    """By what had gone to the address from the whole desk, and about the ticket."""
    number = given("Письмо", "ticket_created client_replied", [mail(text="Статус")])
    tickets_ = [opened(ivan) for _time in range(40)]
    clock.advance(minutes=20)
    for _time in range(12):
        with bus.unit_of_work():
            tickets.client_reply(db.session.get_one(Case, tickets_[0].id), "Ещё", by=ivan)
    outcome = played()
    (row,) = [each for each in outcome["rules"] if each[0] == number]
    sent = [item for item in outbox() if item.template == "rule"]
    assert (row[1], row[3], outcome["held"]) == (52, len(sent), 52 - len(sent))
    assert len(sent) == 30 + 10
    assert sum(day[2] for day in outcome["days"].values()) == len(sent)
    assert len(outcome["letters"]) == 5


def test_mails_of_counters_and_of_the_hours_before_count_for_the_limit(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    """As in life: what counters wrote went, and triggers get what is left of the limit."""
    steps = [(minute, [mail()]) for minute in range(1, 7)]
    given_counter("Напоминание", anton, *steps)
    number = given("Письмо", "client_replied", [mail(text="Статус")])
    ticket = opened(ivan)
    for _minute in range(6):
        clock.advance(minutes=1)
        fire_all()
        with bus.unit_of_work():
            tickets.client_reply(db.session.get_one(Case, ticket.id), "Ещё", by=ivan)
    gone = [item for item in outbox() if item.template == "rule"]
    written = [item for item in gone if ":counter" not in item.dedupe_key]
    assert (len(gone), len(written)) == (10, 5)
    outcome = played()
    (row,) = [each for each in outcome["rules"] if each[0] == number]
    assert (row[1], row[3], outcome["held"]) == (6, 5, 1)
    clock.advance(days=7, minutes=-3)
    outcome = played(7)
    (row,) = [each for each in outcome["rules"] if each[0] == number]
    assert (row[1], row[3], outcome["held"]) == (4, 3, 1)
