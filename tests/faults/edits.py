"""Edits while counters run: afterwards each clock equals a recomputation from its ledger alone.

Each of the two counters has its calendar; a ticket goes from one to the other and keeps what was
worked by the hours by which it was.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from benchmarks import clocks
from core import bus, clock
from core.db import db
from desk import deadlines, tickets
from desk.business_time import WorkCalendar, add_working_time, working_time_between
from desk.catalog import catalog
from desk.catalog import changed as catalog_changed
from models import Case, Counter, CounterSpan, Direction
from tests.faults import jumps

START = datetime(2026, 4, 27, 6, tzinfo=UTC)  # the days off of May are near
ZONE = "Europe/Moscow"
WEEKS = (
    [[["09:00", "13:00"], ["14:00", "18:00"]]] * 5 + [[], []],
    [[["08:00", "20:00"]]] * 6 + [[]],
    [[["00:00", "24:00"]]] * 7,
)
EVENINGS = [[["15:00", "22:00"]]] * 7
WALKED = 10  # of each turn, minute by minute
CHANGED = 5  # tickets that people work on in a turn
BATCH = 500
MINUTE = timedelta(minutes=1)


@dataclass
class Rules:
    """What is in force, as whoever edits it knows."""

    special: int  # the counter of one direction
    usual: int
    direction: int
    week: list[Any] = field(default_factory=lambda: WEEKS[0])
    exceptions: dict[str, Any] = field(default_factory=dict)
    holidays: str | None = None
    limits: dict[int, int] = field(default_factory=dict)
    urgent: int | None = None  # until a target is saved
    shift: int = 0  # the calendar of the special counter, never edited

    def calendar_of(self, counter: Counter, span: CounterSpan) -> WorkCalendar:
        """Its own, else that of its counter now."""
        is_special = counter.policy_id == self.special
        if span.calendar_id == self.shift or (span.calendar_id is None and is_special):
            return WorkCalendar.from_row(ZONE, EVENINGS, None, {})
        return WorkCalendar.from_row(ZONE, self.week, self.holidays, self.exceptions)

    def policy_of(self, case: Case) -> int:
        return self.special if case.direction_id == self.direction else self.usual

    def minutes_of(self, case: Case) -> int:
        policy = self.policy_of(case)
        if self.urgent is not None and policy == self.usual and case.priority == 4:
            return self.urgent
        return self.limits[policy]


def edit_and_compare(dice: random.Random, tickets: int, edits: int) -> int:
    """How many limits were compared."""
    compared = 0
    with clock.freeze(START) as frozen:
        rules = lay_out(tickets)
        for turn in range(edits):
            frozen.advance(minutes=dice.randrange(1, 600))
            done = edit(dice, rules, tickets)
            while deadlines.anew.compute_stale():
                pass
            compared += compare(dice, rules, f"turn {turn}, {done}")
    return compared


def lay_out(count: int) -> Rules:
    with bus.unit_of_work():
        place = Direction(key="repair", name_ru="Ремонт", name_en="Repair", position=0)
        db.session.add(place)
        db.session.flush()
        direction = place.id
        catalog_changed()
        waiting = catalog().by_key("statuses", "waiting").id
    jumps.hours(WEEKS[0], ZONE)
    only = {"all": [{"field": "direction", "op": "is", "value": direction}]}
    shift = jumps.calendar("Смена", EVENINGS, ZONE)
    more = {"conditions": only, "pause": [waiting], "calendar": shift}
    special = jumps.given("Ремонт", 1200, (1200,), **more)
    usual = jumps.given("Решение", 2400, (2400,), pause=[waiting])
    clocks.cases(clocks.FIRST, count, clocks.agents(5))
    clocks.counters(usual, clocks.FIRST, count, clock.now() + timedelta(days=300))
    return Rules(special, usual, direction, limits={special: 1200, usual: 2400}, shift=shift)


def edit(dice: random.Random, rules: Rules, count: int) -> str:
    """One edit by an administrator, and what people do meanwhile; which one it was."""
    for _ticket in range(CHANGED):
        _work_on(dice, clocks.FIRST + dice.randrange(count), rules)
    done = dice.choice(("week", "special day", "holidays", "limit", "target"))
    if done in ("limit", "target"):
        rules.limits[rules.usual] = dice.randrange(900, 4000)
        rules.urgent = dice.randrange(60, 900)
        _save(rules)
        return done
    if done == "week":
        rules.week = dice.choice(WEEKS)
    elif done == "holidays":
        rules.holidays = None if rules.holidays else "RU"
    else:
        day = date(2026, 4, 27) + timedelta(days=dice.randrange(20))
        rules.exceptions = {day.isoformat(): dice.choice(([], [["10:00", "12:00"]]))}
    jumps.hours(rules.week, ZONE, rules.exceptions, rules.holidays)
    return done


def _save(rules: Rules) -> None:
    limit = rules.limits[rules.usual]
    with bus.unit_of_work(writes=False):
        waiting = catalog().by_key("statuses", "waiting").id
    targets = [{"priorities": [4], "minutes": rules.urgent}]
    jumps.given("Решение", limit, (limit,), rules.usual, pause=[waiting], targets=targets)


def _work_on(dice: random.Random, number: int, rules: Rules) -> None:
    with bus.unit_of_work():
        case, by = db.session.get_one(Case, number), jumps.author()
        match dice.randrange(3):
            case 0:
                status = catalog().by_key("statuses", dice.choice(("waiting", "in_work"))).id
                tickets.change_status(case, status, by=by)
            case 1:
                tickets.set_priority(case, dice.choice((2, 4)), by=by)
            case _:
                tickets.set_direction(case, dice.choice((None, rules.direction)), by=by)


def compare(dice: random.Random, rules: Rules, where: str) -> int:
    """Everything that runs, from its ledger; some of it minute by minute."""
    compared = 0
    walked = {clocks.FIRST + dice.randrange(10_000) for _one in range(WALKED)}
    for counter in _running():
        case = counter.case
        assert counter.policy_id == rules.policy_of(case), (where, case.id)
        assert counter.limit_at == recomputed(counter, rules), (where, case.id)
        assert case.due_at == counter.limit_at, (where, case.id)
        if case.id in walked or compared < 2:
            assert counter.limit_at == by_hand(counter, rules), (where, case.id)
        compared += 1
    return compared


def _running() -> Iterator[Counter]:
    """In batches, each in a unit of its own."""
    last = 0
    while True:
        with bus.unit_of_work(writes=False):
            query = (
                select(Counter)
                .options(joinedload(Counter.case), selectinload(Counter.spans))
                .where(Counter.state == "running", Counter.id > last)
                .order_by(Counter.id)
                .limit(BATCH)
            )
            some = db.session.scalars(query).all()
            yield from some
            if not some:
                return
            last = some[-1].id


def recomputed(counter: Counter, rules: Rules) -> datetime:
    left = rules.minutes_of(counter.case) * MINUTE
    for span in counter.spans:
        if span.episode == counter.episode and span.counts:
            calendar = rules.calendar_of(counter, span)
            end = span.until or span.since
            worked = working_time_between(calendar, span.since, end)
            if span.until is None or worked >= left:
                return add_working_time(calendar, span.since, left)
            left -= worked
    raise AssertionError(f"counter {counter.id} runs and its ledger does not")


def by_hand(counter: Counter, rules: Rules) -> datetime:
    """The same without a sum; nothing when it was past before."""
    left, here = rules.minutes_of(counter.case), ZoneInfo(ZONE)
    for span in counter.spans:
        at, calendar = span.since, rules.calendar_of(counter, span)
        while span.episode == counter.episode and span.counts and at != span.until:
            local = at.astimezone(here)
            minute = local.hour * 60 + local.minute
            left -= any(a <= minute < b for a, b in calendar.windows_on(local.date()))
            at += MINUTE
            if left == 0:
                return at
    raise AssertionError(f"counter {counter.id} does not run")
