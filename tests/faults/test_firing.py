"""Schedulers killed, doubled and frozen while counters are due: each step fires exactly once.

A sample; `python -m benchmarks.faults counters --full` does the whole number.
"""

import os
import random
from collections.abc import Callable, Iterator

import pytest

from app import create_app
from core.config import Config
from core.db import db
from tests.faults import firing
from tests.faults.killing import Zygote, zygote

SEED = int(os.environ.get("LINIYA_SEED", "1"))
KILLS = 10
DUE = 24

pytestmark = [pytest.mark.slow]


@pytest.fixture
def desk(own_database: Config) -> Iterator[Zygote]:
    app = create_app(own_database)
    with app.app_context():
        firing.lay_out(120)
        with zygote(own_database, "") as started:
            yield started
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def dice() -> random.Random:
    return random.Random(SEED)  # noqa: S311 - the same faults each time


@pytest.fixture(autouse=True)
def clock() -> None:
    """The real one: other programs live by it."""


def test_killed_in_the_middle_of_a_tick(
    desk: Zygote, dice: random.Random, record_property: Callable[[str, object], None]
) -> None:
    by_point = firing.kill_in_turns(desk, dice, KILLS)
    record_property("kills of a scheduler", f"{KILLS}, seed {SEED}, {dict(by_point)}")


def test_several_at_once(desk: Zygote, dice: random.Random) -> None:
    for turn, processes in enumerate((2, 4), 1):
        firing.fire_at_once(desk, dice, processes, DUE)
        firing.once(DUE * turn)


def test_frozen_and_woken(desk: Zygote, own_database: Config) -> None:
    for turn, point in enumerate(firing.FREEZING, 1):
        firing.freeze_and_wake(desk, point, gives_locks_away=not own_database.is_sqlite)
        firing.once(firing.DUE_AT_ONCE * turn)
