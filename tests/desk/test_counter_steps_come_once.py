"""A step comes once in a wait, however often its clock goes over to another counter and back."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines, tickets
from desk.tickets import NewTicket
from models import Case, Client, Counter, CounterFiring, CounterPolicy, Group, Staff
from tests.desk.test_counters_played import played_all
from tests.support.counters import fire_all, given_counter
from tests.support.rules import cond, do, without_rules

NOTE: list[dict[str, Any]] = [do("add_note", text="Пора")]
STEPS = ((10, NOTE), (15, NOTE), (20, NOTE))


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def couriers(app: Flask) -> Group:
    with bus.unit_of_work():
        group = Group(key="couriers", name_ru="Курьеры", name_en="Couriers")
        db.session.add(group)
    return group


def open_late(clock: Frozen, requester: Client, group: Group) -> int:
    """A ticket in the group whose three steps have come."""
    with bus.unit_of_work():
        case = tickets.open_ticket(NewTicket("Тема", "Текст"), requester=requester)
        tickets.assign_group(case, db.session.merge(group))
        number = case.id
    for minutes in (11, 5, 5):
        clock.advance(minutes=minutes)
        fire_all()
    return number


def came() -> list[tuple[int, int]]:
    """(counter, step) of each firing, in order."""
    rows = db.session.query(Counter.policy_id, CounterFiring.step).join(
        CounterFiring, CounterFiring.counter_id == Counter.id
    )
    return [(policy, step) for policy, step in rows.order_by(CounterFiring.id)]


def switch(number: int, on: bool, by: Staff) -> None:
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, number), on=on, by=by)


def two_counters(by: Staff, group: Group) -> tuple[int, int]:
    """One of the group, one of all others: where the first is off, the second takes over."""
    asks = {"all": [cond("group", "is", group.id)]}
    mine = given_counter("Курьеры", by, *STEPS, limit=15, conditions=asks)
    return mine, given_counter("Все", by, *STEPS, limit=15)


def test_off_and_on_again(clock: Frozen, anton: Staff, ivan: Client, couriers: Group) -> None:
    mine, others = two_counters(anton, couriers)
    open_late(clock, ivan, couriers)
    assert came() == [(mine, 0), (mine, 1), (mine, 2)]
    switch(mine, False, anton)
    fire_all()
    assert came()[3:] == [(others, 1), (others, 2)]
    switch(mine, True, anton)
    fire_all()
    assert len(came()) == 5


def test_to_another_group_and_back(
    clock: Frozen, anton: Staff, olga: Staff, ivan: Client, couriers: Group
) -> None:
    mine, others = two_counters(anton, couriers)
    number = open_late(clock, ivan, couriers)
    for group in (None, couriers, None, couriers):
        clock.advance(minutes=1)
        with bus.unit_of_work():
            case = db.session.get_one(Case, number)
            tickets.assign_group(case, group and db.session.merge(group), by=olga)
        fire_all()
    assert came() == [(mine, 0), (mine, 1), (mine, 2), (others, 1), (others, 2)]
    (run,) = [run for clock_ in played_all().values() for run in clock_.runs]
    assert [(each.policy_id, each.step) for each in run.came] == came()


def test_the_next_wait_has_all_its_steps(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, couriers: Group
) -> None:
    mine, _others = two_counters(anton, couriers)
    number = open_late(clock, ivan, couriers)
    switch(mine, False, anton)
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tickets.reply(case, "Да", by=masha)
        tickets.solve(case, by=masha)
    switch(mine, True, anton)
    fire_all()
    before = len(came())
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.client_reply(db.session.get_one(Case, number), "Опять", by=ivan)
        tickets.reopen(db.session.get_one(Case, number), by=ivan)
    clock.advance(minutes=30)
    fire_all()
    assert came()[before:] == [(mine, 0), (mine, 1), (mine, 2)]
