"""The dispatcher in several processes at once: nobody above the limit, each ticket given once; and
many who take one ticket.

A sample of F16 and F17; `python -m benchmarks.faults dispatcher --full` does the whole number.
"""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import create_app
from core.config import Config
from core.db import db
from tests.faults import claiming, dispatching
from tests.faults.killing import Zygote, zygote

AGENTS, LIMIT, TICKETS, ROUNDS = 5, 2, 24, 2

pytestmark = [pytest.mark.slow]


@pytest.fixture(autouse=True)
def clock() -> None:
    """The real one: other programs live by it."""


@pytest.fixture
def desk(own_database: Config) -> Iterator[tuple[Flask, Zygote]]:
    app = create_app(own_database)
    with app.app_context():
        dispatching.lay_out(AGENTS, LIMIT)
        with zygote(own_database, "") as started:
            yield app, started
        db.session.remove()
        db.engine.dispose()


def test_arrivals_and_solving_in_four_processes(
    desk: tuple[Flask, Zygote], record_property: Callable[[str, object], None]
) -> None:
    app, started = desk
    last, longest = 0, 0.0
    for turn in range(1, ROUNDS + 1):
        longest = max(longest, dispatching.one_round(app, started, turn, TICKETS, LIMIT))
        last = dispatching.judge(last, TICKETS, LIMIT)
    dispatching.loads_by_the_log(LIMIT)
    record_property("a free slot beside a waiting ticket", f"{longest:.2f} s at most")


def test_many_take_one_ticket(app: Flask) -> None:
    people = claiming.hired(8)
    for _round in range(2):
        claiming.race(app, people)
