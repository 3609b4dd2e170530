"""Clocks that jump, nights on which they change, a leap day: what is due comes then, and once."""

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core import bus, clock
from core.clock import Frozen
from core.db import db
from desk import deadlines, history, people, tickets
from desk.history import Cause
from desk.tickets import NewTicket
from models import (
    Calendar,
    Counter,
    CounterFiring,
    CounterPolicy,
    CounterPolicyVersion,
    Participant,
)

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
STEPS = (30, 60, 90)
JUMPS = (
    *(timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)),
    *(timedelta(seconds=2), timedelta(seconds=-2), timedelta(milliseconds=-300)),
)
ALWAYS = [[["00:00", "24:00"]]] * 7
ODD_DAYS = (
    ("America/New_York", date(2026, 3, 8)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("America/Santiago", date(2026, 4, 5)),
    ("America/Santiago", date(2026, 9, 6)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Beirut", date(2026, 10, 25)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/Moscow", date(2028, 2, 29)),
)
MINUTE = timedelta(minutes=1)

Due = dict[tuple[int, int], datetime]  # of a step of a case


def jump_about(dice: random.Random, jumps: int) -> int:
    """Tickets come, the clock jumps, a tick: what was due at any tick has fired, once each."""
    with clock.freeze(START) as frozen:
        hours(ALWAYS, "UTC")
        policy = given("Решение", STEPS[-1], STEPS)
        due, fired = Due(), Due()
        for turn in range(jumps):
            number = opened()
            due |= {(number, n): frozen.at + step * MINUTE for n, step in enumerate(STEPS)}
            frozen.advance(minutes=dice.randrange(1, 40), seconds=dice.randrange(60))
            frozen.set(frozen.at + dice.choice(JUMPS))
            fire_all()
            fired |= {step: at for step, at in due.items() if at <= frozen.at}
            assert firings(policy) == sorted((*step, at) for step, at in fired.items()), turn
    return len(fired)


def odd_days(dice: random.Random, per_day: int) -> int:
    """Counters over days that are longer, shorter, or rare: each limit is that of a walk by
    minutes, and nothing fires a second before it."""
    with clock.freeze(START - timedelta(days=30)) as frozen:
        policy = given("Решение", 60, (60,))
        for zone, day in ODD_DAYS:
            week = [_windows(dice) for _day in range(7)]
            midnight = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
            frozen.set(midnight - timedelta(minutes=dice.randrange(60, 2880)))
            hours(week, zone)
            minutes = dice.randrange(30, 1500)
            given("Решение", minutes, (minutes,), policy)
            _walk_through(frozen, dice, (zone, week, minutes), per_day)
    return per_day * len(ODD_DAYS)


def _walk_through(
    frozen: Frozen, dice: random.Random, rule: tuple[str, list[Any], int], count: int
) -> None:
    expected: dict[int, datetime] = {}
    for _ticket in range(count):
        frozen.advance(minutes=dice.randrange(1, 20))
        expected[opened()] = walked(frozen.at, *rule)
    for number, at in sorted(expected.items(), key=lambda pair: pair[1]):
        said = (*rule, number)
        assert counter_of(number).limit_at == at, said
        for moment, fired in ((at - timedelta(seconds=1), 0), (at, 1)):
            frozen.set(max(frozen.at, moment))
            fire_all()
            if frozen.at == moment:
                assert counter_of(number).next_step == fired, said


def walked(since: datetime, zone: str, week: list[Any], minutes: int) -> datetime:
    """Where a walk by minutes ends, asking the clock on the wall each time."""
    at, here = since, ZoneInfo(zone)
    while minutes:
        local = at.astimezone(here)
        shown = f"{local:%H:%M}"
        minutes -= any(start <= shown < end for start, end in week[local.weekday()])
        at += MINUTE
    return at


def _windows(dice: random.Random) -> list[list[str]]:
    """Up to two windows, some of them in the night, where clocks are changed."""
    edges = sorted(dice.sample(range(24 * 4), 4))
    told = [f"{edge // 4:02}:{edge % 4 * 15:02}" for edge in edges]
    return [told[:2], told[2:]]


def hours(
    week: list[Any],
    zone: str,
    exceptions: dict[str, Any] | None = None,
    holidays: str | None = None,
) -> None:
    """The hours of the office from now on."""
    with bus.unit_of_work():
        office = db.session.query(Calendar).filter_by(key="office").one()
        changed = {"week": week, "exceptions": exceptions or {}, "holidays": holidays}
        deadlines.change_calendar(office, by=author(), zone=zone, **changed)


def calendar(name: str, week: list[Any], zone: str) -> int:
    """Another one, without holidays; its id."""
    with bus.unit_of_work():
        names, more = {"ru": name, "en": ""}, {"exceptions": {}, "holidays": None}
        row = deadlines.new_calendar(by=author(), names=names, week=week, zone=zone, **more)
        return row.id


def given(
    name: str, limit: int, steps: tuple[int, ...], policy: int | None = None, **more: Any
) -> int:
    """A counter of the kind "solution" that leaves a note at each step, new or changed; its id."""
    with bus.unit_of_work():
        row = db.session.get_one(CounterPolicy, policy) if policy else CounterPolicy()
        row.kind = "solution"
        version = CounterPolicyVersion(
            calendar=_calendar(more.get("calendar")),
            conditions=more.get("conditions", {}),
            pause_statuses=more.get("pause", []),
            targets=more.get("targets", []),
            limit_minutes=limit,
            steps=[{"after": step, "then": [{"do": "add_note", "text": "Пора"}]} for step in steps],
        )
        with db.session.no_autoflush:
            deadlines.save_policy(row, version, by=author(), names={"ru": name, "en": ""})
        return row.id


def _calendar(number: int | None) -> Calendar:
    """That of the office when none is named."""
    mine = Calendar.key == "office" if number is None else Calendar.id == number
    return db.session.scalars(select(Calendar).where(mine)).one()


def author() -> Participant:
    return history.actor_of(Cause())


def opened() -> int:
    with bus.unit_of_work():
        client = people.client_for("ivan@sevsklad.example", name="Иван Петров")
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=client).id


def fire_all() -> None:
    while deadlines.fire_due():
        pass


def counter_of(number: int) -> Counter:
    db.session.expire_all()
    return db.session.scalars(select(Counter).where(Counter.case_id == number)).one()


def firings(policy: int) -> list[tuple[int, int, datetime]]:
    """(case, step, when it was due), in order."""
    query = select(Counter.case_id, CounterFiring.step, CounterFiring.due_at).where(
        CounterFiring.counter_id == Counter.id, Counter.policy_id == policy
    )
    with bus.unit_of_work(writes=False):
        return sorted((row[0], row[1], row[2]) for row in db.session.execute(query))
