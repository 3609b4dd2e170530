"""Which limits will be missed at the present pace: queues, places, what has ended of late."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core import bus
from core.clock import Frozen, now
from core.db import db
from desk import catalog as reference
from desk import tickets
from desk.catalog import catalog
from desk.deadlines.forecast import Coming, Verdict, coming
from models import Case, Client, Direction, Group, Staff
from tests.support.counters import given_counter
from tests.support.people import hire
from tests.support.rules import cond, do, without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")
NOTE = [do("add_note", text="Пора")]


@pytest.fixture
def two_groups(anton: Staff) -> tuple[Group, Group]:
    with bus.unit_of_work():
        first = Group(key="tellers", name_ru="Первая", name_en="First", position=90)
        second = Group(key="drivers", name_ru="Вторая", name_en="Second", position=91)
        db.session.add_all([first, second])
    catalog_changed()
    return first, second


def catalog_changed() -> None:
    with bus.unit_of_work():
        reference.changed()


def opened_in(requester: Client, group: Group) -> int:
    number = opened(requester).id
    with bus.unit_of_work():
        tickets.assign_group(db.session.get_one(Case, number), group)
    return number


def take(number: int, who: Staff) -> None:
    with bus.unit_of_work():
        tickets.assign(db.session.get_one(Case, number), who, by=who)


def seen(who: Staff, hours: int = 8) -> list[Coming]:
    with bus.unit_of_work(writes=False):
        return coming(who, ahead=timedelta(hours=hours))


def test_the_queue_moves_at_its_pace(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, two_groups: tuple[Group, Group]
) -> None:
    """Six ended in the last hour: ten minutes each; the limit is an hour from now."""
    first, second = two_groups
    given_counter("Ответ", anton, (60, NOTE), limit=60)
    for _n in range(6):
        number = opened_in(ivan, first)
        clock.advance(minutes=10)
        take(number, masha)
    for _n in range(8):
        opened_in(ivan, first)
    alone = opened_in(ivan, second)
    rows = seen(anton)
    mine = [row for row in rows if row.queue.group == first.id]
    assert [row.place for row in mine] == list(range(1, 9))
    verdicts = [row.verdict for row in mine]
    assert verdicts[:4] == [Verdict.FINE] * 4
    assert verdicts[-1] == Verdict.MISSED
    assert mine[-1].late_by > timedelta()
    (other,) = [row for row in rows if row.queue.group == second.id]
    assert (other.case.id, other.verdict, other.expected) == (alone, Verdict.UNKNOWN, None)


def test_what_ended_on_a_day_off_tells_no_pace(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """Six end on Friday in four hours, seven on Sunday; asked on Monday, five past nine."""
    given_counter("Ответ", anton, (60, NOTE), limit=60)
    for day, count in ((13, 6), (15, 7)):
        clock.set(datetime(2026, 3, day, 13, 0, tzinfo=MOSCOW))
        for _n in range(count):
            number = opened(ivan).id
            clock.advance(minutes=40)
            take(number, masha)
    clock.set(datetime(2026, 3, 16, 9, 5, tzinfo=MOSCOW))
    opened(ivan)
    (row,) = seen(anton, hours=24)
    assert row.expected == now() + timedelta(minutes=40)


def test_a_group_that_had_little_to_do_is_not_slow(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    """Four came in a day and a half, each ended in eight minutes."""
    given_counter("Ответ", anton, (60, NOTE), limit=15)
    for day, hour in ((12, 10), (12, 15), (13, 10), (13, 16)):
        clock.set(datetime(2026, 3, day, hour, 0, tzinfo=MOSCOW))
        number = opened(ivan).id
        clock.advance(minutes=8)
        take(number, masha)
    clock.set(datetime(2026, 3, 13, 17, 0, tzinfo=MOSCOW))
    for _n in range(2):
        opened(ivan)
    first, second = seen(anton)
    assert (first.expected, first.verdict) == (now() + timedelta(minutes=8), Verdict.CLOSE)
    assert (second.expected, second.verdict) == (now() + timedelta(minutes=16), Verdict.MISSED)


def test_what_waits_long_makes_the_pace_slower(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (60, NOTE), limit=120)
    clock.set(datetime(2026, 3, 13, 14, 0, tzinfo=MOSCOW))
    for _n in range(3):
        number = opened(ivan).id
        clock.advance(minutes=5)
        take(number, masha)
    opened(ivan)
    expected = []
    for _hour in range(2):
        (row,) = seen(anton)
        assert row.expected is not None
        expected.append(row.expected - now())
        clock.advance(minutes=45)
    assert expected == [timedelta(minutes=5), timedelta(minutes=20)]


def test_two_that_ended_tell_no_pace(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (60, NOTE), limit=15)
    for _n in range(2):
        number = opened(ivan).id
        clock.advance(minutes=1)
        take(number, masha)
    opened(ivan)
    assert [row.verdict for row in seen(anton)] == [Verdict.UNKNOWN]


def test_what_is_late_stays_on_the_board_until_it_is_taken(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (15, NOTE), limit=15)
    number = opened(ivan).id
    clock.advance(minutes=30)
    assert [row.verdict for row in seen(anton)] == [Verdict.LATE]
    take(number, masha)
    assert seen(anton) == []


def test_what_is_far_paused_or_hidden_is_not_there(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    with bus.unit_of_work(writes=False):
        waiting = catalog().by_key("statuses", "waiting").id
    given_counter("Решение", anton, (300, NOTE), limit=300, kind="solution", pause=[waiting])
    number = opened(ivan).id
    assert seen(anton, hours=2) == []
    assert [row.case.id for row in seen(anton, hours=8)] == [number]
    with bus.unit_of_work():
        tickets.change_status(db.session.get_one(Case, number), waiting, by=masha)
    assert seen(anton, hours=8) == []


def test_the_board_reads_by_index(clock: Frozen, anton: Staff, masha: Staff, ivan: Client) -> None:
    given_counter("Ответ", anton, (15, NOTE), limit=15)
    for _n in range(3):
        opened(ivan)
    with bus.unit_of_work(writes=False), statements() as asked:
        assert len(coming(anton)) == 3
        assert len(asked) <= 8, asked
        assert not scans(asked)
    assert isinstance(now(), datetime)


def test_a_place_is_the_same_whoever_looks_and_at_what(
    clock: Frozen, anton: Staff, ivan: Client
) -> None:
    """Filters hide rows, they do not move anybody forward."""
    without_rules()
    urgent = cond("subject", "contains", "срочно")
    given_counter(
        "Срочные", anton, (120, NOTE), kind="no_answer", limit=120, conditions={"all": [urgent]}
    )
    others = given_counter("Прочие", anton, (130, NOTE), kind="no_answer", limit=130)
    with bus.unit_of_work():
        own = Direction(key="own", name_ru="Своё", name_en="Own")
        far = Direction(key="far", name_ru="Другое", name_en="Other")
        db.session.add_all([own, far])
        db.session.flush()
        reference.changed()
        own_id, far_id = own.id, far.id
    guest = hire("Гость", "guest@kurier.example", directions=[own])
    for _one in range(3):
        opened(ivan, "Это срочно", direction_id=far_id)
    clock.advance(minutes=1)
    last = opened(ivan, "Обычное", direction_id=own_id).id
    with bus.unit_of_work(writes=False):
        found = [coming(anton), coming(anton, counter=others), coming(guest)]
        places = [{one.case.id: one.place for one in rows}[last] for rows in found]
    assert places == [4, 4, 4]
    assert [len(rows) for rows in found] == [4, 1, 1]
