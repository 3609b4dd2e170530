"""What would have been late: the version in force gives what was, a draft what it says."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import Base, db
from desk import deadlines, jobs, tickets
from desk.catalog import catalog
from desk.deadlines import replay
from desk.deadlines.would import Outcome
from desk.errors import Invalid
from models import (
    Calendar,
    Case,
    Client,
    CounterEpisode,
    CounterPolicy,
    CounterPolicyVersion,
    Job,
    JobState,
    Staff,
)
from tests.support.counters import fire_all, given_counter
from tests.support.rule_dice import Dice
from tests.support.rules import cond, do, without_rules
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]
LUNCH = [["09:00", "13:00"], ["14:00", "18:00"]]


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def draft_of(number: int, **more: Any) -> dict[str, Any]:
    """The version in force as the editor would send it, with something else in it."""
    with bus.unit_of_work(writes=False):
        row = db.session.get_one(CounterPolicy, number)
        version = (
            db.session.query(CounterPolicyVersion)
            .filter_by(policy_id=number, number=row.version_number)
            .one()
        )
        return {
            "policy": number,
            "kind": row.kind,
            "names": {"ru": row.name_ru, "en": row.name_en},
            "calendar": version.calendar_id,
            "conditions": version.conditions,
            "pause": version.pause_statuses,
            "limit": version.limit_minutes,
            "targets": version.targets,
            "options": version.options,
            "steps": version.steps,
            **more,
        }


def in_force(draft: dict[str, Any], days: int, by: Staff) -> list[tuple[int, bool]]:
    """(version, whether it began within the days) of a replay that is done now."""
    with bus.unit_of_work(writes=False):
        job = Job(arguments={"draft": draft, "days": days}, result=replayed(draft, days))
        return [(each.number, each.since is not None) for each in Outcome(job, by).in_force]


def test_what_counted_in_life_is_named(clock: Frozen, anton: Staff) -> None:
    number = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    first = draft_of(number)
    assert in_force(first, 7, anton) == [(1, True)]
    clock.advance(days=8)
    assert in_force(first, 7, anton) == [(1, False)]
    for limit in (70, 80):
        clock.advance(hours=1)
        saved_anew(number, anton, limit)
    assert in_force(first, 7, anton) == [(1, False), (2, True), (3, True)]
    assert in_force(first, 30, anton) == [(1, True), (2, True), (3, True)]
    clock.advance(days=8)
    assert in_force(first, 7, anton) == [(3, False)]
    assert in_force({**first, "policy": None}, 7, anton) == []


def saved_anew(number: int, by: Staff, limit: int) -> None:
    with bus.unit_of_work():
        row = db.session.get_one(CounterPolicy, number)
        new = CounterPolicyVersion(
            calendar=db.session.query(Calendar).filter_by(key="office").one(),
            conditions={},
            pause_statuses=[],
            targets=[],
            options={},
            limit_minutes=limit,
            steps=[{"after": limit, "then": NOTE}],
        )
        with db.session.no_autoflush:
            deadlines.save_policy(row, new, by=by, names={"ru": row.name_ru, "en": row.name_en})


def replayed(draft: dict[str, Any], days: int = 30) -> dict[str, Any]:
    db.session.rollback()
    return replay.replayed({"draft": draft, "days": days}, lambda done, total: None)


def status(key: str) -> int:
    with bus.unit_of_work(writes=False):
        return int(catalog().by_key("statuses", key).id)


def change(number: int, verb: Any, *given: Any, **more: Any) -> None:
    with bus.unit_of_work():
        verb(db.session.get_one(Case, number), *given, **more)


@pytest.fixture
def history(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> list[int]:
    """Over lunches, a short day and a weekend: pauses, priorities, solved and opened again."""
    with bus.unit_of_work():
        row = db.session.query(Calendar).filter_by(key="office").one()
        deadlines.change_calendar(
            row,
            by=anton,
            week=[LUNCH] * 5 + [[], []],
            exceptions={"2026-03-04": [["10:00", "12:00"]]},
            holidays="RU",
            zone="Europe/Moscow",
        )
        waiting = catalog().by_key("statuses", "waiting").id
    high = {"all": [cond("priority", "gt", 2)]}
    by_priority = [{"priorities": [4], "minutes": 90}, {"priorities": [3], "minutes": 200}]
    more: dict[str, Any] = {"pause": [waiting], "targets": by_priority}
    policies = [
        given_counter("Срочные", anton, (60, NOTE), kind="solution", conditions=high, **more),
        given_counter("Прочие", anton, (300, NOTE), kind="solution", limit=300, **more),
        given_counter("Первый ответ", anton, (45, NOTE), kind="first_answer", limit=45, **more),
        given_counter("Никто не взял", anton, (30, NOTE), limit=30, **more),
    ]
    dice = Dice(11, [masha])
    numbers = [dice.begin(ivan) for _at in range(5)]
    for _act in range(40):
        clock.advance(minutes=dice.random.randint(5, 150))
        fire_all()
        with bus.unit_of_work():
            dice.act(db.session.get_one(Case, dice.one(numbers)), ivan)
    return policies


def test_the_version_in_force_gives_what_really_happened(history: list[int]) -> None:
    both = {"met": 0, "missed": 0, "going": 0}
    for policy in history:
        outcome = replayed(draft_of(policy))
        mine = {name: outcome[name] for name in both}
        assert mine == outcome["lived"], policy
        assert (outcome["more"], outcome["fewer"]) == (0, 0)
        assert all(miss["was_late"] for miss in outcome["misses"])
        both = {name: both[name] + mine[name] for name in both}
    kept = db.session.query(CounterEpisode)
    assert both["met"] == kept.filter_by(outcome="met").count() > 1
    assert both["missed"] >= kept.filter_by(outcome="missed").count() > 1


def test_nothing_is_written(history: list[int]) -> None:
    def rows() -> dict[str, list[Any]]:
        with bus.unit_of_work(writes=False):
            tables = Base.metadata.sorted_tables
            return {t.name: sorted(map(repr, db.session.execute(t.select()))) for t in tables}

    before = rows()
    replayed(draft_of(history[0], limit=1, steps=[{"after": 1, "then": [do("set_priority", 4)]}]))
    assert rows() == before


def test_a_shorter_limit_is_missed_by_more(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = given_counter("Ответ", anton, (120, NOTE), kind="first_answer", limit=120)
    quick, slow, open_ = opened(ivan).id, opened(ivan).id, opened(ivan).id
    clock.advance(minutes=10)
    change(quick, tickets.reply, "Ответ", by=masha)
    clock.advance(minutes=80)
    change(slow, tickets.reply, "Ответ", by=masha)
    outcome = replayed(draft_of(policy, limit=60))
    assert (outcome["tickets"], outcome["met"], outcome["missed"], outcome["going"]) == (3, 1, 2, 0)
    assert outcome["lived"] == {"met": 2, "missed": 0, "going": 1}
    assert (outcome["more"], outcome["fewer"]) == (2, 0)
    told = [(m["case"], m["late"] // 60, m["until"] is None) for m in outcome["misses"]]
    assert told == [(slow, 30, False), (open_, 30, True)]


def test_a_draft_takes_its_own_place_among_the_others(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    """A counter above takes its tickets; a new one stands at the end."""
    urgent = {"all": [cond("priority", "is", 4)]}
    first = given_counter("Срочные", anton, (10, NOTE), limit=10, conditions=urgent)
    second = given_counter("Прочие", anton, (60, NOTE), limit=60)
    with bus.unit_of_work():
        tickets.open_ticket(tickets.NewTicket("Т", "Т", priority=4), requester=ivan)
    opened(ivan)
    clock.advance(minutes=30)
    assert replayed(draft_of(second, limit=20))["tickets"] == 1
    wider = draft_of(first, conditions={"all": []})
    assert (replayed(wider)["tickets"], replayed(wider)["missed"]) == (2, 2)
    assert replayed(draft_of(second, policy=None))["tickets"] == 0


def test_what_is_not_judged_in_life_is_counted_alone(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = given_counter("Тишина", anton, (60, NOTE), kind="no_activity", limit=60)
    number = opened(ivan).id
    for minutes in (30, 90, 20):
        clock.advance(minutes=minutes)
        change(number, tickets.add_note, "Заметка", by=masha)
    outcome = replayed(draft_of(policy))
    assert (outcome["met"], outcome["missed"], outcome["going"]) == (2, 1, 1)
    assert not outcome["measured"]


def test_only_runs_that_began_lately_count(clock: Frozen, anton: Staff, ivan: Client) -> None:
    policy = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    opened(ivan)
    clock.advance(days=10)
    new = opened(ivan).id
    clock.advance(minutes=1)
    assert replayed(draft_of(policy), 7)["tickets"] == 1
    outcome = replayed(draft_of(policy))
    assert (outcome["tickets"], outcome["going"]) == (2, 1)
    assert [miss["case"] for miss in outcome["misses"]] != [new]


def test_asked_for_twice_played_once(clock: Frozen, anton: Staff, ivan: Client) -> None:
    policy = given_counter("Ответ", anton, (15, NOTE), limit=15)
    opened(ivan)
    draft = draft_of(policy)
    with bus.unit_of_work():
        first, again = (replay.ask(draft, days=30, by=anton).id for _each in range(2))
    assert first == again
    db.session.rollback()
    assert jobs.run_next()
    with bus.unit_of_work(writes=False):
        job = replay.latest_of(draft)
        assert job is not None
        assert (job.id, job.state, job.result["tickets"]) == (first, JobState.DONE, 1)
        other = replay.latest_of({**draft, "limit": 20})
        assert other is not None
        assert other.id == first
        assert replay.latest_of({**draft, "policy": None}) is None


@pytest.mark.parametrize(
    ("wrong", "days"),
    [
        ({"limit": -1}, 30),
        ({"calendar": 99}, 30),
        ({"kind": "explosion"}, 30),
        ({"conditions": {"all": [{"field": "x", "op": "is", "value": 1}]}}, 30),
        ({}, 31),
    ],
)
def test_what_cannot_be_played(anton: Staff, wrong: dict[str, Any], days: int) -> None:
    draft = draft_of(given_counter("Ответ", anton, (15, NOTE), limit=15), **wrong)
    with bus.unit_of_work(), pytest.raises(Invalid):
        replay.ask(draft, days=days, by=anton)
