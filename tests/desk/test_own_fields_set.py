"""Own fields that triggers fill in."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from core.i18n import use_locale
from desk import catalog, events, tickets
from desk.automation import library
from desk.automation.definition import problems_in, references_gone
from desk.automation.library import NewVersion
from desk.automation.lint.writes import writes_of
from desk.automation.pieces import plain
from desk.automation.sentences import sentence_of_actions
from desk.automation.told import told
from desk.errors import Invalid
from desk.tickets import NewTicket
from models import (
    Client,
    CustomField,
    EventRecord,
    Staff,
)
from tests.support.rules import case, cond, definition, do, given, runs, without_rules


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()
    rows = [
        {"key": "till", "name_ru": "Касса", "name_en": "Till", "kind": "choice",
         "choices": ["Первая", "Вторая"]},
        {"key": "paid", "name_ru": "Оплачен", "name_en": "Paid", "kind": "bool"},
        {"key": "floor", "name_ru": "Этаж", "name_en": "Floor", "kind": "number"},
        {"key": "bought", "name_ru": "Куплен", "name_en": "Bought", "kind": "date"},
        {"key": "model", "name_ru": "Модель", "name_en": "Model", "kind": "text"},
    ]  # fmt: skip
    with bus.unit_of_work():
        for at, row in enumerate(rows):
            db.session.add(CustomField(position=at, **row))
        catalog.changed()


def put(field: str, value: Any) -> dict[str, Any]:
    return do("set_field", {"field": field, "value": value})


def open_one(ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number


def happened(kind: str) -> list[EventRecord]:
    return db.session.query(EventRecord).filter_by(kind=kind).order_by(EventRecord.id).all()


@pytest.mark.parametrize(
    ("field", "value", "kept", "en", "ru"),
    [
        ("till", "Вторая", "Вторая", "none → Вторая", "нет → Вторая"),
        ("paid", "yes", True, "none → yes", "нет → да"),
        ("paid", "no", False, "none → no", "нет → нет"),
        ("floor", 7.5, 7.5, "none → 7.5", "нет → 7.5"),
        ("bought", "2026-01-10", "2026-01-10", "none → 2026-01-10", "нет → 2026-01-10"),
        ("model", "К-2", "К-2", "none → К-2", "нет → К-2"),
    ],
)
def test_a_field_is_filled_in_with_history(
    ivan: Client, field: str, value: Any, kept: Any, en: str, ru: str
) -> None:
    given("Поле", "ticket_created", [put(field, value)])
    number = open_one(ivan)
    assert case(number).fields == {field: kept}
    (event,) = happened("field_changed")
    assert event.changes == {f"field.{field}": [None, kept]}
    with bus.unit_of_work(writes=False):
        for code, said in (("en", en), ("ru", ru)):
            with use_locale(code):
                assert events.of(event).sentence().endswith(f": {said}")
                (line,) = told(runs()[0].effects, [put(field, value)])
                assert line.after == said.rpartition(" ")[2]


def test_others_hear_that_it_changed_and_once_it_is_so_nothing_happens(ivan: Client) -> None:
    given("Поле", "ticket_created", [put("floor", 7)])
    given("Слышит", "field_changed", [do("set_priority", 4)], cond("field.floor", "is", 7))
    watcher = given("Сменилось", "ticket_updated", [do("add_tag", ["этаж"])],
                    cond("field.floor", "changed"))  # fmt: skip
    number = open_one(ivan)
    assert case(number).priority == 4
    assert case(number).tag_names == ["этаж"]
    again = given("Снова", "tags_changed note_added", [put("floor", 7)])
    assert [run.state for run in runs(watcher)] == ["done"]
    assert not runs(again)


@pytest.mark.parametrize(
    "value",
    [
        None, "", 7, [], {}, {"field": "till"}, {"field": "", "value": "x"},
        {"field": "till", "value": "Третья"}, {"field": "nothing", "value": "x"},
        {"field": "floor", "value": "семь"}, {"field": "floor", "value": True},
        {"field": "bought", "value": "2026-02-31"}, {"field": "bought", "value": "вчера"},
        {"field": "paid", "value": "maybe"}, {"field": "paid", "value": True},
        {"field": "model", "value": "x" * 251}, {"field": ["till"], "value": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_what_does_not_fit_is_refused(anton: Staff, value: Any) -> None:
    asked = definition("ticket_created", [{"do": "set_field", "value": value}])
    with bus.unit_of_work(writes=False):
        found = problems_in(asked) or references_gone(asked)
    assert [problem.where for problem in found] == ["then.0"]
    with pytest.raises(Invalid), bus.unit_of_work():
        library.create(NewVersion(asked, "Поле"), by=anton)


def test_a_field_that_was_removed_is_a_dead_reference(ivan: Client) -> None:
    number = given("Поле", "ticket_created", [put("till", "Первая"), do("set_priority", 4)])
    with bus.unit_of_work():
        row = db.session.query(CustomField).filter_by(key="till").one()
        row.choices = ["Вторая"]
        catalog.changed()
    ticket = open_one(ivan)
    assert (case(ticket).fields, case(ticket).priority) == ({}, 4)
    assert [one.get("skipped", "") != "" for one in runs(number)[0].effects] == [True, False]
    with bus.unit_of_work():
        db.session.delete(db.session.query(CustomField).filter_by(key="till").one())
        catalog.changed()
    with bus.unit_of_work(writes=False):
        found = references_gone(definition("ticket_created", [put("till", "Первая")]))
        assert [one.where for one in found] == ["then.0"]
        assert "till" in plain(sentence_of_actions([put("till", "Первая")]))


def test_lint_knows_what_it_writes(app: Flask) -> None:
    with bus.unit_of_work(writes=False):
        found = writes_of(definition("ticket_created", [put("paid", "no"), put("floor", 3)]))
    assert found.sets == {"field.paid": False, "field.floor": 3}


def test_a_person_who_set_it_is_not_overruled(ivan: Client, masha: Staff) -> None:
    given("Поле", "field_changed", [put("floor", 7)])
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.set_field(case(number), "floor", 3, by=masha)
    assert case(number).fields == {"floor": 3}
