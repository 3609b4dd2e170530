"""A step that comes late comes once, and says by how much and why; health tells late from dead."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, events, health, tickets
from desk.catalog import catalog
from desk.deadlines import anew, choosing
from models import (
    Calendar,
    Case,
    Client,
    Counter,
    CounterFiring,
    CounterPolicy,
    CounterPolicyVersion,
    EventRecord,
    Heartbeat,
    Message,
    Staff,
)
from tests.support.counters import fire_all, given_counter
from tests.support.rules import do, mail
from tests.support.tickets import opened

SAYS = [do("add_note", text="Опоздание: {{ counter.late }}")]
ALWAYS = [[["00:00", "24:00"]]] * 7


@pytest.fixture(autouse=True)
def day_and_night(app: Flask, anton: Staff) -> None:
    change_calendar(ALWAYS, anton)


def change_calendar(week: Any, by: Staff) -> None:
    with bus.unit_of_work():
        office = db.session.query(Calendar).filter_by(key="office").one()
        deadlines.change_calendar(
            office, by=by, week=week, exceptions={}, holidays=None, zone="Europe/Moscow"
        )


def beat(worker: str = "here") -> None:
    with bus.unit_of_work():
        health.beat(worker)


def said() -> tuple[str, str]:
    """How the ticket's history tells of the only firing, and the note that it left."""
    (record,) = db.session.query(EventRecord).filter_by(kind="counter_fired")
    note = db.session.query(Message).filter_by(kind="note").one()
    with use_locale("en"):
        return events.of(record).sentence().replace("\xa0", " "), note.text.replace("\xa0", " ")


def test_in_time_nothing_is_said(clock: Frozen, anton: Staff, ivan: Client) -> None:
    given_counter("Ответ", anton, (15, SAYS))
    opened(ivan)
    clock.advance(minutes=15, seconds=59)
    fire_all()
    assert said() == ("Counter “Ответ” fired", "Опоздание:")


@pytest.mark.parametrize("tells", [True, False], ids=["beats first", "fires first"])
def test_the_program_was_not_running(
    clock: Frozen, anton: Staff, ivan: Client, tells: bool
) -> None:
    given_counter("Ответ", anton, (15, SAYS), en="Answer")
    beat()
    opened(ivan)
    clock.advance(hours=2, minutes=15)
    if tells:
        beat("another process")
    fire_all()
    sentence, note = said()
    assert sentence == "Counter “Answer” fired, 2 h late: the program was not running"
    assert note == "Опоздание: на 2 ч позже срока: программа не работала"
    assert db.session.query(CounterFiring).count() == 1


def test_it_was_at_work_and_behind(clock: Frozen, anton: Staff, ivan: Client) -> None:
    given_counter("Ответ", anton, (15, SAYS))
    opened(ivan)
    for _turn in range(40):
        beat()
        clock.advance(seconds=30)
    fire_all()
    assert said()[0] == "Counter “Ответ” fired, 5 min late"


def test_it_failed_before(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_counter("Ответ", anton, (15, SAYS))
    opened(ivan)
    clock.advance(minutes=15)
    poison(monkeypatch, lambda case: True)
    fire_all()
    monkeypatch.undo()
    clock.advance(minutes=3)
    fire_all()
    assert said()[0] == "Counter “Ответ” fired, 3 min late: it was tried before and failed"


def test_the_limit_was_made_shorter(clock: Frozen, anton: Staff, ivan: Client) -> None:
    number = given_counter("Ответ", anton, (120, SAYS), limit=120)
    opened(ivan)
    clock.advance(minutes=100)
    with bus.unit_of_work():
        version = CounterPolicyVersion(
            calendar=db.session.query(Calendar).filter_by(key="office").one(),
            conditions={},
            pause_statuses=[],
            limit_minutes=60,
            steps=[{"after": 60, "then": SAYS}],
        )
        with db.session.no_autoflush:
            deadlines.save_policy(db.session.get_one(CounterPolicy, number), version, by=anton)
    fire_all()
    assert said()[0] == "Counter “Ответ” fired, 40 min late: the counter was changed meanwhile"


def poison(monkeypatch: pytest.MonkeyPatch, bad: Callable[[Case], bool]) -> None:
    record = deadlines.fire._record

    def poisoned(row: Counter, case: Case, of: Any) -> Any:
        if bad(case):
            raise RuntimeError("broken step")
        return record(row, case, of)

    monkeypatch.setattr(deadlines.fire, "_record", poisoned)


def test_a_poison_row_takes_no_neighbour_with_it(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_counter("Ответ", anton, (15, [*SAYS, mail()]))
    numbers = [opened(ivan).id for _ticket in range(6)]
    clock.advance(minutes=15)
    poison(monkeypatch, lambda case: case.id == numbers[2])
    fire_all()
    fired = {row.counter_id for row in db.session.query(CounterFiring)}
    rows = {row.id: row for row in db.session.query(Counter).order_by(Counter.id)}
    assert {rows[one].case_id for one in fired} == {*numbers} - {numbers[2]}
    assert [row.case_id for row in rows.values() if row.failures] == [numbers[2]]
    assert db.session.query(Message).filter_by(kind="note").count() == 5
    assert health.look().failing == 1


def test_the_ticket_got_another_priority(clock: Frozen, anton: Staff, ivan: Client) -> None:
    """Nobody edited the counter: who reads it must not look for that."""
    targets = [{"priorities": [4], "minutes": 60}]
    given_counter("Ответ", anton, (120, SAYS), limit=120, targets=targets)
    number = opened(ivan).id
    clock.advance(minutes=100)
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), 4, by=anton)
    fire_all()
    sentence, note = said()
    why = "the ticket got another priority meanwhile"
    assert sentence == f"Counter “Ответ” fired, 40 min late: {why}"
    assert note == ("Опоздание: на 40 мин позже срока: у обращения за это время изменили приоритет")


