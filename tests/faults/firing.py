"""Counters that are due while their scheduler is killed, frozen, doubled; and who judges it."""

import os
import random
import signal
import time
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from benchmarks import clocks
from core import bus, clock
from core.db import db
from models import Counter, CounterFiring, EventRecord, Message, OutboxItem
from tests.faults.killing import Zygote

POINTS = (
    "deadlines.claimed",
    "deadlines.recorded",
    "deadlines.fired",
    "outbox.put",
    "unit.before_commit",
    "unit.after_commit",
)
LATEST_PASSING = 4
NOT_REACHED = "not reached"
DUE_AT_ONCE = 3
BLIND = "blind"  # a kill that comes at no named point
LATEST_KILL = 0.15  # seconds
FREEZING = ("deadlines.claimed", "deadlines.fired", "unit.before_commit@2", "unit.after_commit")
PATIENCE = 30  # seconds
ASLEEP_MS = 1_000  # longer than a busy machine lets a program wait that is not frozen
AHEAD = timedelta(days=30)


def lay_out(count: int) -> None:
    """So many open tickets, each with a counter that is not due yet."""
    staff = clocks.agents(max(count // 10, 5))
    clocks.office_hours(clocks.WEEK, {}, staff[0])
    policy = clocks.given_policy("solution", "Решение", staff[0])
    clocks.cases(clocks.FIRST, count, staff)
    clocks.counters(policy, clocks.FIRST, count, clock.now() + AHEAD)
    db.session.remove()
    db.engine.dispose()


def make_due(count: int) -> None:
    """The next so many, as if their time had just come. They have to be there."""
    with bus.unit_of_work():
        waits = select(Counter.id).where(Counter.due_at > clock.now()).order_by(Counter.id)
        moved = update(Counter).where(Counter.id.in_(waits.limit(count)))
        moved = moved.values(due_at=clock.now() - timedelta(milliseconds=1))
        moved = moved.returning(Counter.id).execution_options(synchronize_session=False)
        assert len(db.session.scalars(moved).all()) == count
    db.session.remove()


def kill_in_turns(desk: Zygote, dice: random.Random, kills: int) -> Tally[str]:
    """Kill whoever fires, each time somewhere else; then let one who starts anew finish at once."""
    by_point, due, done = Tally[str](), 0, 0
    places = in_turns(dice, (*POINTS, BLIND, BLIND))
    while done < kills:
        make_due(DUE_AT_ONCE)
        due += DUE_AT_ONCE
        point = _kill(desk, dice, next(places))
        by_point[point] += 1
        done += point != NOT_REACHED
        whole(where=f"kill {done}")
        if dice.randrange(5) == 0:
            desk.done("fire")
            assert not still_due(), "what the killed one held waits"
    desk.done("fire")
    once(due)
    return by_point


def in_turns(dice: random.Random, places: Sequence[str]) -> Iterator[str]:
    """Where to kill: each place once a round, in another order each time."""
    while True:
        yield from dice.sample(places, len(places))


def _kill(desk: Zygote, dice: random.Random, point: str) -> str:
    if point == BLIND:
        ended = desk.run("fire", kill_after=dice.uniform(0, LATEST_KILL))
    else:
        ended = desk.run("fire", f"{point}=kill@{dice.randint(1, LATEST_PASSING)}")
    assert ended in (0, -signal.SIGKILL), (point, ended)
    return point if ended else NOT_REACHED


def fire_at_once(desk: Zygote, dice: random.Random, processes: int, due: int) -> None:
    """So many schedulers on the same rows; one of them is killed in the middle."""
    make_due(due)
    children = [desk.begin("fire", to_the_end=True) for _one in range(processes)]
    victim = dice.choice(children)
    time.sleep(dice.uniform(0, 0.5))
    os.kill(victim, signal.SIGKILL)
    for child in children:
        ended = desk.ended(child, within=PATIENCE + due / 20)
        assert ended in ((0, -signal.SIGKILL) if child == victim else (0,)), ended
    assert not still_due()


def freeze_and_wake(desk: Zygote, point: str, *, gives_locks_away: bool) -> None:
    """A scheduler stands still in the middle of its work, another does the work, it wakes up.

    `point` = name@passing. Where nobody takes the locks of the frozen one away, the other waits
    until it wakes.
    """
    make_due(DUE_AT_ONCE)
    name, _at, passing = point.partition("@")
    frozen = desk.begin("fire", f"{name}=freeze@{passing or 1}", asleep_ms=ASLEEP_MS)
    stopped(frozen)
    other = desk.begin("fire", to_the_end=True)
    if gives_locks_away or name == "unit.after_commit":  # which is after a look, without locks
        assert desk.ended(other, PATIENCE) == 0
        assert not still_due()
        before, other = counts(), 0
    else:
        time.sleep(0.05)
    os.kill(frozen, signal.SIGCONT)
    assert desk.ended(frozen, PATIENCE) == 0
    if other:
        assert desk.ended(other, PATIENCE) == 0
    else:
        assert counts() == before, "who woke up wrote what is no longer its own"
    assert not still_due()


def stopped(child: int) -> None:
    """Wait until the kernel says that it stands still."""
    limit = time.monotonic() + PATIENCE
    while Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < limit, "it did not freeze"
        time.sleep(0.002)


def still_due() -> bool:
    db.session.remove()
    with bus.unit_of_work(writes=False):
        due = select(Counter.id).where(Counter.due_at <= clock.now()).limit(1)
        return db.session.scalar(due) is not None


def counts() -> dict[str, int]:
    """Of everything that a firing writes."""
    db.session.remove()
    with bus.unit_of_work(writes=False):
        return {
            "firings": _count(CounterFiring),
            "events": _count(EventRecord, EventRecord.kind == "counter_fired"),
            "notes": _count(Message, Message.kind == "note"),
            "mails": _count(OutboxItem, OutboxItem.template == "rule"),
            "steps": db.session.scalar(select(func.sum(Counter.next_step))) or 0,
        }


def _count(model: type[Any], *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def whole(where: str = "") -> int:
    """As many of each: a firing has all its effects or has not happened."""
    found = counts()
    assert len(set(found.values())) == 1, (where, found)
    return found["firings"]


def once(expected: int) -> None:
    """None missed, none twice, none put aside."""
    assert whole() == expected
    with bus.unit_of_work(writes=False):
        assert _count(Counter, Counter.failures > 0) == 0
        each = select(func.count(CounterFiring.id)).group_by(CounterFiring.counter_id)
        assert set(db.session.scalars(each)) <= {1}
