"""A decision as the product makes it: agents, loads and queue read from the database."""

from collections.abc import Callable
from functools import partial
from time import process_time

from sqlalchemy import event

from benchmarks.place import Figure, fresh
from core import bus
from core.db import db
from desk import people, tickets
from desk.routing import handing, works
from desk.tickets import NewTicket
from models import Case, Group
from tests.faults import dispatching

GOES = 30
SIZES = (20, 200)


def through_the_database(kind: str) -> list[Figure]:
    """One decision with all that it asks, and giving the ticket, of groups of both sizes."""
    found: list[Figure] = []
    for agents in SIZES:
        with fresh(kind):
            dispatching.lay_out(agents, limit=5)
            dispatching.arrive(agents * 2, "full")  # two of five slots of everybody are in use
            with bus.unit_of_work(writes=False):
                number = db.session.scalar(db.select(Case.id).limit(1)) or 0
            decide, asked = _measured(partial(_decide, number))
            give, _given = _measured(_arrive)
            said = f"{agents} agents in the group"
            aim = 2.0 if agents == max(SIZES) else None
            found += [
                Figure(f"deciding through the database, {said}", decide, "ms", aim),
                Figure(f"  statements of it, {said}", asked, ""),
                Figure(f"  a ticket arrives and is given, {said}", give, "ms"),
            ]
    return found


def _decide(number: int) -> None:
    with bus.unit_of_work(writes=False):
        handing.decided(works.works_of([number])[0])


def _arrive() -> None:
    with bus.unit_of_work():
        client = people.client_for("ivan@example.ru")
        case = tickets.open_ticket(NewTicket("Не печатает", "Не печатает"), requester=client)
        group = db.session.query(Group).filter_by(key=dispatching.GROUP).one()
        tickets.assign_group(case, group, by=client)


def _measured(go: Callable[[], None]) -> tuple[float, float]:
    """CPU of one in milliseconds, the median; statements of one."""
    asked = 0

    def count(*_args: object) -> None:
        nonlocal asked
        asked += 1

    times = []
    event.listen(db.engine, "before_cursor_execute", count)
    for _go in range(GOES):
        began = process_time()
        go()
        times.append((process_time() - began) * 1_000)
        db.session.remove()
    event.remove(db.engine, "before_cursor_execute", count)
    return sorted(times)[GOES // 2], asked / GOES
