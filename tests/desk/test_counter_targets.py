"""The limit of a case by priority and category, moved while the clock runs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from core import bus
from core.clock import Frozen, now
from core.db import db
from desk import deadlines, tickets
from desk.catalog import catalog
from desk.errors import Invalid
from models import (
    Calendar,
    Case,
    Client,
    ClientCategory,
    Counter,
    CounterFiring,
    CounterPolicy,
    CounterPolicyVersion,
    CounterSpan,
    Staff,
)
from tests.support.counters import fire_all, given_counter
from tests.support.rules import cond, do
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]
BY_PRIORITY = [{"priorities": [4], "minutes": 30}, {"priorities": [3], "minutes": 60}]


def counter(number: int, *, running: bool = True) -> Counter:
    db.session.expire_all()
    query = db.session.query(Counter).filter_by(case_id=number)
    return (query.filter(Counter.state != "stopped") if running else query).one()


def minutes_to(at: datetime | None) -> float:
    assert at is not None
    return (at - now()) / timedelta(minutes=1)


def status(key: str) -> int:
    with bus.unit_of_work(writes=False):
        found: int = catalog().by_key("statuses", key).id
        return found


def set_priority(number: int, priority: int) -> None:
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), priority)


def save(
    policy: int, by: Staff, limit: int, steps: Sequence[int], targets: Sequence[Any] = ()
) -> None:
    with bus.unit_of_work():
        row = db.session.get_one(CounterPolicy, policy)
        version = CounterPolicyVersion(
            calendar=db.session.query(Calendar).filter_by(key="office").one(),
            limit_minutes=limit,
            targets=list(targets),
            steps=[{"after": each, "then": NOTE} for each in steps],
        )
        with db.session.no_autoflush:
            deadlines.save_policy(row, version, by=by)


def test_the_first_target_that_fits_gives_the_limit(
    clock: Frozen, anton: Staff, ivan: Client, galina: Client
) -> None:
    with bus.unit_of_work():
        key = ClientCategory(key="key", name_ru="Ключевой", name_en="Key", position=1)
        db.session.add(key)
        db.session.flush()
        db.session.get_one(Client, galina.id).categories.append(key)
        key_id = key.id
    given_counter(
        "Ответ",
        anton,
        (120, NOTE),
        limit=120,
        targets=[{"priorities": [4], "minutes": 30}, {"categories": [key_id], "minutes": 45}],
    )
    plain, by_category, both = opened(ivan).id, opened(galina).id, opened(galina).id
    set_priority(both, 4)
    assert [counter(n).limit_minutes for n in (plain, by_category, both)] == [120, 45, 30]


def test_two_limits_for_the_same_are_refused(clock: Frozen, anton: Staff) -> None:
    policy = given_counter("Ответ", anton, (120, NOTE), limit=120)
    twice = [{"priorities": [4, 3], "minutes": 30}, {"priorities": [3, 4], "minutes": 45}]
    with pytest.raises(Invalid, match="действует только первый"):
        save(policy, anton, 120, [120], twice)


def test_steps_keep_their_distance_to_the_limit(clock: Frozen, anton: Staff, ivan: Client) -> None:
    """15 minutes before, at, and an hour after the limit, whatever it is."""
    steps = [(105, NOTE), (120, NOTE), (180, NOTE)]
    given_counter("Ответ", anton, *steps, limit=120, targets=BY_PRIORITY)
    number = opened(ivan).id
    set_priority(number, 3)
    assert minutes_to(counter(number).limit_at) == 60
    came = []
    for minute in range(1, 130):
        clock.advance(minutes=1)
        came += [minute] * deadlines.fire_due()
    assert came == [45, 60, 120]


def test_another_priority_moves_the_limit_and_keeps_what_was_worked(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (120, NOTE), limit=120, targets=BY_PRIORITY)
    number = opened(ivan).id
    clock.advance(minutes=20)
    set_priority(number, 4)
    assert minutes_to(counter(number).limit_at) == 10
    assert db.session.get_one(Case, number).due_at == counter(number).limit_at
    clock.advance(minutes=5)
    set_priority(number, 2)
    assert minutes_to(counter(number).limit_at) == 95
    spans = db.session.query(CounterSpan).order_by(CounterSpan.id)
    assert [span.reason for span in spans] == [
        "started",
        "limit:30:120:priority:4:",
        "limit:120:30:priority:2:",
    ]


def test_a_limit_that_is_past_already_fires_at_once_and_once(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (105, NOTE), (120, NOTE), limit=120, targets=BY_PRIORITY)
    number = opened(ivan).id
    clock.advance(minutes=50)
    set_priority(number, 4)
    fire_all()
    fired = db.session.query(CounterFiring).order_by(CounterFiring.id).all()
    assert [(row.step, minutes_to(row.due_at)) for row in fired] == [(0, -35), (1, -20)]


def test_what_another_policy_now_fits_goes_on_there(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    urgent = {"all": [cond("priority", "is", 4)]}
    first = given_counter("Срочные", anton, (20, NOTE), (30, NOTE), limit=30, conditions=urgent)
    second = given_counter("Прочие", anton, (120, NOTE), limit=120)
    number = opened(ivan).id
    assert counter(number).policy_id == second
    clock.advance(minutes=25)
    set_priority(number, 4)
    now = counter(number)
    assert (now.policy_id, minutes_to(now.limit_at)) == (first, 5)
    assert (now.next_step, minutes_to(now.due_at)) == (1, 5)
    set_priority(number, 2)
    assert counter(number).policy_id == second
    assert minutes_to(counter(number).limit_at) == 95
    assert db.session.query(Counter).count() == 2


def test_a_saved_policy_holds_for_what_runs(clock: Frozen, anton: Staff, ivan: Client) -> None:
    """Steps are told apart by their distance to the limit: what came does not come again."""
    policy = given_counter("Ответ", anton, (30, NOTE), (60, NOTE), limit=60)
    number = opened(ivan).id
    clock.advance(minutes=40)
    fire_all()
    save(policy, anton, 90, [30, 60, 90, 120])
    now = counter(number)
    assert (now.next_step, minutes_to(now.due_at)) == (2, 50)
    clock.advance(minutes=100)
    fire_all()
    steps = [row.step for row in db.session.query(CounterFiring).order_by(CounterFiring.id)]
    assert steps == [0, 2, 3]


def test_a_step_of_the_same_number_in_another_version_still_fires(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    policy = given_counter("Ответ", anton, (30, NOTE), (60, NOTE), limit=60)
    opened(ivan)
    clock.advance(minutes=40)
    fire_all()
    save(policy, anton, 60, [60])
    clock.advance(minutes=30)
    fire_all()
    assert db.session.query(CounterFiring).count() == 2


def test_a_pause_stays_a_pause_through_all_of_it(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    waiting, in_work = status("waiting"), status("in_work")
    urgent = {"all": [cond("priority", "is", 4)]}
    more: dict[str, Any] = {"kind": "solution", "pause": [waiting]}
    given_counter("Срочные", anton, (60, NOTE), limit=60, conditions=urgent, **more)
    given_counter("Прочие", anton, (120, NOTE), limit=120, **more)
    number = opened(ivan).id
    clock.advance(minutes=10)
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, number), waiting, by=masha)
    clock.advance(minutes=100)
    set_priority(number, 4)
    assert (counter(number).state, counter(number).due_at) == ("paused", None)
    clock.advance(minutes=100)
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tickets.change_status(case, in_work, by=masha)
    assert minutes_to(counter(number).limit_at) == 50


@pytest.mark.parametrize(
    "targets",
    [
        [{"minutes": 5}],
        [{"priorities": [4], "minutes": 0}],
        [{"priorities": [4], "minutes": "5"}],
        [{"priorities": [4], "minutes": 5}] * 21,
    ],
)
def test_targets_that_cannot_be(anton: Staff, targets: list[Any]) -> None:
    with pytest.raises(Invalid) as refused:
        given_counter("Ответ", anton, (15, NOTE), targets=targets)
    assert refused.value.field == "targets"
