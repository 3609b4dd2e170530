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
        firing.lay_out(160)
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


def test_each_step_fires_once(
    desk: Zygote,
    own_database: Config,
    dice: random.Random,
    record_property: Callable[[str, object], None],
) -> None:
    """Schedulers that are killed, that are several, that are frozen and woken: one after another
    on one desk, for it takes longer to set it up than to do all of it."""
    by_point = firing.kill_in_turns(desk, dice, KILLS)
    record_property("kills of a scheduler", f"{KILLS}, seed {SEED}, {dict(by_point)}")
    for processes in (2, 4):
        before = firing.whole()
        firing.fire_at_once(desk, dice, processes, DUE)
        firing.once(before + DUE)
    for point in firing.FREEZING:
        before = firing.whole()
        firing.freeze_and_wake(desk, point, gives_locks_away=not own_database.is_sqlite)
        firing.once(before + firing.DUE_AT_ONCE)
