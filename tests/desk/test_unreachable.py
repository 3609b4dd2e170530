"""Counters that can never start, because one above takes every ticket that they are for."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import counters_report, deadlines
from desk.deadlines.unreachable import takes_all_of
from models import CounterPolicy, Staff
from tests.support.counters import given_counter
from tests.support.rules import cond, do

PORTAL, MAIL = cond("channel", "is", "portal"), cond("channel", "is", "email")
HIGH = cond("priority", "is", 3)
NOTE = [do("add_note", text="Пора")]


def taken() -> dict[str, str]:
    with bus.unit_of_work(writes=False):
        pairs = counters_report.policies()
        names = {policy.id: policy.name for policy, _version in pairs}
        return {names[key]: above.name for key, above in deadlines.taken_by(pairs).items()}


@pytest.fixture(autouse=True)
def _none(app: Flask, anton: Staff) -> None:
    """Only what the test itself sets up."""
    with bus.unit_of_work():
        for row in db.session.query(CounterPolicy):
            deadlines.switch(row, on=False, by=anton)


def test_one_below_a_counter_for_everything_is_named(anton: Staff) -> None:
    given_counter("Все", anton, (15, NOTE))
    given_counter("Портал", anton, (15, NOTE), conditions={"all": [PORTAL]})
    given_counter("Тишина", anton, (15, NOTE), kind="no_activity")
    assert taken() == {"Портал": "Все"}


def test_counters_with_their_own_clock_take_nothing_from_each_other(anton: Staff) -> None:
    options = {"starts": ["note_added"], "stops": ["agent_replied"]}
    given_counter("Первый", anton, (15, NOTE), kind="custom", options=options)
    given_counter("Второй", anton, (15, NOTE), kind="custom", options=options)
    assert taken() == {}


def test_moved_up_it_can_start(anton: Staff) -> None:
    given_counter("Все", anton, (15, NOTE))
    number = given_counter("Портал", anton, (15, NOTE), conditions={"all": [PORTAL]})
    with bus.unit_of_work():
        deadlines.move(db.session.get_one(CounterPolicy, number), up=True, by=anton)
    assert taken() == {}


def test_what_is_off_takes_nothing_and_is_not_missed(anton: Staff) -> None:
    first = given_counter("Все", anton, (15, NOTE))
    second = given_counter("Портал", anton, (15, NOTE), conditions={"all": [PORTAL]})
    for number, on in ((first, False), (second, False)):
        with bus.unit_of_work():
            deadlines.switch(db.session.get_one(CounterPolicy, number), on=on, by=anton)
        assert taken() == {}
        with bus.unit_of_work():
            deadlines.switch(db.session.get_one(CounterPolicy, number), on=True, by=anton)


@pytest.mark.parametrize(
    ("above", "below", "takes_all"),
    [
        ({}, {"all": [PORTAL]}, True),
        ({"all": []}, {}, True),
        ({"all": [PORTAL]}, {}, False),
        ({"all": [PORTAL]}, {"all": [PORTAL, HIGH]}, True),
        ({"all": [PORTAL, HIGH]}, {"all": [PORTAL]}, False),
        ({"any": [PORTAL, HIGH]}, {"all": [PORTAL]}, True),
        ({"all": [PORTAL]}, {"any": [PORTAL, HIGH]}, False),
        ({"all": [PORTAL]}, {"none": [PORTAL]}, False),
        ({"none": [PORTAL]}, {"all": [MAIL]}, False),
        ({"all": [cond("channel", "any_of", ["portal", "email"])]}, {"all": [MAIL]}, True),
        ({"all": [cond("channel", "is_not", "phone")]}, {"all": [MAIL]}, True),
        ({"all": [cond("channel", "is_not", "email")]}, {"all": [MAIL]}, False),
        ({"all": [{"any": [PORTAL, HIGH]}]}, {"all": [{"any": [PORTAL, HIGH]}, MAIL]}, True),
        ({"all": [cond("group", "not_empty")]}, {"all": [cond("group", "is", 3)]}, True),
        ({"all": [cond("group", "empty")]}, {"all": [cond("group", "is", 3)]}, False),
    ],
)
def test_takes_all(
    app: Flask, database: str, above: dict[str, Any], below: dict[str, Any], takes_all: bool
) -> None:
    with bus.unit_of_work(writes=False):
        assert takes_all_of(above, below) is takes_all
