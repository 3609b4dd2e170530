"""The list and the editor of a rule tell the same of it."""

import random
from typing import Any

import pytest
from flask import Flask

from core import bus
from desk.automation.lint import Finding, Source, findings, findings_of_draft
from tests.desk.test_lint_graphs import dense_rule
from tests.support.rules import cond, definition, do

pytestmark = pytest.mark.one_database

Key = tuple[str, str, frozenset[int]]


def keys(found: list[Finding]) -> set[Key]:
    return {(one.kind, one.where, frozenset(row.id for row in one.others)) for one in found}


def told(rules: list[dict[str, Any]]) -> tuple[list[set[Key]], list[set[Key]]]:
    """Of each rule: in the list, and in its editor."""
    sources = [Source(at, f"Правило {at}", one) for at, one in enumerate(rules, 1)]
    with bus.unit_of_work(writes=False):
        listed = findings(sources)
        edited = [
            findings_of_draft(
                each.definition,
                [one for one in sources if one is not each],
                name=each.name,
                place=each.id - 1,
            )
            for each in sources
        ]
    return [keys(listed.get(each.id, [])) for each in sources], [keys(one) for one in edited]


def test_a_loop_with_a_smaller_one_inside_is_told_in_neither(app: Flask) -> None:
    words = {"ru": "Метка", "en": "Tag"}
    marks = [do("add_tag", ["м2"]), do("send_mail", to="client", subject=words, text=words)]
    first = definition("tags_changed", marks, cond("tags", "has_any", ["м1"]))
    after = definition("tags_changed", [do("add_tag", ["м3"])], cond("tags", "has_any", ["м2"]))
    listed, edited = told([first, first, after])
    assert listed == edited
    loops = [{kind for kind, _where, _others in one if kind == "loop"} for one in edited]
    assert loops == [{"loop"}, set(), set()]


def test_one_that_hides_another_is_told_so_in_both(app: Flask) -> None:
    every = definition("client_replied", [do("set_priority", 3)], stop=True)
    never = definition("client_replied", [do("add_tag", ["поздно"])])
    listed, edited = told([every, never])
    assert listed == edited
    assert {kind for kind, *_rest in listed[0]} == {"hides"}
    assert {kind for kind, *_rest in listed[1]} == {"shadowed"}


@pytest.mark.parametrize("seed", range(20, 26))
def test_loops_of_dense_sets_are_told_alike(app: Flask, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same rules each time
    listed, edited = told([dense_rule(dice) for _at in range(6)])
    for mine, its in zip(listed, edited, strict=True):
        assert {one for one in mine if one[0] == "loop"} == {one for one in its if one[0] == "loop"}
