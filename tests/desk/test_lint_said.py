"""What is told of a doubt is told by the right name: nobody, the group, the second of two."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.i18n import use_locale
from desk.automation import lint
from desk.automation.lint import Finding, Source
from desk.automation.types import Person
from desk.catalog import catalog
from models import Staff
from tests.support.rules import cond, definition, do

pytestmark = pytest.mark.one_database

CREATED = "ticket_created"


def told(*definitions: dict[str, Any]) -> dict[int, list[Finding]]:
    with bus.unit_of_work(writes=False), use_locale("ru"):
        return lint.findings([Source(at, f"Правило {at}", d) for at, d in enumerate(definitions)])


def said(*actions: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = told(definition(CREATED, list(actions), cond("channel", "is", "portal"))).get(0, [])
    return [(one.kind, one.where, one.message) for one in found]


def test_a_rule_that_sets_a_field_twice_is_told_at_the_second(app: Flask) -> None:
    up, down, tag = do("set_priority", 4), do("set_priority", 1), do("add_tag", ["чек"])
    assert said(up, tag, down) == [
        (
            "twice",
            "then.2",
            "Поле «Приоритет» задано дважды; останется то, что задаёт это действие.",
        )
    ]
    assert not said(up, tag, do("add_tag", ["касса"]))


def test_a_tag_that_is_added_and_removed(app: Flask) -> None:
    put, take = do("add_tag", ["Чек", "касса"]), do("remove_tag", ["чек"])
    line = "Метка «{}» и ставится, и снимается; это действие последнее."
    assert said(put, take) == [("twice", "then.1", line.format("чек"))]
    assert said(take, put) == [("twice", "then.1", line.format("чек"))]


def test_two_that_choose_a_group_are_at_odds_about_the_group(
    app: Flask, masha: Staff, sergey: Staff
) -> None:
    with bus.unit_of_work(writes=False):
        first, second = list(catalog().groups)[:2]
    found = told(
        definition(CREATED, [do("assign_group", first)]),
        definition(CREATED, [do("assign_group", second)]),
    )
    (conflict,) = [one for one in found[0] if one.kind == "conflict"]
    assert "группа" in conflict.message
    assert "исполнител" not in conflict.message


def test_a_group_against_a_person_says_that_the_group_takes_the_person_away(
    app: Flask, masha: Staff, sergey: Staff
) -> None:
    with bus.unit_of_work(writes=False):
        members = catalog().members
        group = next(each for each in catalog().groups if masha.id not in members.get(each, ()))
    found = told(
        definition(CREATED, [do("assign_person", masha.id)]),
        definition(CREATED, [do("assign_group", group)]),
    )
    (conflict,) = [one for one in found[0] if one.kind == "conflict"]
    assert "Смена группы или линии снимает исполнителя" in conflict.message
    assert {one.value for one in conflict.ticket if one.name == "Исполнитель"} <= {"нет"}


def test_nobody_is_none_and_not_removed(app: Flask) -> None:
    with bus.unit_of_work(writes=False), use_locale("ru"):
        assert [Person().show(each) for each in (None, 99)] == ["нет", "удалено (99)"]
