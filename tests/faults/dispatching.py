"""Tickets that arrive and are solved in several processes at once while the dispatcher gives them
away; and who judges it: limits, order, doubles, free slots beside waiting tickets."""

import random
import threading
import time
from collections import Counter as Tally
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from core import bus, clock
from core.db import db
from desk import catalog, people, tickets
from desk.dispatcher import Decision, unpacked
from desk.tickets import NewTicket
from models import Case, EventRecord, Group, Membership, Presence, Role, Routing, Staff, Waiting
from tests.faults.killing import Zygote

GROUP = "support"
NAMES = ("Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Жанна", "Захар", "Инна", "Кирилл")
PATIENCE = 100  # seconds
AT_ONCE = timedelta(seconds=0.5)  # what arrives within it may be given in either order
LONGEST = 5.0  # seconds that a free slot may stand beside a waiting ticket


def lay_out(agents: int, limit: int) -> None:
    """So many agents of one group, available, each with room for so many tickets."""
    with bus.unit_of_work():
        group = Group(key=GROUP, name_ru="Поддержка", name_en="Support", mode="least_loaded")
        group.ticket_limit = limit
        db.session.add(group)
        db.session.flush()
        for number in range(agents):
            person = people.new_staff(
                name=f"{NAMES[number % len(NAMES)]} {number:02}",
                email=f"agent{number}@kurier.example",
                role=Role.AGENT,
                password=None,
                presence=Presence.AVAILABLE,
            )
            db.session.add(Membership(staff=person, group=group, since=clock.now()))
        catalog.changed()
    db.session.remove()
    db.engine.dispose()


def arrive(count: int, key: str) -> None:
    """So many tickets, one after another, each from its own client."""
    for number in range(count):
        repeated(partial(_one_arrives, f"{key}{number}", 1 + number % 4))


def _one_arrives(name: str, priority: int) -> None:
    with bus.unit_of_work():
        client = people.client_for(f"{name}@example.ru")
        new = NewTicket(f"Не печатает {name}", "Не печатает", priority=priority)
        case = tickets.open_ticket(new, requester=client)
        group = db.session.query(Group).filter_by(key=GROUP).one()
        tickets.assign_group(case, group, by=client)


def repeated(act: Callable[[], None]) -> None:
    """SQLite refuses a writer that waited ten seconds for the others, as a client is told to come
    again then; four programs that only write can bring that about."""
    for _try in range(5):
        try:
            return act()
        except OperationalError:
            db.session.rollback()
        finally:
            db.session.remove()
    raise TimeoutError("the database stayed locked")


def solve(until: int, seed: int) -> None:
    """Any ticket that somebody has, until so many are solved in all."""
    dice = random.Random(seed)  # noqa: S311 - the same faults each time
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        with bus.unit_of_work(writes=False):
            given = select(Case.id).where(Case.is_open, Case.assignee_id.is_not(None))
            found = db.session.scalars(given).all()
            done = db.session.scalar(select(func.count()).where(~Case.is_open)) or 0
        if not found:
            if done >= until:
                return
            time.sleep(0.005)
            continue
        repeated(partial(_one_is_solved, dice.choice(found)))
    raise TimeoutError("tickets are left that nobody got")


def _one_is_solved(number: int) -> None:
    with bus.unit_of_work():
        case = db.session.get_one(Case, number, with_for_update={"of": Case})
        if case.is_open and case.assignee_id is not None:
            tickets.solve(case, by=db.session.get_one(Staff, case.assignee_id))


