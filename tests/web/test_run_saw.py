"""The page of a run tells what its conditions saw then, whatever the ticket has become."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import catalog, tickets
from models import Client, Direction, RuleRun, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in
from tests.support.reading import texts, words
from tests.support.rules import case, cond, do, given, without_rules
from tests.support.tickets import opened

LIST = "/admin/triggers"


@pytest.fixture
def admin(app: Flask, client: Browser, anton: Staff) -> Browser:
    without_rules()
    return sign_in(client, anton)


def run_of(rule: int) -> int:
    db.session.expire_all()
    return db.session.query(RuleRun).filter_by(rule_id=rule).one().id


def test_values_are_those_of_then(admin: Browser, masha: Staff, anton: Staff, ivan: Client) -> None:
    value = {"phrases": ["печатает чек"], "mode": "any", "within": 3, "guard_negation": False}
    free = given(
        "Маше",
        "ticket_created",
        [do("assign_person", masha.id)],
        cond("assignee", "empty"),
        cond("text", "words", value),
    )
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.assign(case(number), anton, by=anton)
    page = admin.soup(f"{LIST}/runs/{run_of(free)}")
    seen = texts(page, "[aria-labelledby=run-saw] .got")
    assert seen[0] == "на деле: нет"
    assert "печатает" in seen[1]
    assert len(page.select("[aria-labelledby=run-saw] .mark-y")) == 3


def test_the_next_of_a_chain_saw_what_the_first_had_done(admin: Browser, ivan: Client) -> None:
    given("Выше", "ticket_created", [do("set_priority", 4)])
    second = given(
        "Ниже", "priority_changed", [do("set_priority", 3)], cond("priority", "became", [4])
    )
    third = given("Метка", "priority_changed", [do("add_tag", ["х"])], cond("priority", "is", 3))
    opened(ivan)
    assert words(admin.soup(f"{LIST}/runs/{run_of(second)}"), "[aria-labelledby=run-saw] .got") == (
        "на деле: Обычный → Срочный"
    )
    assert words(admin.soup(f"{LIST}/runs/{run_of(third)}"), "[aria-labelledby=run-saw] .got") == (
        "на деле: Высокий"
    )


def test_who_may_not_see_the_ticket_does_not_see_its_values(
    admin: Browser, anton: Staff, ivan: Client
) -> None:
    rule = given("Метка", "ticket_created", [do("add_tag", ["х"])], cond("priority", "is", 2))
    other = opened(ivan).id
    with bus.unit_of_work():
        mine, its = (Direction(key=key, name_ru=key, position=at) for at, key in enumerate("аб"))
        db.session.add_all([mine, its])
        case(other).direction = its
        db.session.get_one(Staff, anton.id).directions = [mine]
        catalog.changed()
    page = admin.soup(f"{LIST}/runs/{run_of(rule)}")
    assert not page.select("[aria-labelledby=run-saw]")
