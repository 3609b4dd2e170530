"""A clock that another counter takes over: what was worked stays, whatever calendar counts now."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, tickets
from desk.catalog import catalog
from desk.deadlines import CounterView, anew
from models import Calendar, Case, Client, Counter, CounterFiring, CounterPolicy, Staff
from tests.support.counters import fire_all, given_calendar, given_counter
from tests.support.ledger import MOSCOW, edited, saved
from tests.support.rules import cond, do, without_rules
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]
EVERY_DAY = [[["08:00", "22:00"]]] * 7
MINUTE = timedelta(minutes=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2026; the 6th is a Friday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=MOSCOW)


@pytest.fixture
def couriers(app: Flask, clock: Frozen, anton: Staff) -> str:
    """A calendar of every day; the office works from Monday to Friday."""
    without_rules()
    clock.set(at(5, 12))
    edited(anton, {})
    return given_calendar("Курьеры", anton, EVERY_DAY)


@pytest.fixture
def urgent(couriers: str, anton: Staff) -> int:
    """Two hours in the office; urgent tickets three hours of the couriers, who come first."""
    high = {"all": [cond("priority", "gt", 2)]}
    steps = (60, NOTE), (120, NOTE), (180, NOTE)
    more = {"kind": "solution", "calendar": couriers, "conditions": high}
    number = given_counter("Курьеры", anton, *steps, limit=180, **more)
    given_counter("Офис", anton, (120, NOTE), kind="solution", limit=120)
    return number


def turn(number: int, priority: int, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), priority, by=by)
    fire_all()


def going(number: int) -> CounterView:
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        view = deadlines.summary(db.session.get_one(Case, number))[0]
        assert view.lines[-1].worked == view.worked
        return view


def calendar_of(key: str) -> int:
    return db.session.query(Calendar).filter_by(key=key).one().id


def test_what_was_worked_stays_worked(
    clock: Frozen, urgent: int, masha: Staff, ivan: Client, couriers: str
) -> None:
    """From Friday 17:30 half an hour counted; on Saturday another calendar takes the clock."""
    clock.set(at(6, 17, 30))
    number = opened(ivan).id
    clock.set(at(7, 17))
    turn(number, 4, masha)
    view = going(number)
    assert (view.worked, view.policy_id) == (30 * MINUTE, urgent)
    assert view.limit_at == at(7, 19, 30)
    assert not db.session.query(CounterFiring).count()
    clock.set(at(7, 18))
    view = going(number)
    assert (view.worked, view.left) == (90 * MINUTE, 90 * MINUTE)
    assert [line.counted for line in view.lines if line.counts] == [30 * MINUTE, 60 * MINUTE]
    fire_all()
    assert [row.at for row in db.session.query(CounterFiring)] == [at(7, 18)]


def test_there_and_back_each_stretch_keeps_its_calendar(
    clock: Frozen, urgent: int, masha: Staff, ivan: Client, couriers: str
) -> None:
    clock.set(at(6, 17, 30))
    number = opened(ivan).id
    clock.set(at(7, 17))
    turn(number, 4, masha)
    clock.set(at(7, 17, 40))
    turn(number, 2, masha)
    view = going(number)
    assert (view.worked, view.limit_at) == (70 * MINUTE, at(9, 9, 50))
    (kept,) = db.session.query(Counter).filter_by(state="running")
    book = [each.calendar_id for each in kept.spans if each.episode == kept.episode]
    assert book == [calendar_of("office"), calendar_of(couriers), None]


def test_a_counter_that_is_switched_off_hands_over_what_was_worked(
    clock: Frozen, urgent: int, anton: Staff, masha: Staff, ivan: Client
) -> None:
    clock.set(at(7, 8))
    number = opened(ivan, priority=4).id
    clock.set(at(7, 9, 30))
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, urgent), on=False, by=anton)
    view = going(number)
    assert (view.name, view.worked, view.limit_at) == ("Офис", 90 * MINUTE, at(9, 9, 30))


def test_a_late_clock_is_late_by_what_counted(
    clock: Frozen, urgent: int, masha: Staff, ivan: Client
) -> None:
    """The browser goes on by the same stretches."""
    clock.set(at(6, 17))
    number = opened(ivan, priority=4).id
    clock.set(at(6, 21))
    turn(number, 2, masha)
    clock.set(at(9, 9, 10))
    view = going(number)
    assert (view.state, view.limit_at) == ("late", at(6, 19))
    assert view.late_by == 130 * MINUTE
    assert view.windows[0] == (at(6, 19), at(6, 21))
    assert sum((min(b, clock.at) - a for a, b in view.windows if a < clock.at), 0 * MINUTE) == (
        view.late_by
    )


@pytest.fixture(params=[False, True], ids=["at once", "in turns"])
def turns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anew, "AT_ONCE", 0 if request.param else 100)


@pytest.mark.usefixtures("turns")
def test_an_edit_of_the_calendar_before_is_counted_and_told(
    clock: Frozen, urgent: int, anton: Staff, masha: Staff, ivan: Client
) -> None:
    clock.set(at(6, 17, 30))
    number = opened(ivan).id
    clock.set(at(7, 17))
    turn(number, 4, masha)
    edited(anton, {date(2026, 3, 6).isoformat(): [["09:00", "17:40"]]})
    while anew.compute_stale():
        pass
    view = going(number)
    assert (view.worked, view.limit_at) == (10 * MINUTE, at(7, 19, 50))
    clock.set(at(7, 17, 10))
    news = [line.news for line in going(number).lines if line.news]
    assert news == [
        "дальше по другому счётчику: был «Офис», теперь «Курьеры»;"
        " календарь «Рабочие дни» изменён (Антон, 17:00), срок сдвинут с 19:30 на 19:50;"
        " из отсчёта убрано 20\u00a0мин"
    ]


def test_another_calendar_of_the_counter_itself_counts_its_own_past_anew(
    clock: Frozen, urgent: int, anton: Staff, masha: Staff, ivan: Client, couriers: str
) -> None:
    """Not what another counter had counted before."""
    clock.set(at(6, 17, 30))
    number = opened(ivan).id
    clock.set(at(7, 17))
    turn(number, 4, masha)
    clock.set(at(7, 18))
    saved(urgent, anton, calendar_id=calendar_of("office"))
    assert going(number).worked == 30 * MINUTE
    saved(urgent, anton, calendar_id=calendar_of(couriers))
    assert going(number).worked == 90 * MINUTE


def test_a_paused_clock_keeps_what_was_worked(
    clock: Frozen, couriers: str, anton: Staff, masha: Staff, ivan: Client
) -> None:
    with bus.unit_of_work(writes=False):
        waiting, work = (catalog().by_key("statuses", key).id for key in ("waiting", "in_work"))
    more = {"kind": "solution", "limit": 120, "pause": [waiting]}
    office = given_counter("Офис", anton, **more)
    given_counter("Курьеры", anton, calendar=couriers, **more)
    clock.set(at(6, 17, 30))
    number = opened(ivan).id
    clock.set(at(7, 10))
    status(number, waiting, masha)
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, office), on=False, by=anton)
    assert (going(number).state, going(number).worked) == ("paused", 30 * MINUTE)
    clock.set(at(7, 17))
    status(number, work, masha)
    assert (going(number).worked, going(number).limit_at) == (30 * MINUTE, at(7, 18, 30))


def status(number: int, status: int, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, number), status, by=by)
