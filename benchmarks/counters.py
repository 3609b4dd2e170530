"""Counters at work: python -m benchmarks.counters [--quick] [--json] [--database ...]

A tick with nothing due while many counters wait; thousands due in the same second, fired with a
note and a mail by as many processes as the database lets work at once; the counters of thousands
of open tickets computed anew after a calendar was changed; sums of working time.
"""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles

from flask import Flask
from sqlalchemy import func, select, update

from benchmarks import clocks
from benchmarks.pages import counted
from benchmarks.place import Figure, arguments, fresh, show
from core import clock
from core.bus import unit_of_work
from core.db import db
from desk import deadlines
from desk.business_time import WorkCalendar, add_working_time
from models import Counter, CounterFiring, EventRecord, Message, OutboxItem
from scheduler import jobs

PENDING = (10_000, 100_000, 1_000_000)
QUICK_PENDING = (2_000, 20_000)
POLICIES = 4  # counters of one ticket
DUE, QUICK_DUE = 10_000, 500
TICKS = 200
AIM_TICK_MS = 1
AIM_GROWTH = 2
AIM_FIRED_S = {"sqlite": 15, "postgresql": 25}
PROCESSES = {"sqlite": 1, "postgresql": 2}
AIM_ANEW_S = 20
AIM_ADD_US = 30
PATIENCE_S = 1_800
OF_ONE_AGENT = 10  # tickets: the brakes let through 30 mails in ten minutes
OTHER_WEEK = [[["08:00", "12:00"], ["13:00", "19:00"]]] * 5 + [[], []]


def ticks(app: Flask, sizes: tuple[int, ...], staff: list[int]) -> Iterator[Figure]:
    policies = [
        clocks.given_policy(kind, kind, staff[0])
        for kind in ("solution", "next_answer", "no_activity", "queue_wait")[:POLICIES]
    ]
    have, took = 0, dict[int, float]()
    far = clock.now() + timedelta(days=3)
    for size in sizes:
        more = size // POLICIES - have
        clocks.cases(clocks.FIRST + have, more, staff)
        for policy in policies:
            clocks.counters(policy, clocks.FIRST + have, more, far, spread=86_400)
        clocks.refresh_statistics()
        have += more
        wall, cpu = tick(app)
        took[size] = wall
        yield Figure(f"tick, {size:,} pending, nothing due, wall p50", wall, "ms", AIM_TICK_MS)
        yield Figure("  CPU p50", cpu, "ms", AIM_TICK_MS)
    growth = took[sizes[-1]] / took[sizes[0]]
    yield Figure(f"  growth from {sizes[0]:,} to {sizes[-1]:,}", growth, "x", AIM_GROWTH)


def tick(app: Flask) -> tuple[float, float]:
    wall, cpu = [], []
    for turn in range(TICKS + 3):
        with app.app_context():
            elapsed, used = clock.stopwatch(), time.process_time()
            jobs.fire_due_counters(app)
            if turn >= 3:
                cpu.append((time.process_time() - used) * 1000)
                wall.append(elapsed())
    return median(wall), median(cpu)


