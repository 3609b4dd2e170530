"""After an edit each clock equals a full recomputation, walked by hand; many are done in turns."""

import random
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines, tickets
from desk.catalog import catalog
from desk.deadlines import anew
from models import Calendar, Case, Client, Counter, CounterPolicy, CounterPolicyVersion, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rules import do
from tests.support.statements import Statement, statements
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]
MOSCOW = ZoneInfo("Europe/Moscow")
WEEKS = (
    [[["09:00", "13:00"], ["14:00", "18:00"]]] * 5 + [[], []],
    [[["08:00", "20:00"]]] * 6 + [[]],
    [[["00:00", "24:00"]]] * 7,
)
MINUTE = timedelta(minutes=1)


def change_calendar(week: Any, exceptions: dict[str, Any], by: Staff) -> None:
    with bus.unit_of_work():
        office = db.session.query(Calendar).filter_by(key="office").one()
        deadlines.change_calendar(
            office, by=by, week=week, exceptions=exceptions, holidays=None, zone="Europe/Moscow"
        )


def change_limit(policy: int, limit: int, targets: list[Any], by: Staff) -> None:
    with bus.unit_of_work():
        row = db.session.get_one(CounterPolicy, policy)
        version = CounterPolicyVersion(
            calendar=db.session.query(Calendar).filter_by(key="office").one(),
            limit_minutes=limit,
            targets=targets,
            pause_statuses=[catalog().by_key("statuses", "waiting").id],
            steps=[{"after": limit, "then": NOTE}],
        )
        with db.session.no_autoflush:
            deadlines.save_policy(row, version, by=by)


def works(at: datetime, week: Any, exceptions: dict[str, Any]) -> bool:
    local = at.astimezone(MOSCOW)
    windows = exceptions.get(local.date().isoformat(), week[local.weekday()])
    return any(start <= f"{local:%H:%M}" < end for start, end in windows)


def by_hand(row: Counter, limit: int, week: Any, exceptions: dict[str, Any]) -> datetime:
    """The limit, walked to in minutes over what the ledger says counted."""
    left = limit
    for span in row.spans:
        at = span.since
        while span.counts and (span.until is None or at < span.until):
            left -= works(at, week, exceptions)
            at += MINUTE
            if left == 0:
                return at
    raise AssertionError("the clock does not run")


@pytest.mark.parametrize("seed", [1, 2])
def test_every_edit_equals_a_full_recomputation(
    seed: int, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    dice = random.Random(seed)  # noqa: S311 - said with the failure
    policy = given_counter("Решение", anton, (900, NOTE), kind="solution", limit=900)
    week, exceptions = WEEKS[0], dict[str, Any]()
    limit, targets = 900, list[Any]()
    change_calendar(week, exceptions, anton)
    change_limit(policy, limit, targets, anton)
    numbers = [opened(ivan).id for _ in range(4)]
    for _step in range(20):
        clock.advance(minutes=dice.randrange(1, 90))
        match dice.randrange(4):
            case 0:
                week = dice.choice(WEEKS)
                day = date(2026, 3, dice.randrange(2, 12)).isoformat()
                exceptions = {day: dice.choice(([], [["10:00", "12:00"]]))}
                change_calendar(week, exceptions, anton)
            case 1:
                limit = dice.randrange(600, 3000)
                targets = [{"priorities": [4], "minutes": dice.randrange(600, 3000)}]
                change_limit(policy, limit, targets, anton)
            case 2:
                with bus.unit_of_work():
                    case = db.session.get_one(Case, dice.choice(numbers))
                    tickets.set_priority(case, dice.choice((2, 4)), by=masha)
            case _:
                with bus.unit_of_work():
                    case = db.session.get_one(Case, dice.choice(numbers))
                    key = dice.choice(("waiting", "in_work"))
                    status = catalog().by_key("statuses", key).id
                    tickets.change_status(case, status, by=masha)
        db.session.expire_all()
        for row in db.session.query(Counter).filter_by(state="running"):
            urgent = targets and db.session.get_one(Case, row.case_id).priority == 4
            mine = targets[0]["minutes"] if urgent else limit
            assert row.limit_at == by_hand(row, mine, week, exceptions), (seed, _step)
            assert db.session.get_one(Case, row.case_id).due_at == row.limit_at


def test_many_are_computed_in_turns_and_do_not_fire_before(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anew, "AT_ONCE", 3)
    given_counter("Ответ", anton, (60, NOTE), limit=60)
    numbers = [opened(ivan).id for _ in range(5)]
    change_calendar([[["09:00", "09:30"]]] * 7, {}, anton)
    assert anew.left() == 5
    clock.advance(minutes=61)
    assert deadlines.fire_due() == 0
    assert anew.compute_stale(limit=2) == 2
    assert anew.left() == 3
    while anew.compute_stale(limit=2):
        pass
    assert (anew.left(), anew.compute_stale()) == (0, 0)
    fire_all()
    db.session.expire_all()
    tomorrow = datetime(2026, 3, 3, 9, 30, tzinfo=MOSCOW)
    assert {row.limit_at for row in db.session.query(Counter)} == {tomorrow}
    assert {db.session.get_one(Case, number).due_at for number in numbers} == {tomorrow}


def test_a_version_that_was_replaced_is_read_once(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anew, "AT_ONCE", 2)
    policy = given_counter("Решение", anton, (900, NOTE), kind="solution", limit=900)
    for _ticket in range(12):
        opened(ivan)
    change_limit(policy, 600, [], anton)
    with statements() as few:
        assert anew.compute_stale(limit=2) == 2
    with statements() as many:
        assert anew.compute_stale(limit=10) == 10
    assert len(reads(many)) <= len(reads(few))


def reads(asked: list[Statement]) -> list[Statement]:
    return [each for each in asked if each.startswith("SELECT")]