class Watch(threading.Thread):
    """Looks at the desk from outside all the while."""

    def __init__(self, app: Any, limit: int) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.above: list[tuple[int, int]] = []
        self.longest = 0.0
        self._app, self._limit = app, limit
        self._since: float | None = None

    def run(self) -> None:
        while not self.over.wait(0.05):
            with self._app.app_context():
                self._look()
                db.session.remove()

    def _look(self) -> None:
        with bus.unit_of_work(writes=False):
            load = {row[0]: row[1] for row in db.session.execute(_LOAD)}
            waits = db.session.scalar(select(func.count()).select_from(Waiting)) or 0
            agents = db.session.scalar(select(func.count()).select_from(Staff)) or 0
        self.above += [pair for pair in load.items() if pair[1] > self._limit]
        has_room = sum(load.values()) < agents * self._limit
        if waits and has_room:
            self._since = self._since or time.monotonic()
            self.longest = max(self.longest, time.monotonic() - self._since)
        else:
            self._since = None


_LOAD = (
    select(Case.assignee_id, func.count())
    .where(Case.is_open, Case.assignee_id.is_not(None))
    .group_by(Case.assignee_id)
)


def one_round(app: Any, desk: Zygote, turn: int, count: int, limit: int) -> float:
    """`count` tickets by two processes, solved by two others. The seconds for which a free slot
    stood beside a waiting ticket."""
    watch = Watch(app, limit)
    watch.start()
    jobs = [
        desk.begin("arrive", count=count // 2, key=f"r{turn}p{process}.") for process in range(2)
    ]
    jobs += [desk.begin("solve", until=count * turn, seed=turn * 10 + each) for each in range(2)]
    for job in jobs:
        ended = desk.ended(job, PATIENCE)
        assert ended == 0, ended
    watch.over.set()
    watch.join()
    assert not watch.above, watch.above
    assert watch.longest <= LONGEST, watch.longest
    return watch.longest


def judge(after: int, count: int, limit: int) -> int:
    """Of the hand-outs younger than `after`, by what is written: each ticket given once, to
    somebody with room, in its turn. The number of the last of them."""
    with bus.unit_of_work(writes=False):
        given = select(Routing).where(Routing.chosen_id.is_not(None), Routing.id > after)
        rows = db.session.scalars(given.order_by(Routing.id)).all()
        assert len(rows) == len({row.case_id for row in rows}) == count, (len(rows), count)
        for row in rows:
            decision = unpacked(row.packed)
            assert decision.candidates[0].used < limit, (row.case_id, decision.candidates[0])
            _tie_is_alphabetical(decision)
        _in_turn(rows)
        assert db.session.scalar(select(func.count()).select_from(Waiting)) == 0
        last: int = rows[-1].id
    return last


def _tie_is_alphabetical(decision: Decision) -> None:
    people = catalog.catalog().staff
    ranked = [(one.rank, people[one.agent_id].name) for one in decision.candidates]
    assert ranked == sorted(ranked)


def _in_turn(rows: Sequence[Routing]) -> None:
    """Nothing was given while something before it in the queue had waited for a while."""
    numbers = [row.case_id for row in rows]
    cases = db.session.scalars(select(Case).where(Case.id.in_(numbers))).unique()
    order = {case.id: (-case.priority, case.created_at, case.id) for case in cases}
    for row in rows:
        passed_over = [
            later.case_id
            for later in rows
            if later.id > row.id
            and order[later.case_id] < order[row.case_id]
            and later.since is not None
            and later.since + AT_ONCE < row.at
        ]
        assert not passed_over, (row.case_id, passed_over)


def loads_by_the_log(limit: int) -> None:
    """Nobody ever had more than the limit, by the events in their order."""
    load, has = Tally[int](), dict[int, int]()
    with bus.unit_of_work(writes=False):
        kinds = ("assignee_changed", "status_changed")
        log = select(EventRecord).where(EventRecord.kind.in_(kinds)).order_by(EventRecord.id)
        for event in db.session.scalars(log):
            number = event.case_id or 0
            if event.kind == "status_changed":
                load[has[number]] -= 1
                continue
            before, after = event.changes["assignee"]
            load[before] -= 1
            load[after] += 1
            has[number] = after
            assert load[after] <= limit, (after, load[after])
