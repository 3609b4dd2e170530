"""Bad input and bad luck: deleted rules, people who left, huge texts, templates that try tricks."""

import time
from typing import Any

import pytest
from flask import Flask

from core import bus, clock
from core.db import db
from desk import catalog, tickets
from desk.automation import library, reasons, templates
from desk.automation.definition import problems_in
from desk.automation.evaluator import evaluate
from desk.automation.facts import Facts
from desk.automation.moment import Occurrence
from desk.automation.placeholder import Scene
from desk.automation.ruleset import current
from desk.tickets import NewTicket
from models import Client, OutboxItem, Staff
from tests.support.rules import (
    case,
    cond,
    decisions,
    definition,
    do,
    given,
    mail,
    outbox,
    rule,
    runs,
    without_rules,
)
from tests.support.tickets import opened

CREATED = "ticket_created"
TRICKS = (
    "{{ ticket.__class__ }}",
    "{{ ticket.number.real }}",
    "{{ 7 * 7 }}",
    "{{ client.name|upper }}",
    "{{ self }}",
    "{{ config.secret_key }}",
    "{{ ticket.subject[0] }}",
    "{{ ''.join(message) }}",
)
NOT_OURS = ("{% for x in message %}{{% endfor %}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{number}")


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def test_a_rule_deleted_while_its_event_waits_does_nothing(ivan: Client, anton: Staff) -> None:
    number = given("Поздно", CREATED, [do("add_tag", ["х"]), mail()])
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket("Терминал", "Молчит"), requester=ivan)
        library.delete(rule(number), by=anton)  # the event has not been handed over yet
    assert (ticket.tag_names, runs(), outbox(), decisions()) == ([], [], [], [])


def test_what_a_deleted_rule_has_put_out_still_leaves(ivan: Client, anton: Staff) -> None:
    number = given("Письмо", CREATED, [mail()])
    opened(ivan)
    with bus.unit_of_work():
        library.delete(rule(number), by=anton)
    assert [item.state for item in outbox()] == ["queued"]
    assert runs()[0].rule.deleted_at is not None


def test_an_agent_who_left_is_neither_given_work_nor_written_to(ivan: Client, masha: Staff) -> None:
    then = [do("assign_person", masha.id), mail("assignee"), do("add_tag", ["дальше"])]
    given("Маше", CREATED, then)
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).deactivated_at = clock.now()
        catalog.changed()
    number = opened(ivan).number
    assert (case(number).assignee_id, case(number).tag_names) == (None, ["дальше"])
    assert db.session.query(OutboxItem).filter_by(recipient=masha.email).count() == 0
    assert runs()[0].state == "done"


@pytest.mark.one_database
def test_a_megabyte_of_text_is_asked_and_kept_small(ivan: Client) -> None:
    words = {"phrases": ["задержка доставки"], "mode": "any", "within": 3, "guard_negation": True}
    for at, asked in enumerate(
        (cond("text", "words", words), cond("text", "contains", "нет такого"))
    ):
        given(f"Текст {at}", CREATED, [do("add_tag", ["х"])], asked)
    huge = "Где моя посылка? " * (1_000_000 // 17)
    facts = {"text": huge, "tags": [], "status": 1, "last_runs": {}}
    with bus.unit_of_work(writes=False):
        began = time.process_time()
        happened = Occurrence(kinds=frozenset([CREATED]))
        decision = evaluate(current(), Facts(facts), happened, clock.now())
        assert time.process_time() - began < 20
        assert [miss.path for miss in decision.misses] == ["if.0", "if.0"]
        assert len(reasons.packed(decision, current())) < 200


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_in_a_template_is_refused_and_never_run(ivan: Client, trick: str) -> None:
    number = opened(ivan).number
    with bus.unit_of_work(writes=False):
        found = problems_in(definition(CREATED, [do("add_note", text=trick)]))
        assert [one.where for one in found] == ["then.0"]
        scene = Scene(case(number), Occurrence())
        assert templates.rendered(trick, scene) == trick


@pytest.mark.parametrize("text", NOT_OURS)
def test_other_template_languages_are_plain_text(ivan: Client, text: str) -> None:
    number = opened(ivan).number
    with bus.unit_of_work(writes=False):
        assert templates.rendered(text, Scene(case(number), Occurrence())) == text


def test_a_rendered_text_has_a_bound(ivan: Client) -> None:
    number = opened(ivan, text="ы" * 9_000).number
    with bus.unit_of_work(writes=False):
        began = time.process_time()
        text = templates.rendered("{{ message }}" * 700, Scene(case(number), Occurrence()))
        assert len(text) <= templates.MAX_RESULT
        assert time.process_time() - began < 5


@pytest.mark.parametrize("words", [*TRICKS, *NOT_OURS, "{{ client.name }}", "{{ ticket.number }}"])
def test_what_a_client_wrote_is_never_evaluated(ivan: Client, words: str) -> None:
    text = "{{ message }} / {{ ticket.subject }}"
    given("Эхо", CREATED, [do("add_note", text=text), mail("address", text=text, address=ECHO)])
    with bus.unit_of_work():
        number = tickets.open_ticket(NewTicket(words, words), requester=ivan).number
    (item,) = outbox()
    assert f"{words} / {words}" in _on_one_line(item.payload)
    assert "49" not in item.payload["text"].replace(str(number), "")


ECHO = "echo@kurier.example"


def _on_one_line(payload: dict[str, Any]) -> str:
    return " ".join(str(payload["text"]).split())
