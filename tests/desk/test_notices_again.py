"""A limit that is edited: the same lateness is told once, a new one again."""

from datetime import timedelta

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.catalog import catalog
from desk.deadlines.soon import stage_of
from desk.notices.limits import tell_of_limits
from models import Client, Counter, Staff
from tests.support.counters import given_counter
from tests.support.ledger import saved
from tests.support.notices import mailed
from tests.support.rules import case, without_rules
from tests.support.tickets import opened


@pytest.fixture
def policy(app: Flask, anton: Staff) -> int:
    """To be solved within an hour; a status of waiting pauses it."""
    without_rules()
    with bus.unit_of_work(writes=False):
        waiting = catalog().by_key("statuses", "waiting").id
    return given_counter("Решение", anton, kind="solution", limit=60, pause=[waiting])


@pytest.fixture
def late(policy: int, ivan: Client, masha: Staff, clock: Frozen) -> int:
    """A ticket of Masha's, an hour and five minutes old; she knows that it is late."""
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    clock.advance(minutes=65)
    tell()
    assert of_lateness(masha) == 1
    return number


def tell() -> None:
    while tell_of_limits():
        pass


def of_lateness(person: Staff) -> int:
    return sum(subject.startswith("Просрочено") for subject in mailed(person))


def given_limit(minutes: int, policy: int, clock: Frozen, by: Staff) -> None:
    clock.advance(seconds=30)
    saved(policy, by, limit_minutes=minutes)
    tell()


@pytest.mark.parametrize("limit", [30, 62, 65])
def test_another_limit_that_is_past_too_is_no_news(
    late: int, policy: int, anton: Staff, masha: Staff, clock: Frozen, limit: int
) -> None:
    given_limit(limit, policy, clock, anton)
    given_limit(600, policy, clock, anton)
    given_limit(limit, policy, clock, anton)
    assert of_lateness(masha) == 1


def test_a_limit_that_passes_later_is_a_new_lateness(
    late: int, policy: int, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    given_limit(90, policy, clock, anton)
    clock.advance(minutes=30)
    tell()
    assert of_lateness(masha) == 2


def test_a_limit_set_back_into_a_time_when_all_was_well_is_news(
    late: int, policy: int, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    given_limit(400, policy, clock, anton)
    clock.advance(minutes=60)
    given_limit(90, policy, clock, anton)
    assert of_lateness(masha) == 2


def test_it_is_known_late_up_to_the_edit(
    late: int, policy: int, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    """Not only up to the mail."""
    clock.advance(minutes=60)
    given_limit(600, policy, clock, anton)
    given_limit(100, policy, clock, anton)
    assert of_lateness(masha) == 1


def test_a_pause_of_a_late_one_is_no_news(
    late: int, policy: int, anton: Staff, masha: Staff, clock: Frozen
) -> None:
    for key in ("waiting", "in_work"):
        with bus.unit_of_work():
            tickets.change_status(case(late), catalog().by_key("statuses", key).id, by=masha)
        given_limit(45, policy, clock, anton)
    assert of_lateness(masha) == 1


def test_a_limit_that_moved_and_came_back_is_not_told_again(
    late: int, masha: Staff, clock: Frozen
) -> None:
    for minutes in (600, -600):
        shift_limit(late, minutes=minutes)
        tell()
    assert of_lateness(masha) == 1
    shift_limit(late, minutes=30)
    clock.advance(minutes=30)
    tell()
    assert of_lateness(masha) == 2, "another limit, and it passed"


def shift_limit(number: int, *, minutes: int) -> None:
    """As a calendar edit does."""
    with bus.unit_of_work():
        counter = db.session.query(Counter).filter_by(case_id=number).one()
        counter.limit_at += timedelta(minutes=minutes)
        counter.near_at += timedelta(minutes=minutes)
        counter.told = min(counter.told, stage_of(counter.limit_at, counter.near_at))
