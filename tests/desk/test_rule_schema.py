"""The JSON Schema of triggers: it fits what the engine takes and refuses what it refuses."""

import json
from typing import Any

import pytest
from flask import Flask
from jsonschema import Draft202012Validator

from core import bus
from core.db import db
from core.i18n import use_locale
from demo import read
from demo.furnish import furnish
from demo.rulebook import definition_of, write_counters
from desk import catalog
from desk.automation import gallery
from desk.automation.actions import ACTIONS
from desk.automation.definition import all_event_kinds, problems_in
from desk.automation.draft import empty
from desk.automation.fields import all_fields
from desk.automation.operators import operators_for
from desk.automation.schema import schema_of_triggers
from models import ClientCategory, CounterPolicy, CustomField, Staff
from tests.support.gallery import filled_in
from tests.support.rule_dice import Dice
from tests.support.rules import cond, definition, do, mail

CALM, TAG = do("set_priority", 3), do("add_tag", ["чек"])


@pytest.fixture
def company(app: Flask, masha: Staff) -> None:
    with bus.unit_of_work():
        db.session.add(ClientCategory(key="key", name_ru="Ключевой", name_en="Key"))
        db.session.add(CounterPolicy(key="late", name_ru="Долго", kind="no_answer", position=0))
        db.session.add(CustomField(key="till", name_ru="Касса", kind="text", position=1))
        db.session.add(CustomField(key="paid", name_ru="Оплачен", kind="date", position=2))
        catalog.changed()


def validator(language: str = "en") -> Draft202012Validator:
    with bus.unit_of_work(writes=False), use_locale(language):
        schema = schema_of_triggers()
    return Draft202012Validator(json.loads(json.dumps(schema)))


def judged(found: Draft202012Validator, given: Any) -> tuple[bool, bool]:
    """What the schema says, what the engine says."""
    with bus.unit_of_work(writes=False):
        return found.is_valid(given), not problems_in(given)


def test_it_names_all_there_is(company: None) -> None:
    schema = validator().schema
    Draft202012Validator.check_schema(schema)
    defs = schema["$defs"]
    assert {f"action.{key}" for key in ACTIONS} <= set(defs)
    with bus.unit_of_work(writes=False):
        fields = all_fields()
    for field in fields:
        fitting = {o.key for o in operators_for(field.type, has_history=field.has_history)}
        offered = {one["properties"]["op"]["const"] for one in defs[f"field.{field.key}"]["oneOf"]}
        assert offered == fitting
    kinds = [defs[name]["properties"]["on"]["items"]["oneOf"] for name in ("ticket", "dialog")]
    assert {one["const"] for each in kinds for one in each} == set(all_event_kinds())


@pytest.mark.one_database
def test_names_are_those_of_the_language(company: None) -> None:
    defs = {code: validator(code).schema["$defs"] for code in ("ru", "en")}
    assert defs["ru"]["field.status"]["title"] == "Статус"
    assert defs["en"]["field.status"]["title"] == "Status"
    told = {code: {one["title"] for one in its["value.status"]["oneOf"]}
            for code, its in defs.items()}  # fmt: skip
    assert "Новое" in told["ru"]
    assert "New" in told["en"]


def test_the_triggers_of_the_demo_fit(app: Flask) -> None:
    with bus.unit_of_work():
        keys = furnish(read.company())
        write_counters(read.counters(), keys, by=keys.staff["anton"])
        rules = [definition_of(row, keys) for row in read.rules()]
    found = validator()
    assert rules
    for each in rules:
        assert [error.message for error in found.iter_errors(each)] == []


@pytest.mark.one_database
def test_the_gallery_fits(company: None) -> None:
    found = validator()
    for template in gallery.templates():
        with bus.unit_of_work():
            whole = filled_in(template.definition())
        assert judged(found, whole) == (True, True), template.key


def test_what_dice_write_fits(company: None, masha: Staff, sergey: Staff) -> None:
    found = validator()
    for each in Dice(7, [masha, sergey]).rules(80):
        assert judged(found, each) == (True, True), each


GROUP = {"all": [cond("priority", "is", 3)]}
WRONG = {
    "no event": definition("", [CALM]),
    "an unknown event": definition("flown_away", [CALM]),
    "no action": definition("ticket_created", []),
    "an unknown action": definition("ticket_created", [{"do": "fly"}]),
    "an unknown field": definition("ticket_created", [CALM], cond("height", "is", 3)),
    "a comparison that does not suit": definition("ticket_created", [CALM], cond("text", "gt", 3)),
    "a text for a number": definition("ticket_created", [CALM], cond("message_length", "is", "9")),
    "one value for several": definition("ticket_created", [CALM], cond("priority", "any_of", 3)),
    "no value": definition("ticket_created", [CALM], {"field": "priority", "op": "is"}),
    "no words": definition("ticket_created", [CALM], cond("text", "words", {"phrases": []})),
    "nobody": definition("ticket_created", [do("assign_group", "")]),
    "a mail to no address": definition("ticket_created", [mail("address")]),
    "a mail without a text": definition("ticket_created", [mail(text=" ")]),
    "tickets and dialogs": definition("ticket_created dialog_created", [CALM]),
    "a line of a dialog": definition("dialog_created", [TAG, do("pass_to_line", 2)]),
    "a field of tickets": definition("dialog_created", [TAG], cond("line", "is", 2)),
    "how often": definition("ticket_created", [CALM], run="hourly"),
    "an empty group": definition("ticket_created", [CALM], {"any": []}),
    "too deep": definition("ticket_created", [CALM], {"any": [{"all": [{"none": [GROUP]}]}]}),
    "a bound that is missing": definition(
        "ticket_created", [CALM], cond("message_length", "between", {"from": 1})
    ),
    "changed from nothing to nothing": definition(
        "status_changed", [CALM], cond("status", "changed_from_to", {"from": [], "to": []})
    ),
}  # fmt: skip


@pytest.mark.one_database
def test_what_the_engine_refuses_does_not_fit(company: None) -> None:
    found = validator()
    for name, wrong in WRONG.items():
        assert judged(found, wrong) == (False, False), name


@pytest.mark.one_database
def test_what_is_asked_for_only_beside_another(company: None) -> None:
    found = validator()
    whole = definition("ticket_created", [mail("address", address="olga@kurier.example")], GROUP)
    assert judged(found, whole) == (True, True)
    kept = definition("ticket_created", [mail("client", address="")])
    assert judged(found, kept) == (True, True)


@pytest.mark.one_database
def test_a_new_row_of_the_editor_does_not_fit_yet(company: None) -> None:
    with bus.unit_of_work(writes=False):
        assert judged(validator(), empty()) == (not problems_in(empty()),) * 2
