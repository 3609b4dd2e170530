"""Counters switched off, put in order, tried again; their figures; their ledger in words."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus, i18n
from core.clock import Frozen
from core.db import db
from desk import counter_firings, counters_report, deadlines, tickets
from desk.errors import Invalid, Stale
from desk.tickets import NewTicket
from models import (
    Calendar,
    Case,
    Client,
    Counter,
    CounterPolicy,
    CounterPolicyVersion,
    CounterSpan,
    Staff,
    Status,
)

MOSCOW = ZoneInfo("Europe/Moscow")
WEEK = [[["09:00", "13:00"], ["14:00", "18:00"]]] * 5 + [[], []]
NOTE = [{"do": "add_note", "text": "Пора"}]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2026; the 2nd is a Monday, the 9th a holiday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=MOSCOW)


@pytest.fixture(autouse=True)
def office(app: Flask, anton: Staff) -> None:
    with bus.unit_of_work():
        deadlines.change_calendar(
            calendar(), by=anton, week=WEEK, exceptions={}, holidays="RU", zone="Europe/Moscow"
        )


def calendar() -> Calendar:
    return db.session.query(Calendar).filter_by(key="office").one()


def policy(by: Staff, name: str, limit: int = 15, kind: str = "no_answer", **more: Any) -> int:
    with bus.unit_of_work():
        row = CounterPolicy(kind=kind)
        version = CounterPolicyVersion(
            calendar=calendar(),
            conditions=more.get("conditions", {}),
            pause_statuses=more.get("pause", []),
            limit_minutes=limit,
            steps=[{"after": limit, "then": NOTE}],
        )
        deadlines.save_policy(row, version, by=by, names={"ru": name, "en": ""})
        return row.id


def open_one(requester: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Тема", "Текст"), requester=requester).number


def policies() -> list[str]:
    with bus.unit_of_work(writes=False):
        return [row.name_ru for row, _version in counters_report.policies()]


def test_switched_off_it_stands_switched_on_it_goes_on(
    app: Flask, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    number, other = policy(anton, "Без ответа"), policy(anton, "Тишина", 60, "no_activity")
    case = open_one(ivan)
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, number), on=False, by=anton)
    db.session.expire_all()
    left = {c.policy_id: c.state for c in db.session.query(Counter)}
    assert left == {number: "stopped", other: "running"}
    assert db.session.get_one(Case, case).due_at == at(2, 10)
    clock.advance(minutes=30)
    assert deadlines.fire_due() == 0
    open_spans = db.session.query(CounterSpan).filter_by(until=None).count()
    assert open_spans == 1
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, number), on=True, by=anton)
    open_one(ivan)
    going = db.session.query(Counter).filter_by(state="running", policy_id=number)
    assert going.count() == 2, "the first one waits still"


def test_order_within_a_kind(app: Flask, anton: Staff) -> None:
    first, second = policy(anton, "Первый"), policy(anton, "Второй")
    policy(anton, "Тишина", kind="no_activity")
    assert [name for name in policies() if name != "Тишина"] == ["Первый", "Второй"]
    for number, up in ((second, True), (second, True), (first, False)):
        with bus.unit_of_work():
            deadlines.move(db.session.get_one(CounterPolicy, number), up=up, by=anton)
    assert [name for name in policies() if name != "Тишина"] == ["Второй", "Первый"]


def test_the_order_decides(app: Flask, anton: Staff, ivan: Client) -> None:
    policy(anton, "Первый")
    second = policy(anton, "Второй")
    with bus.unit_of_work():
        deadlines.move(db.session.get_one(CounterPolicy, second), up=True, by=anton)
    open_one(ivan)
    assert db.session.query(Counter).one().policy_id == second


def test_figures(app: Flask, clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> None:
    number, idle = policy(anton, "Без ответа"), policy(anton, "Другой")
    open_one(ivan)
    clock.advance(minutes=20)
    deadlines.fire_due()
    open_one(ivan)
    answered = open_one(ivan)
    with bus.unit_of_work():
        tickets.reply(db.session.get_one(Case, answered), "Да", by=masha)
    with bus.unit_of_work(writes=False):
        figures = counters_report.figures()
        firings, following = counter_firings.firings(
            anton, db.session.get_one(CounterPolicy, number)
        )
    assert (figures[number].running, figures[number].late, figures[number].fired) == (2, 1, 1)
    assert (figures[idle].running, figures[idle].late, figures[idle].fired) == (0, 0, 0)
    (firing,) = firings
    assert (firing.late, following) == (timedelta(minutes=5), None)
    clock.advance(days=8)
    with bus.unit_of_work(writes=False):
        assert counters_report.figures()[number].fired == 0


def test_a_failing_counter_is_tried_again(
    app: Flask, clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy(anton, "Без ответа")
    open_one(ivan)

    def broken(*_given: object) -> None:
        raise RuntimeError("нет группы")

    clock.advance(minutes=15)
    with monkeypatch.context() as patched:
        patched.setattr(deadlines.fire, "_record", broken)
        deadlines.fire_due()
    with bus.unit_of_work():
        (counter,) = counters_report.failing(anton)
        assert counter.error == "RuntimeError: нет группы"
        deadlines.retry(counter)
    assert deadlines.fire_due() == 1
    with bus.unit_of_work(writes=False):
        assert counters_report.failing(anton) == []


def test_impossible_counters_are_refused(app: Flask, anton: Staff) -> None:
    with pytest.raises(Invalid) as caught:
        policy(anton, "")
    assert caught.value.field == "name_ru"
    with pytest.raises(Invalid) as caught:
        policy(anton, "Условие", conditions={"all": [{"field": "нет", "op": "is", "value": 1}]})
    assert caught.value.field == "conditions"
    with pytest.raises(Invalid) as caught:
        policy(anton, "Чужой", kind="unheard_of")
    assert caught.value.field == "kind"


def test_a_calendar_that_a_counter_could_not_end_on(app: Flask, anton: Staff, ivan: Client) -> None:
    policy(anton, "Год", 60 * 24 * 300)
    minute = [[["09:00", "09:01"]]] + [[]] * 6
    for week in (minute, [[]] * 7):
        with pytest.raises(Invalid) as caught, bus.unit_of_work():
            deadlines.change_calendar(
                calendar(), by=anton, week=week, exceptions={}, holidays=None, zone="UTC"
            )
        assert caught.value.field == "week"
    open_one(ivan)


def test_calendars_know_when_they_were_changed(app: Flask, anton: Staff) -> None:
    seen = deadlines.fingerprint(calendar())
    with bus.unit_of_work():
        deadlines.expect_calendar(calendar(), seen)
        deadlines.rename_calendar(calendar(), {"ru": "Будни", "en": ""})
    with pytest.raises(Stale), bus.unit_of_work():
        deadlines.expect_calendar(calendar(), seen)


def test_ledger_tells_why_time_did_not_count(
    app: Flask, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    waiting = db.session.query(Status).filter_by(key="waiting").one().id
    policy(anton, "Тишина", 600, "no_activity", pause=[waiting])
    clock.set(at(6, 12))
    case = open_one(ivan)
    clock.set(at(10, 9, 30))
    with bus.unit_of_work(writes=False), i18n.use_locale("en", "Europe/Moscow"):
        (view,) = deadlines.summary(db.session.get_one(Case, case))
        told = [(line.why, line.counts) for line in view.lines]
    assert told == [
        ("working time", True),
        ("break", False),
        ("working time", True),
        ("outside working hours", False),
        ("day off", False),
        ("International Women's Day", False),
        ("International Women's Day (observed)", False),
        ("outside working hours", False),
        ("working time", True),
    ]
    assert view.lines[-1].worked == view.worked == timedelta(hours=5, minutes=30)
    assert [piece.kind for piece in view.bar] == ["work", "work", "work"]
    assert view.waits_until is None


def test_ledger_of_a_pause(
    app: Flask, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    waiting = db.session.query(Status).filter_by(key="waiting").one().id
    working = db.session.query(Status).filter_by(key="in_work").one().id
    policy(anton, "Тишина", 60, "no_activity", pause=[waiting])
    case = open_one(ivan)
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, case), waiting, by=masha)
    clock.advance(hours=2)
    with bus.unit_of_work(writes=False), i18n.use_locale("en"):
        (view,) = deadlines.summary(db.session.get_one(Case, case))
        assert (view.state, view.paused_for) == ("paused", timedelta(hours=2))
        assert view.lines[-1].why == "paused: “Waiting for client”"
        assert [piece.kind for piece in view.bar] == ["pause"]
        assert view.end == at(2, 12)
        assert view.windows == []
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, case), working, by=masha)
    clock.set(at(2, 12, 30))
    with bus.unit_of_work(writes=False):
        (view,) = deadlines.summary(db.session.get_one(Case, case))
    assert view.state == "late"
    assert [(piece.kind, piece.x) for piece in view.bar] == [("work", 0.0), ("over", 66.67)]


def test_two_calendars_do_not_share_a_name(anton: Staff) -> None:
    hours: dict[str, Any] = {"week": WEEK, "exceptions": {}, "holidays": None, "zone": "UTC"}
    with bus.unit_of_work():
        deadlines.new_calendar(by=anton, names={"ru": "Ночная смена", "en": ""}, **hours)
    with pytest.raises(Invalid) as refused, bus.unit_of_work():
        deadlines.new_calendar(by=anton, names={"ru": "ночная Смена", "en": ""}, **hours)
    assert refused.value.field == "name_ru"
    with bus.unit_of_work():
        deadlines.new_calendar(by=anton, names={"ru": "Дневная смена", "en": ""}, **hours)
