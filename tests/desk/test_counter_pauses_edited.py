"""Another choice of pause statuses holds at once, for clocks that run already, too."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from core import bus
from core import clock as core_clock
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, tickets
from desk.catalog import catalog
from desk.deadlines import CounterView, anew
from models import Case, Client, CounterFiring, CounterPolicy, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.ledger import MOSCOW, edited, saved
from tests.support.rules import do, without_rules
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]
MINUTE = timedelta(minutes=1)
EDITED = "счётчик изменён (Антон, 14:20): "


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 3, 4, hour, minute, tzinfo=MOSCOW)


@pytest.fixture(params=[False, True], ids=["at once", "in turns"])
def turns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anew, "AT_ONCE", 0 if request.param else 100)


@pytest.fixture
def waiting(app: Flask, clock: Frozen, anton: Staff) -> int:
    without_rules()
    edited(anton, {})
    clock.set(at(14, 0))
    with bus.unit_of_work(writes=False):
        return catalog().by_key("statuses", "waiting").id


def waits(number: int, status: int, by: Staff, clock: Frozen) -> None:
    """Since 14:10; now it is 14:20."""
    clock.set(at(14, 10))
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, number), status, by=by)
    clock.set(at(14, 20))


def compute() -> None:
    while anew.compute_stale():
        pass
    fire_all()


def shown(number: int) -> CounterView:
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        (view,) = (v for v in deadlines.summary(db.session.get_one(Case, number)) if v.is_going)
        assert view.lines
        return view


@pytest.mark.usefixtures("turns")
def test_a_status_that_pauses_now(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, waiting: int
) -> None:
    policy = given_counter("Решение", anton, (30, NOTE), kind="solution", limit=120)
    number = opened(ivan).id
    waits(number, waiting, masha, clock)
    saved(policy, anton, pause_statuses=[waiting])
    compute()
    clock.set(at(15, 0))
    fire_all()
    view = shown(number)
    assert (view.state, view.worked, view.paused_since) == ("paused", 20 * MINUTE, at(14, 20))
    last = view.lines[-1]
    assert (last.why, last.news) == (
        "пауза: «Ждём клиента»",
        EDITED + "в этом статусе теперь пауза",
    )
    assert db.session.get_one(Case, number).due_at is None
    assert not db.session.query(CounterFiring).count()


@pytest.mark.usefixtures("turns")
def test_a_status_that_pauses_no_more(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, waiting: int
) -> None:
    policy = given_counter("Решение", anton, kind="solution", limit=120, pause=[waiting])
    number = opened(ivan).id
    waits(number, waiting, masha, clock)
    saved(policy, anton, pause_statuses=[])
    compute()
    clock.set(at(15, 0))
    view = shown(number)
    assert (view.state, view.worked, view.limit_at) == ("ok", 50 * MINUTE, at(16, 10))
    last = view.lines[-1]
    assert (last.why, last.news, last.resumed) == (
        "рабочее время",
        EDITED + "в этом статусе больше нет паузы",
        True,
    )
    assert db.session.get_one(Case, number).due_at == at(16, 10)


@pytest.mark.usefixtures("turns")
def test_a_counter_that_takes_over_pauses_by_its_own_choice(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, waiting: int
) -> None:
    """Nobody edited that one: the ledger names both counters alone."""
    policy = given_counter("Решение", anton, kind="solution", limit=120)
    given_counter("Запасной", anton, kind="solution", limit=60, pause=[waiting])
    number = opened(ivan).id
    waits(number, waiting, masha, clock)
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, policy), on=False, by=anton)
    compute()
    clock.set(at(15, 0))
    view = shown(number)
    assert (view.state, view.worked) == ("paused", 20 * MINUTE)
    assert view.lines[-1].why == "пауза: «Ждём клиента»"
    assert view.lines[-1].news == ("дальше по другому счётчику: был «Решение», теперь «Запасной»")


def test_what_one_edit_changed_is_told_in_one_line(
    clock: Frozen,
    anton: Staff,
    masha: Staff,
    ivan: Client,
    waiting: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Though no two looks at the clock tell the same, as in life."""
    policy = given_counter("Решение", anton, kind="solution", limit=120)
    number = opened(ivan).id
    waits(number, waiting, masha, clock)
    monkeypatch.setattr(core_clock, "_source", lambda: clock.advance(microseconds=1))
    saved(policy, anton, pause_statuses=[waiting], limit_minutes=60)
    clock.set(at(15, 0))
    lines = shown(number).lines
    assert [line.news for line in lines] == [
        "",
        EDITED + "срок теперь 1\u00a0ч, был 2\u00a0ч; " + EDITED + "в этом статусе теперь пауза",
    ]
    assert [line.counted for line in lines] == [20 * MINUTE, timedelta()]


def test_a_save_that_leaves_the_pauses_says_nothing(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, waiting: int
) -> None:
    policy = given_counter("Решение", anton, kind="solution", limit=120, pause=[waiting])
    number = opened(ivan).id
    waits(number, waiting, masha, clock)
    saved(policy, anton)
    clock.set(at(15, 0))
    assert [line.news for line in shown(number).lines] == ["", ""]
