"""A counter that is switched off and on again: what its clocks do, and what their ledgers say."""

from datetime import timedelta

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, tickets
from desk.catalog import catalog
from desk.deadlines import CounterView, anew, switching_off
from models import Case, Client, Counter, CounterEpisode, CounterFiring, CounterPolicy, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rules import cond, do, without_rules
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def switch(number: int, on: bool, by: Staff) -> int:
    with bus.unit_of_work():
        return deadlines.switch(db.session.get_one(CounterPolicy, number), on=on, by=by)


def view(number: int, policy: int) -> CounterView:
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        every = deadlines.summary(db.session.get_one(Case, number))
        (found,) = [each for each in every if each.policy_id == policy]
        assert found.lines
        assert found.ended_by or found.is_going
        return found


def off_and_on(number: int, clock: Frozen, by: Staff) -> int:
    """Off for ten minutes; how many clocks go on."""
    switch(number, False, by)
    clock.advance(minutes=10)
    return switch(number, True, by)


def test_a_clock_goes_on_where_it_was(clock: Frozen, anton: Staff, ivan: Client) -> None:
    policy = given_counter("Без ответа", anton, (5, NOTE), (15, NOTE), limit=15)
    number = opened(ivan).id
    clock.advance(minutes=7)
    fire_all()
    switch(policy, False, anton)
    ended = view(number, policy)
    assert (ended.state, ended.ended_by) == ("stopped", "счётчик выключен (Антон)")
    clock.advance(minutes=10)
    assert switch(policy, True, anton) == 1
    clock.advance(minutes=3)
    found = view(number, policy)
    assert (found.state, found.worked, found.left) == (
        "ok",
        timedelta(minutes=10),
        timedelta(minutes=5),
    )
    assert [(line.news or line.why, line.lasted.seconds // 60) for line in found.lines] == [
        ("рабочее время", 7),
        ("счётчик выключен (Антон)", 10),
        ("счётчик снова включён (Антон)", 3),
    ]
    clock.advance(minutes=5)
    fire_all()
    steps = db.session.query(CounterFiring).order_by(CounterFiring.id)
    assert [firing.step for firing in steps] == [0, 1]
    assert db.session.get_one(Case, number).due_at == found.limit_at
    assert not db.session.query(CounterEpisode).count()


def test_a_limit_that_has_passed_stays_where_it_was(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """Through off and on, and through a pause."""
    with bus.unit_of_work(writes=False):
        waiting, work = (catalog().by_key("statuses", key).id for key in ("waiting", "in_work"))
    policy = given_counter("Решение", anton, kind="solution", limit=15, pause=[waiting])
    number = opened(ivan).id
    limit_at = clock.at + timedelta(minutes=15)
    clock.advance(minutes=20)
    off_and_on(policy, clock, anton)
    clock.advance(minutes=5)
    found = view(number, policy)
    assert (found.state, found.worked, found.limit_at) == ("late", timedelta(minutes=25), limit_at)
    for status in (waiting, work):
        with bus.unit_of_work():
            tickets.change_status(db.session.get_one(Case, number), status, by=masha)
        clock.advance(minutes=30)
    found = view(number, policy)
    assert (found.state, found.worked, found.limit_at) == ("late", timedelta(minutes=55), limit_at)
    assert found.near_at == limit_at - timedelta(minutes=3, seconds=45)
    assert [line.news for line in found.lines if "лимит" in line.news] == []


def test_what_ended_meanwhile_does_not_come_back(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = given_counter("Без ответа", anton, (15, NOTE))
    taken, solved, waits = (opened(ivan).id for _each in range(3))
    clock.advance(minutes=5)
    switch(policy, False, anton)
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.reply(db.session.get_one(Case, taken), "Да", by=masha)
        tickets.solve(db.session.get_one(Case, solved), by=masha)
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.reopen(db.session.get_one(Case, solved), by=ivan)
    assert switch(policy, True, anton) == 1
    states = db.session.query(Counter.case_id, Counter.state).order_by(Counter.case_id)
    assert [tuple(row) for row in states] == [
        (taken, "stopped"),
        (solved, "stopped"),
        (waits, "running"),
    ]


def test_what_its_kind_stopped_before_stays_stopped(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = given_counter("Без ответа", anton, (15, NOTE))
    number = opened(ivan).id
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.reply(db.session.get_one(Case, number), "Да", by=masha)
    assert off_and_on(policy, clock, anton) == 0
    assert view(number, policy).ended_by == "дан ответ (Маша)"


def test_it_comes_back_paused_where_its_status_pauses_it(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    with bus.unit_of_work(writes=False):
        waiting = catalog().by_key("statuses", "waiting").id
    policy = given_counter("Решение", anton, kind="solution", limit=60, pause=[waiting])
    number = opened(ivan).id
    clock.advance(minutes=5)
    switch(policy, False, anton)
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, number), waiting, by=masha)
    clock.advance(minutes=5)
    assert switch(policy, True, anton) == 1
    clock.advance(minutes=5)
    found = view(number, policy)
    assert (found.state, found.worked) == ("paused", timedelta(minutes=5))


def test_many_come_back_in_turns(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = given_counter("Без ответа", anton, (15, NOTE))
    numbers = [opened(ivan).id for _each in range(2)]
    clock.advance(minutes=5)
    monkeypatch.setattr(anew, "AT_ONCE", 0)
    for on in (False, True):
        switch(policy, on, anton)
        assert anew.left() == 2
        while anew.compute_stale():
            pass
        assert anew.left() == 0
    found = [view(number, policy) for number in numbers]
    assert [each.state for each in found] == ["ok", "ok"]


def test_what_switching_off_would_do(clock: Frozen, anton: Staff, ivan: Client) -> None:
    policy = given_counter("Без ответа", anton, (15, NOTE))
    given_counter("Срочные", anton, (5, NOTE), conditions={"all": [cond("priority", "is", 4)]})
    urgent = opened(ivan).id
    opened(ivan)
    clock.advance(minutes=1)
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, urgent), 4)
    with bus.unit_of_work(writes=False), use_locale("ru"):
        effect = switching_off.effect_on(db.session.get_one(CounterPolicy, policy))
        assert effect == ({"Срочные": 1}, 1, 0)
        assert switching_off.told(effect) == (
            "Выключен: 1 отсчёт перешёл к счётчику «Срочные», 1 отсчёт закончился."
        )
    switch(policy, False, anton)
    states = db.session.query(Counter.state).order_by(Counter.id)
    assert [row.state for row in states] == ["stopped", "stopped", "running"]
    assert view(urgent, policy).ended_by == "дальше по счётчику «Срочные»"
