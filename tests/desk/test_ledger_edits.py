"""Edits that come while a clock stands or is late already: its ledger tells of them too."""

from datetime import datetime, timedelta

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, tickets
from desk.catalog import catalog
from desk.deadlines import anew
from models import Case, Client, CounterPolicy, CounterSpan, Staff
from tests.support.counters import given_counter
from tests.support.ledger import MOSCOW, edited, saved, told
from tests.support.tickets import opened

TODAY = "2026-03-04"


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 3, 4, hour, minute, tzinfo=MOSCOW)


def turned(number: int, status: str, by: Staff) -> None:
    with bus.unit_of_work():
        wanted = catalog().by_key("statuses", status).id
        tickets.change_status(db.session.get_one(Case, number), wanted, by=by)


@pytest.fixture
def policy(clock: Frozen, anton: Staff) -> int:
    """Two hours, paused while a ticket waits for its client."""
    edited(anton, {})
    clock.set(at(14, 0))
    with bus.unit_of_work(writes=False):
        waiting = catalog().by_key("statuses", "waiting").id
    return given_counter("Решение", anton, kind="solution", limit=120, pause=[waiting])


@pytest.fixture
def paused(clock: Frozen, masha: Staff, ivan: Client, policy: int) -> int:
    """A ticket of 14:00 that waits since 14:10; now it is 14:20."""
    number = opened(ivan).id
    clock.set(at(14, 10))
    turned(number, "waiting", masha)
    clock.set(at(14, 20))
    return number


@pytest.mark.parametrize(
    ("hours", "gave"),
    [
        (["14:03", "18:00"], "; из отсчёта убрано 3\u00a0мин"),
        (["09:00", "15:00"], ""),  # it would come later, and nothing that counted is lost
    ],
)
def test_a_paused_clock_tells_of_its_calendar(
    clock: Frozen, anton: Staff, masha: Staff, paused: int, hours: list[str], gave: str
) -> None:
    edited(anton, {TODAY: [hours]})
    clock.set(at(14, 30))
    *_before, first, second = told(paused)
    assert [line.why for line in (first, second)] == ["пауза: «Ждём клиента»"] * 2
    assert (first.news, second.since) == ("", at(14, 20))
    assert second.news == "календарь «Рабочие дни» изменён (Антон, 14:20)" + gave
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        (view,) = deadlines.summary(db.session.get_one(Case, paused))
        assert (view.paused_since, view.paused_for) == (at(14, 10), timedelta(minutes=20))
        assert [piece.kind for piece in view.bar] == ["work", "pause"]
    turned(paused, "in_work", masha)
    clock.set(at(14, 40))
    assert [line.resumed for line in told(paused)][-2:] == [False, True]


def test_an_edit_is_told_once(clock: Frozen, anton: Staff, policy: int, paused: int) -> None:
    edited(anton, {TODAY: [["14:03", "18:00"]]})
    clock.set(at(14, 30))
    for _turn in range(2):
        saved(policy, anton)
    clock.set(at(14, 40))
    assert len([line for line in told(paused) if "календарь" in line.news]) == 1


def test_an_edit_that_a_pause_does_not_feel_is_not_told_ever(
    clock: Frozen, anton: Staff, policy: int, paused: int
) -> None:
    """Not when its day has come either."""
    edited(anton, {"2026-03-12": []})
    clock.set(datetime(2026, 3, 13, 10, 0, tzinfo=MOSCOW))
    saved(policy, anton)
    assert db.session.query(CounterSpan).count() == 2


def test_a_paused_clock_tells_of_its_counter(
    clock: Frozen, anton: Staff, policy: int, paused: int
) -> None:
    saved(policy, anton, limit_minutes=60)
    clock.set(at(14, 30))
    *_before, first, second = told(paused)
    assert second.news == "счётчик изменён (Антон, 14:20): срок теперь 1\u00a0ч, был 2\u00a0ч"
    assert [line.limit for line in (first, second)] == [timedelta(hours=2), timedelta(hours=1)]


def test_a_paused_clock_tells_that_another_counter_took_it(
    clock: Frozen, anton: Staff, policy: int, paused: int
) -> None:
    with bus.unit_of_work(writes=False):
        waiting = catalog().by_key("statuses", "waiting").id
    given_counter("Запасной", anton, kind="solution", limit=30, pause=[waiting])
    with bus.unit_of_work():
        deadlines.switch(db.session.get_one(CounterPolicy, policy), on=False, by=anton)
    clock.set(at(14, 30))
    *_before, first, second = told(paused)
    assert second.why == first.why
    assert second.news == "дальше по другому счётчику: был «Решение», теперь «Запасной»"


@pytest.mark.parametrize("turns", [False, True], ids=["at once", "in turns"])
def test_a_late_clock_tells_of_an_edit_that_leaves_its_limit(
    clock: Frozen,
    anton: Staff,
    ivan: Client,
    policy: int,
    turns: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number = opened(ivan).id
    clock.set(at(17, 30))
    monkeypatch.setattr(anew, "AT_ONCE", 0 if turns else 100)
    edited(anton, {TODAY: [["09:00", "17:00"]]})
    while anew.compute_stale():
        pass
    clock.set(at(17, 40))
    (news,) = (line.news for line in told(number) if line.news)
    assert news == (
        "календарь «Рабочие дни» изменён (Антон, 17:30), срок остаётся прежним;"
        " из отсчёта убрано 30\u00a0мин"
    )
