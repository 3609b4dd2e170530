"""Notes stay inside: whatever leaves the house carries the last public message instead."""

import json
from typing import Any

import pytest
from flask import Flask

from core import bus, clock
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import tickets
from desk.automation import exchange, lint
from desk.automation.lint import Finding, Source
from desk.automation.replay.playing import replayed
from desk.automation.trial import try_on
from desk.catalog import changed
from desk.tickets import NewTicket
from models import Client, OutboxItem, Staff
from tests.support.rules import case, definition, do, given, mail, without_rules

NOTE, PUBLIC = "КАНАРЕЙКА", "Не печатает"
CLIENT, STRANGER, COLLEAGUE = "ivan@sevsklad.example", "out@x.example", "masha@kurier.example"
TEXT = "Текст: {{ message }} {{ ticket.link }}"
OUTSIDE = [mail(text=TEXT)] + [
    mail("address", address=each, text=TEXT) for each in (CLIENT, CLIENT.title(), STRANGER)
]
CALL = do("call_webhook", url="https://robot.example/in", text=TEXT)


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def number(ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", PUBLIC), requester=ivan).number


def note(number: int, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.add_note(case(number), NOTE, by=by)


def sent() -> OutboxItem:
    query = db.session.query(OutboxItem).filter(OutboxItem.template.in_(("rule", "webhook")))
    return query.one()


@pytest.mark.parametrize("action", OUTSIDE)
def test_a_mail_to_somebody_outside_has_the_last_public_message(
    action: dict[str, Any], number: int, masha: Staff
) -> None:
    given("Наружу", "note_added", [action])
    note(number, masha)
    item = sent()
    whole = str(item.payload)
    assert PUBLIC in whole
    assert NOTE not in whole
    assert "/agent/t/" not in whole
    assert ("/r/" in whole) == (action.get("address") != STRANGER)


def test_a_colleague_reads_the_note_by_address_too(number: int, masha: Staff) -> None:
    given("Внутри", "note_added", [mail("address", address=COLLEAGUE, text=TEXT)])
    note(number, masha)
    assert NOTE in sent().payload["text"]
    assert "/agent/t/" in sent().payload["text"]


def test_who_has_left_is_a_stranger(number: int, masha: Staff, vera: Staff) -> None:
    with bus.unit_of_work():
        db.session.get_one(Staff, vera.id).deactivated_at = clock.now()
        changed()
    given("Ушла", "note_added", [mail("address", address=vera.email, text=TEXT)])
    note(number, masha)
    assert NOTE not in str(sent().payload)
    assert "/agent/t/" not in str(sent().payload)


def test_another_program_is_told_no_note(number: int, masha: Staff) -> None:
    given("Робот", "note_added", [CALL])
    note(number, masha)
    body = sent().payload["text"]
    assert PUBLIC in json.loads(body)["text"]
    assert NOTE not in body


@pytest.mark.parametrize("action", [*OUTSIDE, CALL])
def test_trial_and_replay_show_what_would_leave(
    action: dict[str, Any], number: int, masha: Staff, clock: Frozen
) -> None:
    asked = definition("note_added", [action])
    note(number, masha)
    with bus.unit_of_work():
        (shown,) = try_on(asked, case(number)).letters
    clock.advance(hours=1)
    days = {"days": 7, "zone": "UTC", "definition": asked, "rule": None}
    outcome = replayed(days, lambda done, total: None)
    (played,) = outcome["letters"] + outcome["called"]
    for text in (shown.text, played["text"]):
        assert PUBLIC in text
        assert NOTE not in text


def hints(asked: dict[str, Any]) -> list[Finding]:
    with bus.unit_of_work(writes=False), use_locale("en"):
        found = lint.findings([Source(1, "Правило", asked)]).get(1, [])
        return [each for each in found if each.kind == "notes"]


@pytest.mark.parametrize("action", [*OUTSIDE, CALL])
def test_the_editor_says_so(action: dict[str, Any], masha: Staff) -> None:
    (found,) = hints(definition("note_added", [action]))
    assert (found.where, found.is_quiet, found.is_grave) == ("then.0", True, False)
    assert "last public message" in found.message
    assert hints(definition("ticket_updated", [action]))


def test_the_editor_is_silent_where_no_note_could_leave(masha: Staff) -> None:
    assert not hints(definition("note_added", [mail("assignee", text=TEXT)]))
    assert not hints(definition("note_added", [mail("address", address=COLLEAGUE, text=TEXT)]))
    assert not hints(definition("note_added", [mail()]))
    assert not hints(definition("client_replied", [mail(text=TEXT)]))


def test_a_file_says_so_before_it_is_taken_over(masha: Staff) -> None:
    given("Наружу", "note_added", [OUTSIDE[-1]])
    with bus.unit_of_work(writes=False), use_locale("en"):
        (change,) = exchange.changes(exchange.exported())
    assert "last public message" in change.hints[0]
