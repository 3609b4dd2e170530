"""A clock that stands: what was late stays late wherever it is counted, and the list says it."""

import pytest

from core import bus
from core.clock import Frozen
from core.db import db
from desk import counters_report, tickets, views
from desk.deadlines import forecast, kept
from desk.views import VIEWS
from models import Client, Counter, CounterPolicy, Staff
from tests.support.counters import fire_all, given_counter
from tests.support.rules import case, do, status, without_rules
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]


@pytest.fixture
def waiting(anton: Staff) -> int:
    """The status in which the counter stands."""
    without_rules()
    return status("waiting")


def stand(number: int, status_id: int, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.change_status(case(number), status_id, by=by)


def clock_of(number: int) -> Counter:
    query = db.session.query(Counter).filter_by(case_id=number)
    return query.populate_existing().one()


def test_what_was_late_stays_late_while_it_stands(
    clock: Frozen, ivan: Client, anton: Staff, waiting: int
) -> None:
    policy = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60, pause=[waiting])
    late, stands = opened(ivan).id, opened(ivan).id
    clock.advance(minutes=90)
    fire_all()
    limit = clock_of(stands).limit_at
    stand(stands, waiting, anton)
    with bus.unit_of_work(writes=False):
        assert clock_of(stands).limit_at == limit
        assert counters_report.figures()[policy].late == 2
        found = kept.kept(db.session.get_one(CounterPolicy, policy), 30)
        assert (found.met, found.late) == (0, 2)
        assert {one.case.id for one in forecast.coming(anton)} == {late, stands}
    clock.advance(hours=2)
    stand(stands, status("in_work"), anton)
    assert clock_of(stands).limit_at == limit


def test_what_was_in_time_has_no_limit_while_it_stands(
    clock: Frozen, ivan: Client, anton: Staff, waiting: int
) -> None:
    policy = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60, pause=[waiting])
    number = opened(ivan).id
    clock.advance(minutes=30)
    stand(number, waiting, anton)
    clock.advance(hours=3)
    with bus.unit_of_work(writes=False):
        assert clock_of(number).limit_at is None
        assert counters_report.figures()[policy].late == 0
        assert forecast.coming(anton) == []
        (row,) = views.page(VIEWS["all"], anton).rows
        assert (row.is_paused, row.due_at) == (True, None)
    stand(number, status("in_work"), anton)
    with bus.unit_of_work(writes=False):
        (row,) = views.page(VIEWS["all"], anton).rows
        assert (row.is_paused, row.due_at is None) == (False, False)


def test_a_ticket_without_clocks_is_not_paused(ivan: Client, anton: Staff, waiting: int) -> None:
    opened(ivan)
    with bus.unit_of_work(writes=False):
        (row,) = views.page(VIEWS["all"], anton).rows
        assert not row.is_paused
