"""Jumping clocks, odd days and edits, in a sample; `benchmarks.faults` does the whole number."""

import os
import random
from datetime import timedelta

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk.deadlines import ledger
from models import Counter
from tests.faults import edits, jumps

SEED = int(os.environ.get("LINIYA_SEED", "1"))


@pytest.fixture
def dice() -> random.Random:
    return random.Random(SEED)  # noqa: S311 - the same faults each time


def test_what_is_due_fires_once_however_the_clock_jumps(app: Flask, dice: random.Random) -> None:
    assert jumps.jump_about(dice, 25), f"seed {SEED}"


def test_days_with_changed_clocks_and_a_leap_day(app: Flask, dice: random.Random) -> None:
    assert jumps.odd_days(dice, per_day=1), f"seed {SEED}"


def test_edits_equal_a_full_recomputation(app: Flask, dice: random.Random) -> None:
    assert edits.edit_and_compare(dice, 110, 5), f"seed {SEED}"


def test_a_clock_put_back_takes_nothing_away(app: Flask, clock: Frozen) -> None:
    jumps.hours(jumps.ALWAYS, "UTC")
    jumps.given("Решение", 60, (60,))
    number = jumps.opened()
    began = clock.at
    clock.set(began - timedelta(hours=1))
    with bus.unit_of_work():
        ledger.pause(jumps.counter_of(number), "waiting")
    clock.advance(minutes=10)
    with bus.unit_of_work():
        ledger.resume(jumps.counter_of(number))
    row: Counter = jumps.counter_of(number)
    assert row.limit_at == clock.at + timedelta(minutes=60)
    assert all(span.until is None or span.since <= span.until for span in row.spans)
    db.session.rollback()
