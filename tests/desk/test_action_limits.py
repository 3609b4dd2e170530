"""A limit that is met only at work is told as an outcome, and alarms nobody."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import tags, tickets
from desk.automation.actions.add_note import NOTHING
from desk.automation.actions.add_tag import TOO_MANY
from desk.automation.definition import problems_in
from desk.automation.live import run_actions
from desk.automation.told import told
from desk.automation.trial import try_on
from desk.history import Cause
from desk.texts import MAX_TEXT
from models import Client, Message, MessageKind, Staff
from tests.support.rules import case, definition, do, given, runs, without_rules
from tests.support.tickets import opened

FEW = [f"метка-{n}" for n in range(38)]
MORE = ["ещё", "и-ещё", "и-ещё-одна"]


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def tagged(ivan: Client, masha: Staff) -> int:
    number = opened(ivan).number
    with bus.unit_of_work():
        tags.add_tags(case(number), FEW, by=masha)
    return number


def test_an_action_with_too_many_tags_is_refused() -> None:
    names = [f"метка-{n}" for n in range(tags.MAX_TAGS + 1)]
    with bus.unit_of_work(writes=False):
        (problem,) = problems_in(definition("ticket_created", [do("add_tag", names)]))
        assert str(tags.MAX_TAGS) in str(problem)
        for fine in (do("add_tag", names[:-1]), do("remove_tag", names)):
            assert not problems_in(definition("ticket_created", [fine]))


def test_a_ticket_full_of_tags_keeps_them_and_gets_the_rest(tagged: int, masha: Staff) -> None:
    then = [do("add_tag", MORE), do("set_priority", 4)]
    number = given("Метит", "agent_replied", then)
    answered(tagged, masha)
    (run,) = runs(number)
    assert run.state == "done"
    assert [effect.get("skipped") for effect in run.effects] == [TOO_MANY, None]
    with bus.unit_of_work(writes=False):
        assert str(tags.MAX_TAGS) in told(run.effects, then)[0].held
    assert (len(case(tagged).tag_names), case(tagged).priority) == (38, 4)


def test_what_fits_is_put_on(tagged: int, masha: Staff) -> None:
    given("Метит", "agent_replied", [do("add_tag", [*MORE[:2], FEW[0]])])
    answered(tagged, masha)
    assert len(case(tagged).tag_names) == tags.MAX_TAGS


def test_it_does_not_switch_the_trigger_off(tagged: int, masha: Staff) -> None:
    number = given("Метит", "agent_replied", [do("add_tag", MORE)])
    for _time in range(6):
        answered(tagged, masha)
    assert {run.state for run in runs(number)} == {"skipped"}
    assert runs(number)[0].rule.state == "on"


def test_trial_and_counters_say_it_too(tagged: int) -> None:
    with bus.unit_of_work(writes=False):
        trial = try_on(definition("agent_replied", [do("add_tag", MORE)]), case(tagged))
    assert [(effect.skipped, trial.error) for effect in trial.effects] == [(TOO_MANY, "")]
    with bus.unit_of_work():
        (kept,) = run_actions([do("add_tag", MORE)], case(tagged), Cause())
    assert kept["skipped"] == TOO_MANY


def test_a_note_of_nothing_is_not_written(ivan: Client, masha: Staff) -> None:
    """Of placeholders alone nothing may be left."""
    ticket = opened(ivan).number
    number = given("Пишет", "priority_changed", [do("add_note", text="{{ counter.late }}")])
    with bus.unit_of_work():
        tickets.set_priority(case(ticket), 4, by=masha)
    (run,) = runs(number)
    assert (run.state, run.effects[0]["receipts"]) == ("done", [["", NOTHING]])
    assert noted(ticket) == []


def test_a_note_longer_than_a_message_may_be_is_cut(ivan: Client) -> None:
    ticket = opened(ivan).number
    given("Пишет", "client_replied", [do("add_note", text="{{ message }}" * 4)])
    with bus.unit_of_work():
        tickets.client_reply(case(ticket), "д" * 20_000, by=ivan)
    assert [len(text) for text in noted(ticket)] == [MAX_TEXT]


def noted(number: int) -> list[str]:
    query = db.session.query(Message).filter_by(case_id=number, kind=MessageKind.NOTE)
    return [message.text for message in query.order_by(Message.id)]


def answered(number: int, masha: Staff) -> None:
    with bus.unit_of_work():
        tickets.reply(case(number), "Смотрю", by=masha)
