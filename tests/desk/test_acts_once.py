"""A trigger acts once on what a person did, whichever event tells it of that."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import tags, tickets
from desk.automation import explain, library
from desk.automation.replay import playing
from models import Client, Message, Staff
from tests.support.rules import (
    case,
    cond,
    do,
    given,
    mail,
    outbox,
    rule,
    runs,
    status,
    without_rules,
)
from tests.support.tickets import opened


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def has(tag: str) -> dict[str, Any]:
    return cond("tags", "has_any", [tag])


def ran(number: int) -> list[tuple[int, str]]:
    return [(run.rule_id, run.state) for run in runs() if run.case_id == number]


def acted() -> list[tuple[int, str]]:
    return [(run.rule_id, run.state) for run in runs()]


def replayed_times() -> dict[int, int]:
    outcome = playing.replayed({"days": 30, "zone": "Europe/Moscow"}, lambda done, total: None)
    return {row[0]: row[1] for row in outcome["rules"] if row[1]}


def why_not(number: int, rule_id: int) -> list[str]:
    with bus.unit_of_work(writes=False):
        stories = explain.why(case(number)).stories
        return [one.seen for story in stories for one in story.not_run if one.rule.id == rule_id]


def test_one_tag_of_masha_is_one_mail(ivan: Client, masha: Staff) -> None:
    first = given("Х1", "tags_changed", [do("add_tag", ["м2"]), mail()], has("м1"))
    second = given("Х2", "tags_changed", [do("add_tag", ["м3"])], has("м2"))
    number = opened(ivan).number
    with bus.unit_of_work():
        tags.add_tags(case(number), ["м1"], by=masha)
    assert acted() == [(first, "done"), (second, "done"), (first, "cut")]
    assert case(number).tag_names == ["м1", "м2", "м3"]
    assert len(outbox()) == 1
    assert replayed_times() == {first: 1, second: 1}


def test_a_new_ticket_gets_each_note_once(ivan: Client) -> None:
    """Each hears of the ticket and of what the others do to it."""
    on = "ticket_created tags_changed"
    named = [
        given(
            f"К{at}", on, [do("add_tag", [f"м{at}"]), do("add_note", text=f"Записка {at}")], *asked
        )
        for at, asked in enumerate(((), (has("м0"),), (has("м1"),)))
    ]
    number = opened(ivan).number
    query = db.session.query(Message.text).filter_by(case_id=number, kind="note")
    said = [row[0] for row in query.order_by(Message.id)]
    assert said == ["Записка 0", "Записка 1", "Записка 2"]
    assert [one for one in acted() if one[1] == "done"] == [(each, "done") for each in named]
    assert replayed_times() == dict.fromkeys(named, 1)


def test_what_another_trigger_did_is_no_second_cause(ivan: Client, masha: Staff) -> None:
    """No loop: the upper one led to nothing that the lower one looks at."""
    upper = given("Верх", "tags_changed priority_changed", [do("add_tag", ["виден"]), mail()])
    lower = given("Низ", "tags_changed", [do("set_priority", 3)], has("срочно"))
    number = opened(ivan).number
    with bus.unit_of_work():
        tags.add_tags(case(number), ["срочно"], by=masha)
    assert [one for one in acted() if one[1] == "done"] == [(upper, "done"), (lower, "done")]
    assert len(outbox()) == 1
    with bus.unit_of_work():
        tags.add_tags(case(number), ["ещё"], by=masha)
    assert len(outbox()) == 2


def test_why_says_that_once_is_enough(ivan: Client, masha: Staff) -> None:
    quiet = given("Тихий", "priority_changed tags_changed", [mail()])
    given("Срочность", "tags_changed", [do("set_priority", 3)])
    number = opened(ivan).number
    with bus.unit_of_work():
        tags.add_tags(case(number), ["срочно"], by=masha)
    assert acted()[0] == (quiet, "done")
    assert [state for _rule, state in acted()] == ["done", "done"]
    assert why_not(number, quiet) == [
        "Он уже сработал на то, что к этому привело: хватит одного раза."
    ]
    assert replayed_times()[quiet] == 1


def test_a_reopening_is_of_the_message_that_reopened(ivan: Client, masha: Staff) -> None:
    loud = given("Громкий", "client_replied status_changed", [mail("assignee"), mail()])
    number = opened(ivan).number
    with bus.unit_of_work():
        tickets.change_status(case(number), status("solved"), by=masha)
    assert len(outbox()) == 1
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Опять не печатает", by=ivan)
    assert case(number).category == "open"
    assert (len(outbox()), acted()) == (2, [(loud, "done"), (loud, "done")])
    assert replayed_times() == {loud: 2}


def test_one_that_only_watches_would_act_once(ivan: Client, masha: Staff) -> None:
    watching = given("Смотрит", "tags_changed priority_changed", [mail()], state="shadow")
    given("Срочность", "tags_changed", [do("set_priority", 3)])
    number = opened(ivan).number
    with bus.unit_of_work():
        tags.add_tags(case(number), ["срочно"], by=masha)
    assert [state for rule, state in acted() if rule == watching] == ["shadow"]


def test_stop_here_holds_for_one_that_has_acted(ivan: Client, masha: Staff) -> None:
    """It says stop each time its conditions hold, whether it has something left to do or not."""
    given("Стоп", "tags_changed priority_changed", [mail()], stop=True)
    given("Ниже", "priority_changed", [do("add_tag", ["ниже"])])
    above = given("Выше", "tags_changed", [do("set_priority", 3)])
    with bus.unit_of_work():
        library.move(rule(above), -2, by=masha)
    number = opened(ivan).number
    with bus.unit_of_work():
        tags.add_tags(case(number), ["срочно"], by=masha)
    assert case(number).tag_names == ["срочно"]
