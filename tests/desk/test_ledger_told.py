"""The ledger in words: edits of calendars, limits that held then, columns that add up."""

from datetime import datetime, timedelta

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from core.when import left, working
from desk import deadlines, tickets
from desk.deadlines import anew
from models import Case, Client, CounterSpan, Staff
from tests.support.counters import given_counter
from tests.support.ledger import MOSCOW, edited, saved, told
from tests.support.tickets import opened


def test_an_edit_of_the_calendar_is_told(clock: Frozen, anton: Staff, ivan: Client) -> None:
    edited(anton, {})
    given_counter("Решение", anton, kind="solution", limit=120)
    clock.set(datetime(2026, 3, 4, 14, 0, tzinfo=MOSCOW))
    number = opened(ivan).id
    clock.set(datetime(2026, 3, 4, 14, 5, tzinfo=MOSCOW))
    edited(anton, {"2026-03-04": [["09:00", "15:00"]]})
    clock.set(datetime(2026, 3, 4, 14, 30, tzinfo=MOSCOW))
    first, second = told(number)
    assert (first.news, first.lasted) == ("", timedelta(minutes=5))
    assert second.news == (
        "календарь «Рабочие дни» изменён (Антон, 14:05), срок сдвинут с 16:00 на 5 мар., 10:00"
    )


def test_an_edit_that_moves_nothing_is_not_told(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    edited(anton, {})
    given_counter("Решение", anton, kind="solution", limit=120)
    number = opened(ivan).id
    clock.advance(minutes=5)
    edited(anton, {"2026-05-04": []})
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), 4, by=masha)
    assert db.session.query(CounterSpan).count() == 1


def test_an_edit_is_told_of_clocks_that_are_computed_later(
    clock: Frozen, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(anton, {})
    given_counter("Решение", anton, kind="solution", limit=120)
    number = opened(ivan).id
    monkeypatch.setattr(anew, "AT_ONCE", 0)
    clock.advance(minutes=5)
    edited(anton, {"2026-03-02": [["09:00", "10:00"]]})
    assert anew.left() == 1
    clock.advance(minutes=5)
    while anew.compute_stale():
        pass
    clock.advance(minutes=1)
    first, second = told(number)
    assert (first.news, second.since) == ("", clock.at - timedelta(minutes=1))
    assert "(Антон, 09:05), срок сдвинут с 11:00 на 3 мар., 10:00" in second.news


def test_counted_and_left_are_the_limit_that_held(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """Seconds lie between; what counted is rounded down and what is left up, of the limit then."""
    targets = [{"priorities": [4], "categories": [], "minutes": 3}]
    given_counter("Решение", anton, kind="solution", limit=6, targets=targets)
    number = opened(ivan).id
    clock.advance(seconds=100)
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), 4, by=masha)
    clock.advance(seconds=50)
    with use_locale("ru", "Europe/Moscow"):
        said = [
            (working(line.counted.total_seconds()), left(line.left.total_seconds()))
            for line in told(number)
        ]
    assert said == [("1\u00a0мин", "5\u00a0мин"), ("1\u00a0мин", "1\u00a0мин")]


def test_a_special_day_is_called_by_its_name(clock: Frozen, anton: Staff, ivan: Client) -> None:
    edited(anton, {"2026-03-03": {"name": "Инвентаризация", "hours": []}})
    given_counter("Решение", anton, kind="solution", limit=1200)
    number = opened(ivan).id
    clock.set(datetime(2026, 3, 4, 10, 0, tzinfo=MOSCOW))
    assert [line.why for line in told(number)] == [
        "рабочее время",
        "вне рабочих часов",
        "Инвентаризация",
        "вне рабочих часов",
        "рабочее время",
    ]


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (["14:03", "18:00"], "; из отсчёта убрано 3\u00a0мин"),
        (["13:00", "15:00"], "на 5 мар., 10:00"),
    ],
)
def test_an_edit_tells_what_it_took_of_what_counted(
    clock: Frozen, anton: Staff, ivan: Client, hours: list[str], said: str
) -> None:
    edited(anton, {})
    given_counter("Решение", anton, kind="solution", limit=120)
    clock.set(datetime(2026, 3, 4, 14, 0, tzinfo=MOSCOW))
    number = opened(ivan).id
    clock.advance(minutes=5)
    edited(anton, {"2026-03-04": [hours]})
    clock.advance(minutes=5)
    assert [line.news for line in told(number) if line.news][0].endswith(said)


def test_an_edit_tells_what_it_gave(clock: Frozen, anton: Staff, ivan: Client) -> None:
    edited(anton, {"2026-03-04": [["14:04", "18:00"]]})
    given_counter("Решение", anton, kind="solution", limit=120)
    clock.set(datetime(2026, 3, 4, 14, 0, tzinfo=MOSCOW))
    number = opened(ivan).id
    clock.advance(minutes=10)
    edited(anton, {})
    clock.advance(minutes=5)
    (news,) = (line.news for line in told(number) if line.news)
    assert news.endswith("срок сдвинут с 16:04 на 16:00; в отсчёт добавлено 4\u00a0мин")


def test_an_edit_of_the_counter_is_told(clock: Frozen, anton: Staff, ivan: Client) -> None:
    number = given_counter("Решение", anton, kind="solution", limit=3)
    case = opened(ivan).id
    clock.advance(minutes=1)
    saved(number, anton, limit_minutes=30)
    clock.advance(minutes=1)
    assert [line.news for line in told(case)] == [
        "",
        "счётчик изменён (Антон, 09:01): срок теперь 30\u00a0мин, был 3\u00a0мин",
    ]


def test_another_calendar_of_the_counter_is_told(clock: Frozen, anton: Staff, ivan: Client) -> None:
    number = given_counter("Решение", anton, kind="solution", limit=120)
    case = opened(ivan).id
    clock.advance(minutes=10)
    with bus.unit_of_work():
        late = deadlines.new_calendar(
            by=anton,
            names={"ru": "Позже", "en": ""},
            week=[[["09:04", "18:00"]]] * 7,
            exceptions={},
            holidays=None,
            zone="Europe/Moscow",
        )
        db.session.flush()
        other = late.id
    saved(number, anton, calendar_id=other)
    clock.advance(minutes=1)
    assert [line.news for line in told(case) if line.news] == [
        "счётчик изменён (Антон, 09:10): другой календарь; из отсчёта убрано 4\u00a0мин"
    ]


def test_another_priority_is_told_in_its_own_words(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    targets = [
        {"priorities": [4], "categories": [], "minutes": 30},
        {"priorities": [], "categories": [1], "minutes": 45},
    ]
    given_counter("Решение", anton, kind="solution", limit=60, targets=targets)
    case = opened(ivan).id
    clock.advance(minutes=1)
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, case), 4, by=masha)
    clock.advance(minutes=1)
    (news,) = (line.news for line in told(case) if line.news)
    assert news == "приоритет теперь «Срочный» (Маша): срок 30\u00a0мин, был 1\u00a0ч"
