"""A calendar that is edited, put back and edited again: each limit is told once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from core import bus
from core import clock as core_clock
from core.clock import Frozen
from core.db import db
from desk import deadlines, tickets
from desk.notices.limits import tell_of_limits
from models import Calendar, Case, Client, Counter, CounterSpan, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.notices import mailed, told
from tests.support.rules import do, without_rules
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")
LONG, USUAL = [["00:00", "18:00"]], [["09:00", "18:00"]]
MAIL = do("send_mail", to="assignee", address="", subject={"ru": "Шаг"}, text={"ru": "Пора"})


@pytest.fixture(autouse=True)
def _moving(app: Flask, clock: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    """No two looks at the clock tell the same, as in life."""
    without_rules()
    clock.set(datetime(2026, 3, 1, 18, 0, tzinfo=MOSCOW))  # a Sunday
    monkeypatch.setattr(core_clock, "_source", lambda: clock.advance(microseconds=1))


def work_from(clock: Frozen, windows: list[list[str]], by: Staff) -> None:
    clock.advance(seconds=10)
    with bus.unit_of_work():
        row = db.session.query(Calendar).filter_by(key="office").one()
        kept = {"exceptions": {}, "holidays": row.holidays, "zone": row.zone}
        deadlines.change_calendar(row, by=by, week=[windows] * 5 + [[], []], **kept)
    tick()


def tick() -> None:
    fire_all()
    while tell_of_limits():
        pass


def test_each_limit_is_told_once(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> None:
    """By mail and in the app, and a step writes once, however often the calendar turns."""
    given_counter("Решение", anton, kind="solution", limit=60)
    given_counter("Первый ответ", anton, (90, [MAIL]), kind="first_answer", limit=90)
    with bus.unit_of_work():
        case = db.session.get_one(Case, opened(ivan).id)
        tickets.assign(case, masha, by=masha)
    clock.set(datetime(2026, 3, 2, 8, 30, tzinfo=MOSCOW))
    for _turn in range(3):
        work_from(clock, LONG, anton)
        work_from(clock, USUAL, anton)
    assert [subject.split(":")[0] for subject in mailed(masha)] == ["Шаг", "Просрочено"]
    assert [key for key, _case in told(masha)] == ["late"]
    clock.set(datetime(2026, 3, 2, 10, 1, tzinfo=MOSCOW))
    tick()
    last = mailed(masha)[2:]
    assert len(last) == 1, "the limit of Monday is another one, and passes once"
    assert "Решение" in last[0]


def test_the_book_has_no_gaps(clock: Frozen, anton: Staff, ivan: Client) -> None:
    given_counter("Решение", anton, kind="solution", limit=60)
    opened(ivan)
    limits = set()
    for _turn in range(3):
        work_from(clock, LONG, anton)
        work_from(clock, USUAL, anton)
        limits.add(db.session.query(Counter).one().limit_at)
    assert len(limits) == 1
    spans = db.session.query(CounterSpan).order_by(CounterSpan.id).all()
    assert [one.until for one in spans[:-1]] == [one.since for one in spans[1:]]
