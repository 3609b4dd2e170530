"""Triggers as a file with names: back again nothing differs, and an empty base says the same."""

import json
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk.automation import exchange, library
from desk.automation.names import local, portable
from desk.automation.pieces import plain
from desk.automation.sentences import sentence_of
from desk.errors import Invalid
from models import Group, Staff
from tests.support.rules import cond, definition, do, given, mail, rule, status, without_rules


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def rules_here(masha: Staff) -> list[int]:
    first = db.session.query(Group).filter_by(key="first").one().id
    pair = {"from": [status("new")], "to": []}
    return [
        given(
            "Новое → Маша",
            "ticket_created status_changed",
            [do("assign_person", masha.id), do("assign_group", first), do("set_priority", 3)],
            cond("status", "any_of", [status("new"), status("in_work")]),
            {"any": [cond("status", "changed_from_to", pair), cond("group", "empty")]},
            run="once",
        ),
        given("Письмо", "agent_replied", [mail()], cond("line", "is", 1), state="off", stop=True),
    ]


def sentences() -> list[str]:
    with bus.unit_of_work(writes=False):
        versions = library.versions_in_force()
        return [plain(sentence_of(versions[each.id].definition)) for each in library.rules()]


def test_names_stand_instead_of_ids_and_lead_back(masha: Staff) -> None:
    number = rules_here(masha)[0]
    with bus.unit_of_work(writes=False):
        kept = library.version_of(rule(number)).definition
        told = portable(kept)
        assert told["if"]["all"][0]["value"] == ["Новое", "В работе"]
        assert told["then"][0]["value"] == "masha@kurier.example"
        assert told["then"][2]["value"] == "High"
        assert local(told) == (kept, [])


def test_what_was_exported_changes_nothing(masha: Staff) -> None:
    rules_here(masha)
    with bus.unit_of_work(writes=False):
        found = exchange.changes(exchange.exported())
    assert [each.is_same for each in found] == [True, True]


def test_an_empty_base_says_the_same_sentences(masha: Staff, anton: Staff) -> None:
    rules_here(masha)
    before = sentences()
    with bus.unit_of_work(writes=False):
        text = exchange.exported()
    without_rules()
    with bus.unit_of_work():
        done = exchange.apply(exchange.changes(text), by=anton)
    assert done == 2
    assert sentences() == before
    assert [each.state for each in library.rules()] == ["draft", "draft"]
    with bus.unit_of_work():
        assert exchange.apply(exchange.changes(text), by=anton, with_states=True) == 2
    assert [each.state for each in library.rules()] == ["on", "off"]


def test_a_changed_one_becomes_a_version_and_shows_what_differs(masha: Staff, anton: Staff) -> None:
    number = rules_here(masha)[1]
    with bus.unit_of_work():
        whole = json.loads(exchange.exported())
        whole["triggers"][1]["on"] = ["client_replied"]
        found = exchange.changes(json.dumps(whole))
        assert [each.is_same for each in found] == [True, False]
        left, right = found[1].sides
        assert [piece.text for piece in left if piece.kind == "gone"]
        assert [piece.text for piece in right if piece.kind == "new"]
        assert exchange.apply(found, by=anton) == 1
    assert rule(number).version_number == 2


def test_unknown_names_are_told_and_nothing_of_them_is_saved(masha: Staff, anton: Staff) -> None:
    rules_here(masha)
    with bus.unit_of_work():
        whole = json.loads(exchange.exported())
        whole["triggers"][0]["name"]["ru"] = "Другое"
        whole["triggers"][0]["then"][1]["value"] = "Ремонт роботов"
        found = exchange.changes(json.dumps(whole))
        assert found[0].missing == ("Ремонт роботов",)
        assert not found[0].is_sound
        assert exchange.apply(found, by=anton) == 0


