"""A clock played over the log says what the clock that really ran says, to the second."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen, now
from core.db import db
from desk.automation.replay import reading
from desk.automation.replay.today import Today
from desk.catalog import catalog
from desk.deadlines import policies
from desk.deadlines.kinds.custom import became
from desk.deadlines.played import PlayedClock
from desk.deadlines.player import Player, image_of
from models import (
    Case,
    Client,
    ClientCategory,
    Counter,
    CounterEpisode,
    CounterFiring,
    CounterPolicy,
    CounterSpan,
    Staff,
)
from tests.support.counters import fire_all, given_calendar, given_counter
from tests.support.rule_dice import Dice
from tests.support.rules import cond, do, given, without_rules

NOTE = [do("add_note", text="Пора")]
EVENINGS = [[["15:00", "23:00"]]] * 7
KINDS = (
    "no_answer",
    "first_answer",
    "next_answer",
    "solution",
    "queue_wait",
    "no_activity",
    "agent_silent",
    "client_silent",
    "custom",
)


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def played_all() -> dict[tuple[int, str], PlayedClock]:
    """Of every case and every clock."""
    with bus.unit_of_work(writes=False):
        db.session.expire_all()
        numbers = [row.id for row in db.session.query(Case)]
        kinds, today = reading.kinds_of_cases(numbers), Today(numbers)
        log = reading.events_of(numbers, reading.last_event())
        return {
            (number, key): Player(group).play(image_of(number, kinds[number], today), rows, now())
            for key, group in policies.by_clock().items()
            for number, rows in log.items()
        }


def test_runs_of_the_log_are_the_runs_of_life(
    clock: Frozen, masha: Staff, sergey: Staff, anton: Staff, ivan: Client
) -> None:
    """One kind after the other would do, but all at once is quicker and harder."""
    compare_after_dice(clock, masha, sergey, anton, ivan, 3)


@pytest.mark.one_database
@pytest.mark.parametrize("seed", range(10, 14))
def test_the_same_by_more_dice(
    clock: Frozen, masha: Staff, sergey: Staff, anton: Staff, ivan: Client, seed: int
) -> None:
    compare_after_dice(clock, masha, sergey, anton, ivan, seed)


def compare_after_dice(
    clock: Frozen, masha: Staff, sergey: Staff, anton: Staff, ivan: Client, seed: int
) -> None:
    dice = Dice(seed, [masha, sergey])
    with bus.unit_of_work():
        category = ClientCategory(key="key", name_ru="Ключевой", name_en="Key", position=1)
        db.session.add(category)
        db.session.flush()
        db.session.get_one(Client, ivan.id).categories.append(category)
        key = category.id
    calendar = given_calendar("Вечером", anton, EVENINGS)
    for kind in KINDS:
        given_counters(kind, dice, anton, key, calendar)
    for number, one in enumerate(dice.rules(3)):
        more = {name: one[name] for name in ("run", "stop", "overwrite")}
        given(f"Правило {number}", " ".join(one["on"]), one["then"], **more, **{"if": one["if"]})
    history(dice, ivan, clock)
    compare()


def given_counters(kind: str, dice: Dice, by: Staff, category: int, calendar: str) -> None:
    """Two of each kind: one for high priorities, one for the rest by other hours, with pauses,
    targets, steps."""
    with bus.unit_of_work(writes=False):
        pause = [dice.status(), dice.status()]
    own = [
        ["note_added", "assignee_changed", became(pause[0])],
        ["agent_replied", "status_changed"],
    ]
    starts = dict(zip(("starts", "stops"), own, strict=True))
    more: dict[str, Any] = {
        "kind": kind,
        "pause": pause,
        "options": starts if kind == "custom" else {},
        "targets": [
            {"priorities": [4], "minutes": 90},
            {"priorities": [1, 2], "categories": [category], "minutes": 200},
        ],
    }
    steps = ((100, [do("set_priority", 4)]), (300, NOTE), (420, NOTE))
    high = {"any": [cond("priority", "gt", 2), cond("tags", "has_any", ["срочно"])]}
    given_counter(f"{kind} 1", by, *steps, limit=300, conditions=high, **more)
    given_counter(f"{kind} 2", by, (240, NOTE), limit=240, calendar=calendar, **more)


def history(dice: Dice, client: Client, clock: Frozen) -> None:
    numbers = [dice.begin(client) for _at in range(3)]
    for _act in range(24):
        for _tick in range(dice.random.randint(1, 8)):
            clock.advance(minutes=dice.random.randint(1, 60))
            fire_all()
        with bus.unit_of_work():
            case = db.session.get_one(Case, dice.one(numbers))
            for _turn in range(dice.random.randint(1, 2)):
                dice.act(case, client)


def compare() -> None:
    played = played_all()
    with bus.unit_of_work(writes=False):
        compare_with_life(played)


def compare_with_life(played: dict[tuple[int, str], PlayedClock]) -> None:
    lived_runs, lived_now = judged_in_life(), running_in_life()
    runs = [(key, run) for key, one in played.items() for run in one.runs]
    judged = sorted(
        (
            number,
            run.policy.id,
            run.started_at,
            run.ended_at,
            int(run.limit.total_seconds()) // 60,
            int(run.worked(run.ended_at).total_seconds()),
        )
        for (number, _key), run in runs
        if run.ended_at and run.policy.its_kind.is_measured
    )
    assert judged == lived_runs
    going = {
        (number, run.policy.id): (
            run.state,
            run.started_at,
            run.limit_at,
            [
                (span.since, span.until, span.counts, span.reason, span.calendar_id)
                for span in run.book
            ],
        )
        for (number, _key), run in runs
        if run.is_going
    }
    assert going == lived_now
    assert lived_runs
    assert lived_now


def judged_in_life() -> list[Any]:
    return sorted(
        (
            row.case_id,
            row.policy_id,
            row.started_at,
            row.ended_at,
            row.limit_minutes,
            row.worked_seconds,
        )
        for row in db.session.query(CounterEpisode)
    )


def running_in_life() -> dict[tuple[int, int], Any]:
    return {
        (row.case_id, row.policy_id): (
            row.state,
            row.started_at,
            row.limit_at if row.state == "running" else None,
            [
                (span.since, span.until, span.counts, span.reason, span.calendar_id)
                for span in db.session.query(CounterSpan)
                .filter_by(counter_id=row.id, episode=row.episode)
                .order_by(CounterSpan.id)
            ],
        )
        for row in db.session.query(Counter).filter(Counter.state != "stopped")
    }


def test_steps_come_when_they_fired(
    clock: Frozen, masha: Staff, anton: Staff, ivan: Client
) -> None:
    """Over nights, a weekend, pauses and another limit; each step once."""
    dice = Dice(5, [masha])
    with bus.unit_of_work(writes=False):
        waiting = [row for row in catalog().statuses.values() if row.key == "waiting"]
    given_counter(
        "Решение",
        anton,
        (200, NOTE),
        (300, NOTE),
        (900, NOTE),
        kind="solution",
        limit=300,
        pause=[waiting[0].id],
        targets=[{"priorities": [4], "minutes": 90}],
    )
    history(dice, ivan, clock)
    clock.advance(minutes=1)
    fire_all()
    counters = {row.id: row.case_id for row in db.session.query(Counter)}
    lived = sorted(
        (counters[row.counter_id], row.step, row.at.replace(second=0))
        for row in db.session.query(CounterFiring)
    )
    played = sorted(
        (number, came.step, came.at)
        for (number, _key), one in played_all().items()
        for run in one.runs
        for came in run.came
    )
    assert [one[:2] for one in played] == [one[:2] for one in lived]
    for (_n, _s, at), (_m, _t, fired) in zip(played, lived, strict=True):
        assert timedelta() <= fired - at <= timedelta(hours=1)
    assert len(played) > 3
    assert db.session.query(CounterPolicy).count() == 1
