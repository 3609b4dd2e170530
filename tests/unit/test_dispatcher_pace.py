"""When somebody's turn comes, by the last hour."""

from datetime import timedelta

from desk.dispatcher import Pace, Queue, pace_of
from tests.support.dispatcher import AT, work

MINUTE = timedelta(minutes=1)


def test_by_what_was_given_while_there_was_a_queue() -> None:
    given = [AT - minutes * MINUTE for minutes in (70, 60, 50, 40, 30, 0)]
    waited = [(AT - 80 * MINUTE, AT - 30 * MINUTE), (AT - 10 * MINUTE, AT)]
    pace = pace_of(given, waited, AT)
    assert pace == Pace(given=4, waited=40 * MINUTE)
    queue = Queue([work(1), work(2), work(3)])
    assert pace.expected(queue.place(3)) == 30 * MINUTE


def test_too_little_tells_nothing() -> None:
    assert pace_of([AT, AT], [(AT - MINUTE, AT)], AT).expected(1) is None
    assert pace_of([], [], AT) == Pace()
    assert pace_of([], [(AT - 90 * MINUTE, AT - 60 * MINUTE)], AT) == Pace()