def test_triggers_of_one_name_are_matched_one_to_one(masha: Staff, anton: Staff) -> None:
    numbers = [given("Два", "ticket_created", [do("set_priority", n)]) for n in (1, 2)]
    with bus.unit_of_work():
        whole = json.loads(exchange.exported())
        assert [each.is_same for each in exchange.changes(json.dumps(whole))] == [True, True]
        whole["triggers"].append({**whole["triggers"][1], "on": ["client_replied"]})
        whole["triggers"][1]["then"] = [do("set_priority", "Urgent")]
        found = exchange.changes(json.dumps(whole))
        assert [each.rule.id if each.rule else None for each in found] == [*numbers, None]
        assert ["№ 1" in found[0].hints[0], "№ 2" in found[1].hints[0]] == [True, True]
        assert "рядом" in found[2].hints[0]
        assert exchange.apply(found, by=anton) == 2
    with bus.unit_of_work(writes=False):
        kept = [library.version_of(each).definition for each in library.rules()]
    assert [each["then"][0]["value"] for each in kept] == [1, 4, 2]
    assert [each["on"] for each in kept][2] == ["client_replied"]


@pytest.mark.parametrize(
    ("bent", "said"),
    [
        ({"name": {"ru": "я" * 201}}, "длиннее 200"),
        ({"name": {"en": "\u202e"}}, "Дайте триггеру название"),
        ({"name": {"ru": "А\ud800"}}, "\\ud800"),
        ({"then": [{"do": "add_tag", "value": ["\ud800"]}]}, "\\ud800"),
        ({"then": [{"do": "add_tag", "value": ["а\0"]}]}, "\\u0000"),
        ({"\udfff": 1}, "\\udfff"),
        ({"if": {"all": [cond("client_tickets", "gt", 10**30)]}}, "Условие 1: "),
        ({"if": {"all": [cond("status", "empty"), cond("client_tickets", "gt", 1e12)]}}, "ие 2: "),
        ({"if": {"all": [cond("client_tickets", "gt", float("nan"))]}}, "Условие 1: "),
        ({"if": {"all": [{**cond("status", "empty"), "more": float("inf")}]}}, "inf"),
        ({"then": [do("set_priority", "High"), do("nothing")]}, "Действие 2: "),
    ],
)
def test_what_could_not_be_kept_is_refused_with_its_place(
    anton: Staff, bent: dict[str, Any], said: str
) -> None:
    row = {"name": {"ru": "Кривое"}, **definition("ticket_created", [do("set_priority", "High")])}
    text = json.dumps({"format": exchange.FORMAT, "triggers": [{**row, **bent}, row]})
    with bus.unit_of_work():
        found = exchange.changes(text)
        assert [each.is_sound for each in found] == [False, True]
        assert said in found[0].refusals[0]
        assert found[0].name.isprintable()
        assert exchange.apply(found, by=anton) == 1


@pytest.mark.one_database
@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "[" * 100_000,
        '{"format": "liniya-triggers", "triggers": [1]}',
        '{"format": "liniya-triggers", "triggers": [{"name": {"ru": "А"}}]}',
        '{"format": "other", "triggers": []}',
        '{"format": "liniya-triggers", "version": 99, "triggers": []}',
    ],
)
def test_what_is_no_file_of_triggers_is_refused(app: Flask, text: str) -> None:
    with pytest.raises(Invalid), bus.unit_of_work(writes=False):
        exchange.changes(text)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "bent",
    [
        {"if": {"all": 5}},
        {"if": {"all": [5]}},
        {"if": [1, 2]},
        {"if": None},
        {"if": []},
        {"if": {}},
        {"iff": {"all": []}},
        {"stop": "no"},
        {"overwrite": 1},
        {"state": "zzz"},
        {"if": {"all": [{"field": ["status"], "op": {}, "value": 3}]}},
        {"on": 7},
        {"then": [{"do": "set_status", "value": {"a": [1]}}]},
        {"then": [{"do": "send_mail", "to": [], "text": 3, "subject": None}]},
        {"run": {"x": 1}},
    ],
)
def test_bent_definitions_are_shown_as_broken(app: Flask, bent: dict[str, Any]) -> None:
    row = {
        "name": {"ru": "Кривое"},
        **definition("ticket_created", [do("set_priority", 3)]),
        **bent,
    }
    text = json.dumps({"format": exchange.FORMAT, "triggers": [row]})
    with bus.unit_of_work(writes=False):
        found = exchange.changes(text)
    assert [each.is_sound for each in found] == [False]
