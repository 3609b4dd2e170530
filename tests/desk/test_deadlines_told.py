"""Counters: what fails is named, what is late says so, what can't be saved is refused."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines
from desk.deadlines import policies
from desk.errors import Invalid, Stale
from models import (
    Calendar,
    Case,
    Client,
    Counter,
    CounterFiring,
    CounterPolicyVersion,
    EventRecord,
    Staff,
)
from tests.desk.test_deadlines import WEEK, counter, open_one, policy


@pytest.fixture
def calendar(app: Flask, anton: Staff) -> Calendar:
    with bus.unit_of_work():
        office = db.session.query(Calendar).filter_by(key="office").one()
        deadlines.change_calendar(
            office, by=anton, week=WEEK, exceptions={}, holidays=None, zone="Europe/Moscow"
        )
    return office


def test_poison_row_is_put_aside_and_named(
    app: Flask,
    clock: Frozen,
    calendar: Calendar,
    anton: Staff,
    ivan: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy(anton, "no_answer", 15, 15)
    bad, good = open_one(ivan), open_one(ivan)
    record = deadlines.fire._record

    def poisoned(row: Counter, case: Case, of: policies.Policy) -> Any:
        if case.number == bad:
            raise RuntimeError("broken step")
        return record(row, case, of)

    monkeypatch.setattr(deadlines.fire, "_record", poisoned)
    clock.advance(hours=1)
    while deadlines.fire_due():
        pass
    rows = {c.case_id: c for c in db.session.query(Counter)}
    assert rows[good].due_at is None
    assert (rows[bad].failures, rows[bad].error) == (1, "RuntimeError: broken step")
    monkeypatch.undo()
    clock.advance(minutes=10)
    assert deadlines.fire_due() == 1
    assert db.session.query(CounterFiring).filter_by(counter_id=rows[bad].id).one()


def test_late_firing_says_so(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, ivan: Client
) -> None:
    policy(anton, "no_answer", 15, 15)
    open_one(ivan)
    clock.advance(minutes=20)
    deadlines.fire_due()
    (fired,) = db.session.query(EventRecord).filter_by(kind="counter_fired")
    assert fired.data["late_seconds"] == 5 * 60
    assert fired.cause_counter_id == counter().id


def test_summary_tells_the_state(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, ivan: Client
) -> None:
    policy(anton, "no_answer", 60, 60)
    number = open_one(ivan)
    states = []
    for minutes in (0, 50, 15):
        clock.advance(minutes=minutes)
        with bus.unit_of_work(writes=False):
            (view,) = deadlines.summary(db.session.get_one(Case, number))
            states.append((view.state, view.worked))
    assert states == [
        ("ok", timedelta()),
        ("soon", timedelta(minutes=50)),
        ("late", timedelta(minutes=65)),
    ]


def test_saving_checks_and_guards_against_crossing(
    app: Flask, calendar: Calendar, anton: Staff
) -> None:
    row = policy(anton, "no_answer", 15, 15)
    for limit, steps in ((0, []), (15, [{"after": -1, "then": []}]), (15, [{"after": 5}])):
        with pytest.raises(Invalid), bus.unit_of_work():
            bad = CounterPolicyVersion(
                calendar=db.session.merge(calendar), limit_minutes=limit, steps=steps
            )
            with db.session.no_autoflush:
                deadlines.save_policy(db.session.merge(row), bad, by=anton)
    with pytest.raises(Stale), bus.unit_of_work():
        good = CounterPolicyVersion(calendar=db.session.merge(calendar), limit_minutes=20, steps=[])
        with db.session.no_autoflush:
            deadlines.save_policy(db.session.merge(row), good, by=anton, based_on="")