def fired(app: Flask, count: int, processes: int, kind: str) -> Iterator[Figure]:
    staff = clocks.agents(max(count // OF_ONE_AGENT, 10))
    clocks.office_hours(clocks.WEEK, {}, staff[0])
    policy = clocks.given_policy("solution", "Решение", staff[0])
    other = clocks.given_policy("next_answer", "Ответ", staff[0])
    clocks.cases(clocks.FIRST, count, staff)
    due = clock.now().replace(microsecond=0) + timedelta(seconds=30)
    clocks.counters(policy, clocks.FIRST, count, due)
    clocks.counters(other, clocks.FIRST, count, due + timedelta(days=3), spread=86_400)
    clocks.refresh_statistics()
    with unit_of_work():
        moved = clock.now() - timedelta(seconds=1)
        db.session.execute(update(Counter).where(Counter.due_at == due).values(due_at=moved))
    elapsed = clock.stopwatch()
    cpu = together(app, processes)
    seconds = elapsed() / 1000
    judge(count)
    label = f"{count:,} due at once, a note and a mail each, {processes} process(es)"
    share = count / DUE
    yield Figure(label, seconds, "s", AIM_FIRED_S[kind] * share)
    yield Figure("  CPU of one firing, without PostgreSQL's", cpu * 1000 / count, "ms")
    late = lateness()
    yield Figure("  late by, p50", median(late), "s")
    yield Figure("  late by, p99", quantiles(late, n=100)[-1], "s")
    yield Figure("  mails written", float(_count(OutboxItem)), "")


def together(app: Flask, processes: int) -> float:
    """Let that many processes fire until nothing is due; CPU seconds of all."""
    db.session.remove()
    db.engine.dispose()
    before = os.times()
    children = [forked(lambda: fire_all(app)) for _process in range(processes)]
    for number in children:
        assert ended(number) == 0
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def forked(work: Callable[[], None]) -> int:
    number = os.fork()
    if number == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - a child must never return to its caller
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return number


def ended(number: int) -> int:
    elapsed = clock.stopwatch()
    while elapsed() < PATIENCE_S * 1000:
        done, status = os.waitpid(number, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(number, 9)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def fire_all(app: Flask) -> None:
    with app.app_context():
        while deadlines.fire_due() or _is_due():
            pass


def _is_due() -> bool:
    """Others may have taken the rest, and may die of it."""
    with unit_of_work(writes=False):
        waits = select(Counter.id).where(Counter.due_at <= clock.now()).limit(1)
        found = db.session.scalar(waits) is not None
    if found:
        time.sleep(0.02)
    return found


def judge(count: int) -> None:
    """None missed, none twice, each with its effects."""
    fired = select(func.count(CounterFiring.counter_id.distinct()), func.count())
    with unit_of_work(writes=False):
        assert db.session.execute(fired).one() == (count, count)
        told = select(func.count()).where(EventRecord.kind == "counter_fired")
        assert db.session.scalar(told) == count
        assert db.session.scalar(select(func.count()).where(Message.kind == "note")) == count
        of_step = select(func.count()).where(OutboxItem.template == "rule")
        assert db.session.scalar(of_step) == count


def lateness() -> list[float]:
    with unit_of_work(writes=False):
        rows = db.session.execute(select(CounterFiring.at, CounterFiring.due_at))
        return [(row.at - row.due_at).total_seconds() for row in rows]


def _count(model: type) -> int:
    with unit_of_work(writes=False):
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def anew(count: int) -> Iterator[Figure]:
    staff = clocks.agents(10)
    clocks.office_hours(clocks.WEEK, {}, staff[0])
    policy = clocks.given_policy("solution", "Решение", staff[0])
    clocks.cases(clocks.FIRST, count, staff)
    clocks.counters(policy, clocks.FIRST, count, clock.now() + timedelta(days=1), spread=86_400)
    clocks.refresh_statistics()
    elapsed, cpu = clock.stopwatch(), time.process_time()
    clocks.office_hours(OTHER_WEEK, {}, staff[0])
    saved = elapsed()
    with counted() as statements:
        done = 0
        while some := deadlines.anew.compute_stale():
            done += some
    assert done == count, done
    name = f"{count:,} open tickets after a calendar was changed"
    yield Figure(name, elapsed() / 1000, "s", AIM_ANEW_S * count / DUE)
    yield Figure("  CPU of one", (time.process_time() - cpu) * 1000 / count, "ms")
    yield Figure("  statements of one", statements[0] / count, "")
    yield Figure("  of that until the editor has its answer", saved, "ms")


def adding() -> Iterator[Figure]:
    calendar = WorkCalendar.from_row("Europe/Moscow", clocks.WEEK, "RU", {})
    start = datetime(2026, 3, 2, 6, tzinfo=UTC)
    amounts = [timedelta(hours=8 * 60, minutes=n) for n in range(500)]  # about 90 days on
    assert add_working_time(calendar, start, amounts[0]) - start > timedelta(days=80)
    took = []
    for _turn in range(40):
        began = time.process_time()
        for amount in amounts:
            add_working_time(calendar, start, amount)
        took.append((time.process_time() - began) * 1e6 / len(amounts))
    yield Figure("add_working_time over 90 days", median(took), "us", AIM_ADD_US)


def run(options: argparse.Namespace) -> Iterator[Figure]:
    kind = options.database
    sizes = QUICK_PENDING if options.quick else PENDING
    count = QUICK_DUE if options.quick else DUE
    yield from adding()
    with ExitStack() as place:
        app = place.enter_context(fresh(kind))
        yield from fired(app, count, options.processes or PROCESSES[kind], kind)
    with fresh(kind):
        yield from anew(count)
    with fresh(kind) as app:
        yield from ticks(app, sizes, clocks.agents(10))


def main() -> None:
    parser = arguments(__doc__ or "")
    parser.add_argument("--processes", type=int, default=0, help="that fire at once")
    options = parser.parse_args()
    figures = []
    for figure in run(options):
        figures.append(figure)
        if not options.json:
            print(f"{figure.name}: {figure.value:.2f} {figure.unit}", file=sys.stderr, flush=True)
    show(figures, options)


if __name__ == "__main__":
    main()
