"""The gallery of triggers: what can be filled in can be saved, and its sample holds."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import catalog
from desk.automation import gallery, library
from desk.automation.actions import ACTIONS
from desk.automation.definition import conditions_in, known, problems_in, root_of
from desk.automation.gallery import Template
from desk.automation.library import BadRule, NewVersion
from models import ClientCategory, CounterPolicy, Staff

KEYS = [each.key for each in gallery.templates()]


def filled_in(definition: dict[str, Any]) -> dict[str, Any]:
    """Each hole with the first thing that there is to choose."""
    for problem in problems_in(definition):
        root, *steps = problem.where.split(".")
        if root == "then":
            _fill_action(definition["then"][int(steps[0])])
        else:
            node = dict(conditions_in(root_of(definition)))[problem.where]
            field, operator = known(node)
            assert field is not None
            assert operator is not None
            first = field.type.options()[0][0]
            node["value"] = [first] if operator.shape == "many" else first  # type: ignore[index]
    return definition


def _fill_action(stored: dict[str, Any]) -> None:
    for param in ACTIONS[stored["do"]].params:
        if param.matters(stored) and stored[param.name] == param.blank:
            options = param.type.options()
            stored[param.name] = options[0][0] if options else "olga@kurier.example"


@pytest.fixture(autouse=True)
def _a_company(app: Flask, masha: Staff) -> None:
    with bus.unit_of_work():
        db.session.add(ClientCategory(key="key", name_ru="Ключевой", name_en="Key"))
        db.session.add(CounterPolicy(key="late", name_ru="Долго", kind="no_answer", position=0))
        catalog.changed()


def test_there_are_at_least_twelve() -> None:
    assert len(KEYS) == len(set(KEYS)) >= 12


@pytest.mark.one_database
@pytest.mark.parametrize("key", KEYS)
def test_it_is_saved_when_its_holes_are_filled_and_its_sample_holds(key: str, anton: Staff) -> None:
    template = gallery.template_named(key)
    assert isinstance(template, Template)
    with bus.unit_of_work():
        made = template.definition()
        if problems_in(made):
            assert template.proof(made) is None
            with pytest.raises(BadRule):
                library.create(NewVersion(made, template.name), by=anton, state="on")
        whole = filled_in(made)
        rule = library.create(NewVersion(whole, template.name), by=anton, state="on")
        proof = template.proof(library.version_of(rule).definition)
        assert proof is not None
        assert proof.holds


@pytest.mark.one_database
def test_holes_are_where_only_the_company_knows(app: Flask) -> None:
    with bus.unit_of_work(writes=False):
        found = {each.key: each.holes() for each in gallery.templates()}
    assert found["received"] == []
    assert found["delay"] == ["then.0"]
    assert found["status_to_specialist"] == ["if.0", "then.1"]