def test_what_one_step_does_may_stop_another_of_the_same_ticket(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    with bus.unit_of_work(writes=False):
        solved = catalog().by_key("statuses", "solved").id
    done = [do("set_status", solved)]
    given_counter("Закрыть", anton, (15, done), kind="solution", limit=15)
    given_counter("Ответ", anton, (15, SAYS), limit=15)
    opened(ivan)
    clock.advance(minutes=15)
    fire_all()
    assert db.session.query(CounterFiring).count() == 1
    assert db.session.query(Message).filter_by(kind="note").count() == 0


def test_a_busy_ticket_waits_for_nobody_and_is_next(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (15, SAYS))
    numbers = [opened(ivan).id for _ticket in range(3)]
    clock.advance(minutes=15)
    with bus.unit_of_work():
        tickets.solve(db.session.get_one(Case, numbers[0]), by=anton)
    fire_all()
    assert db.session.query(CounterFiring).count() == 2


def test_one_that_can_not_be_computed_is_named(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anew, "AT_ONCE", 2)
    given_counter("Ответ", anton, (15, SAYS))
    numbers = [opened(ivan).id for _ticket in range(5)]
    change_calendar([[["09:00", "18:00"]]] * 7, anton)
    settle = choosing.settle

    def poisoned(case: Case, counter: Counter) -> Counter:
        if case.id == numbers[1]:
            raise RuntimeError("broken conditions")
        return settle(case, counter)

    monkeypatch.setattr(choosing, "settle", poisoned)
    while anew.compute_stale():
        pass
    db.session.expire_all()
    rows = {row.case_id: row for row in db.session.query(Counter).order_by(Counter.id)}
    assert [row.failures for row in rows.values()] == [0, 1, 0, 0, 0]
    assert rows[numbers[1]].error == "RuntimeError: broken conditions"
    assert anew.left() == 0


def test_how_long_counters_wait_to_be_computed(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anew, "AT_ONCE", 2)
    given_counter("Ответ", anton, (15, SAYS))
    for _ticket in range(5):
        opened(ivan)
    beat()
    assert health.look().oldest_stale is None
    change_calendar([[["09:00", "18:00"]]] * 7, anton)
    began = clock.at
    clock.advance(minutes=6)
    change_calendar(ALWAYS, anton)
    beat()
    found = health.look()
    assert (found.oldest_stale, found.state) == (began, "late")
    mail = found.seconds["mail"]
    waits = {"mail": mail, "counter": None, "stale_counter": 360, "digest": None}
    assert found.seconds == waits
    while anew.compute_stale(limit=2):
        pass
    assert health.look().oldest_stale is None


def test_silences_are_remembered_a_day(clock: Frozen) -> None:
    beat()
    began = clock.at
    clock.advance(hours=3)
    beat("the next")
    for _turn in range(3):
        clock.advance(seconds=15)
        beat("the next")
    for minutes, down in ((-1, False), (1, True), (179, True), (181, False)):
        with bus.unit_of_work(writes=False):
            assert health.was_down(began + timedelta(minutes=minutes)) is down
    clock.advance(days=2)
    beat("the next")
    with bus.unit_of_work():
        health.forget_the_dead()
    assert db.session.query(Heartbeat).count() == 1
