"""Counters: right in minutes, paused for real, computed anew when the calendar changes."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines, tickets
from desk.catalog import catalog
from desk.deadlines import ledger, policies
from desk.tickets import NewTicket
from models import (
    Calendar,
    Case,
    Client,
    Counter,
    CounterFiring,
    CounterPolicy,
    CounterPolicyVersion,
    CounterState,
    EventRecord,
    Message,
    Staff,
)

MOSCOW = ZoneInfo("Europe/Moscow")
WEEK = [[["09:00", "13:00"], ["14:00", "18:00"]]] * 5 + [[], []]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=MOSCOW)


@pytest.fixture
def calendar(app: Flask, anton: Staff) -> Calendar:
    with bus.unit_of_work():
        office = db.session.query(Calendar).filter_by(key="office").one()
        deadlines.change_calendar(
            office, by=anton, week=WEEK, exceptions={}, holidays=None, zone="Europe/Moscow"
        )
    return office


def policy(by: Staff, kind: str, limit: int, *steps: int, **more: Any) -> CounterPolicy:
    """A policy that leaves a note at each of its steps (working minutes)."""
    with bus.unit_of_work():
        key = f"{kind}{limit}"
        row = CounterPolicy(key=key, name_ru=f"Нет ответа: {key}", name_en="", kind=kind)
        office = db.session.query(Calendar).filter_by(key="office").one()
        note = [{"do": "add_note", "text": "Пора"}]
        version = CounterPolicyVersion(
            calendar=office,
            conditions=more.get("conditions", {}),
            pause_statuses=more.get("pause", []),
            limit_minutes=limit,
            steps=[{"after": step, "then": note} for step in steps],
        )
        deadlines.save_policy(row, version, by=by)
    return row


def open_one(requester: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Тема", "Текст"), requester=requester).number


def counter() -> Counter:
    db.session.expire_all()
    return db.session.query(Counter).one()


def notes() -> int:
    return db.session.query(Message).filter_by(kind="note").count()


def test_due_in_working_minutes_over_the_weekend(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, ivan: Client
) -> None:
    policy(anton, "no_answer", 15, 15, 30)
    clock.set(at(6, 17, 50))
    number = open_one(ivan)
    assert counter().limit_at == at(9, 9, 5)
    assert db.session.get_one(Case, number).due_at == at(9, 9, 5)
    for moment, fired in ((at(9, 9, 4), 0), (at(9, 9, 5), 1), (at(9, 9, 6), 1), (at(9, 9, 20), 2)):
        clock.set(moment)
        while deadlines.fire_due():
            pass
        assert notes() == fired
    assert counter().due_at is None
    firings = db.session.query(CounterFiring).order_by(CounterFiring.id).all()
    assert [(f.episode, f.step, f.due_at) for f in firings] == [
        (1, 0, at(9, 9, 5)),
        (1, 1, at(9, 9, 20)),
    ]
    kinds = [
        e.kind
        for e in db.session.query(EventRecord).filter_by(case_id=number).order_by(EventRecord.id)
    ]
    assert kinds == ["ticket_created"] + ["counter_fired", "note_added"] * 2


def test_answer_stops_it_and_rules_do_not(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy(anton, "no_answer", 15, 15)
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.add_note(db.session.get_one(Case, number), "вижу", by=masha)
    assert counter().state == CounterState.RUNNING
    with bus.unit_of_work():
        tickets.reply(db.session.get_one(Case, number), "Смотрю", by=masha)
    assert counter().state == CounterState.STOPPED
    clock.advance(days=3)
    assert deadlines.fire_due() == 0
    assert db.session.get_one(Case, number).due_at is None


def test_reopening_begins_a_new_episode(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy(anton, "no_answer", 15, 15)
    number = open_one(ivan)
    with bus.unit_of_work():
        tickets.solve(db.session.get_one(Case, number), by=masha)
    clock.advance(hours=1)
    with bus.unit_of_work():
        tickets.reopen(db.session.get_one(Case, number), by=ivan)
    assert (counter().episode, counter().state) == (2, CounterState.RUNNING)
    clock.advance(minutes=15)
    assert deadlines.fire_due() == 1
    assert db.session.query(CounterFiring).one().episode == 2


def test_pause_is_a_pause(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, masha: Staff, ivan: Client
) -> None:
    waiting = catalog_status("waiting")
    policy(anton, "no_activity", 120, 120, pause=[waiting])
    clock.set(at(2, 9))
    number = open_one(ivan)
    clock.set(at(2, 10))
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, number), waiting, by=anton)
    assert (counter().state, counter().due_at) == (CounterState.PAUSED, None)
    clock.set(at(3, 9))
    assert deadlines.fire_due() == 0
    with bus.unit_of_work():
        row = db.session.get_one(Counter, counter().id)
        ledger.resume(row)
    # The status change was activity: a new episode began with the pause, so all 120 are left.
    assert counter().limit_at == at(3, 11)
    book = [(s.counts, s.reason.split(":")[0]) for s in counter().spans if s.episode == 2]
    assert book == [(True, "started"), (False, "paused"), (True, "resumed")]


def catalog_status(key: str) -> int:
    with bus.unit_of_work(writes=False):
        found: int = catalog().by_key("statuses", key).id
    return found


def test_activity_begins_anew_but_counters_do_not_stir_themselves(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, ivan: Client
) -> None:
    policy(anton, "no_activity", 60, 60, 90)
    clock.set(at(2, 9))
    number = open_one(ivan)
    clock.set(at(2, 9, 30))
    with bus.unit_of_work():
        tickets.client_reply(db.session.get_one(Case, number), "Ну как?", by=ivan)
    assert counter().due_at == at(2, 10, 30)
    clock.set(at(2, 10, 30))
    assert deadlines.fire_due() == 1
    assert (counter().episode, counter().due_at) == (2, at(2, 11))


def test_calendar_change_moves_what_runs(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, ivan: Client
) -> None:
    policy(anton, "no_answer", 120, 60, 120)
    clock.set(at(2, 12))
    number = open_one(ivan)
    assert counter().limit_at == at(2, 15)
    with bus.unit_of_work():
        deadlines.change_calendar(
            db.session.merge(calendar),
            by=anton,
            week=[[["09:00", "18:00"]]] * 5 + [[], []],
            exceptions={},
            holidays=None,
            zone="Europe/Moscow",
        )
    assert (counter().due_at, counter().limit_at) == (at(2, 13), at(2, 14))
    assert db.session.get_one(Case, number).due_at == at(2, 14)


def test_first_policy_whose_conditions_hold(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, ivan: Client
) -> None:
    urgent = {"all": [{"field": "priority", "op": "is", "value": 4}]}
    policy(anton, "no_answer", 5, 5, conditions=urgent)
    normal = policy(anton, "no_answer", 15, 15)
    open_one(ivan)
    assert counter().policy_id == normal.id


def test_due_equals_a_recomputation(
    app: Flask, clock: Frozen, calendar: Calendar, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy(anton, "no_activity", 300, 100, 300, pause=[catalog_status("waiting")])
    number = open_one(ivan)
    for minutes, status in ((50, "waiting"), (700, "in_work"), (33, "waiting"), (5000, "in_work")):
        clock.advance(minutes=minutes)
        with bus.unit_of_work():
            case = db.session.get_one(Case, number)
            tickets.change_status(case, catalog().by_key("statuses", status).id, by=masha)
        stored = (counter().due_at, counter().limit_at)
        with bus.unit_of_work():
            row = counter()
            ledger.compute(row, policies.version(row.policy_version_id))
        assert (counter().due_at, counter().limit_at) == stored
