"""Pages as people wait for them: python -m benchmarks.pages [--quick] [--json] [--database ...]

Each page is asked for through the whole application, in this process: wall time p50 and p95, CPU
time of this process p50, SQL statements, beside a bare Flask page in the same run.
"""

import contextvars
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import median, quantiles
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from benchmarks import clocks
from benchmarks.generate import fill
from benchmarks.place import Figure, arguments, fresh, questions, show
from core import clock, security
from core.db import db
from models import Case, Staff

Ask = Callable[[int], Any]
# CPU milliseconds and statements to reach, on both databases.
BARE = "bare page"
AIMS = {
    "agent list": (10, 10),
    "ticket page": (9, 10),
    "ticket from the list": (9, 10),
    "FAQ search": (4, 10),
    "create ticket": (6, None),
    "reply": (7, None),
}


@dataclass
class Measured:
    wall: list[float]
    cpu: list[float]
    statements: list[int]

    @property
    def p50(self) -> float:
        return median(self.wall)

    @property
    def p95(self) -> float:
        return quantiles(self.wall, n=20)[-1]


@contextmanager
def counted() -> Iterator[list[int]]:
    """The number of SQL statements inside the block, as the only item."""
    total = [0]

    def more(_connection: Any, _cursor: Any, statement: str, *_details: Any) -> None:
        total[0] += not statement.startswith(
            "BEGIN"
        )  # SQLite's is said by us, others' by the driver

    event.listen(db.engine, "before_cursor_execute", more)
    try:
        yield total
    finally:
        event.remove(db.engine, "before_cursor_execute", more)


def alone(ask: Callable[[Any], Any], argument: Any) -> Any:
    """In a context of its own, as served requests are: nothing is left over from the last one."""
    return contextvars.Context().run(ask, argument)


def measured(asks: dict[str, Ask], times: int) -> dict[str, Measured]:
    """Each three times to warm up, then `times`, in turns: what disturbs one disturbs all."""
    found = {name: Measured([], [], []) for name in asks}
    for number in range(3 + times):
        for name, ask in asks.items():
            one = once(ask, number)
            if number >= 3:
                for kept, value in zip(vars(found[name]).values(), one, strict=True):
                    kept.append(value)
    return found


def once(ask: Ask, number: int) -> tuple[float, float, int]:
    """Wall ms, CPU ms and statements of one answer."""
    with counted() as statements:
        elapsed, cpu = clock.stopwatch(), time.process_time()
        answer = alone(ask, number)
        cpu_ms, wall_ms = (time.process_time() - cpu) * 1000, elapsed()
    assert answer.status_code in (200, 303), (answer.status, answer.get_data(as_text=True)[:500])
    return wall_ms, cpu_ms, statements[0]


class Browser:
    """A signed-in agent and a visitor; both send what a browser sends."""

    def __init__(self, app: Flask) -> None:
        self.agent, self.visitor = app.test_client(), app.test_client()
        person = db.session.scalars(select(Staff).order_by(Staff.id)).first()
        assert person is not None
        with self.agent.session_transaction() as session:
            session["_user_id"], session["_fresh"] = person.get_id(), True
        self.numbers = list(db.session.scalars(select(Case.id).where(Case.is_open).limit(500)))
        db.session.rollback()
        self.texts = questions()
        self.agent_token = self._token(self.agent, f"/agent/t/{self.numbers[0]}")
        self.visitor_token = self._token(self.visitor, "/ru/contact")

    def _token(self, client: FlaskClient, url: str) -> str:
        page = alone(client.get, url).get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, f"{url}: no form"
        return found[1]

    def list(self, number: int) -> Any:
        return self.agent.get("/agent/inbox/all")

    def ticket(self, number: int) -> Any:
        return self.agent.get(f"/agent/t/{self.numbers[number % len(self.numbers)]}")

    def pane(self, number: int) -> Any:
        """As agents open most tickets: the pane alone, the list stays."""
        case = self.numbers[number % len(self.numbers)]
        return self.agent.get(f"/agent/t/{case}", headers=FRAGMENT | {"HX-Target": "ticket"})

    def search(self, number: int) -> Any:
        words = " ".join(self.texts[number % len(self.texts)].split()[:4])
        return self.visitor.get("/ru/search", query_string={"q": words}, headers=FRAGMENT)

    def create(self, number: int) -> Any:
        form = {
            "csrf_token": self.visitor_token,
            "form_key": security.new_token(),
            "email": f"new{number}-{security.new_token()[:6].strip('-_').lower()}x@bench.example",
            "subject": self.texts[number % len(self.texts)][:120],
            "text": self.texts[(number * 7) % len(self.texts)],
        }
        source = f"10.1.{number // 250}.{number % 250}"
        return self.visitor.post("/ru/contact", data=form, environ_base={"REMOTE_ADDR": source})

    def reply(self, number: int) -> Any:
        case = self.numbers[number % len(self.numbers)]
        form = {
            "csrf_token": self.agent_token,
            "form_key": security.new_token(),
            "seen": "999999999",
            "text": self.texts[number % len(self.texts)],
        }
        return self.agent.post(f"/agent/t/{case}/reply", data=form)


FRAGMENT = {"HX-Request": "true", "HX-Target": "hits"}


def bare_page() -> Ask:
    app = Flask("bare")

    @app.get("/")
    def page() -> str:
        return "<!doctype html><title>bare</title><p>Hello"

    client = app.test_client()
    return lambda number: client.get("/")


def at_size(tickets: int, times: int, database: str, seed: int) -> dict[str, Measured]:
    with fresh(database) as app:
        fill(tickets, seed=seed)
        _count_time()
        browser = Browser(app)
        db.session.remove()
        asks: dict[str, Ask] = {
            BARE: bare_page(),
            "agent list": browser.list,
            "ticket page": browser.ticket,
            "ticket from the list": browser.pane,
            "FAQ search": browser.search,
            "create ticket": browser.create,
            "reply": browser.reply,
        }
        return measured(asks, times)


def _count_time() -> None:
    """Two counters in force, both running on each open ticket, as the demo company has them."""
    admin = db.session.scalars(select(Staff.id).order_by(Staff.id)).first()
    assert admin is not None
    for kind in ("no_answer", "no_activity"):
        policy = clocks.given_policy(kind, kind, admin, steps=2)
        clocks.counters_of_open(policy, clock.now() + timedelta(hours=1), 36_000)
    clocks.refresh_statistics()


def figures_of(found: dict[str, Measured], size: int) -> Iterator[Figure]:
    bare = found[BARE].p50
    for name, one in found.items():
        cpu, most = AIMS.get(name, (None, None))
        label = f"{name}, {size:,} tickets"
        yield Figure(f"{label}: wall p50", one.p50, "ms")
        yield Figure(f"{label}: wall p95", one.p95, "ms")
        yield Figure(f"{label}: CPU p50", median(one.cpu), "ms", cpu)
        if name != BARE:
            yield Figure(f"{label}: statements", max(one.statements), "", most)
            yield Figure(f"{label}: to the bare page", one.p50 / bare, "times")


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    sizes, times = ((1_000, 10_000), 30) if options.quick else ((10_000, 100_000), 100)
    found = {size: at_size(size, times, options.database, options.seed) for size in sizes}
    figures = [one for size, pages in found.items() for one in figures_of(pages, size)]
    small, large = sizes
    for name in AIMS:
        label = f"{name}: growth from {small:,} to {large:,}"
        growth = found[large][name].p50 / found[small][name].p50
        figures.append(Figure(f"{label}, by the clock", growth, "times"))
        growth *= found[small][BARE].p50 / found[large][BARE].p50  # how fast the machine was then
        figures.append(Figure(f"{label}, in bare pages", growth, "times", 1.3))
    show(figures, options)


if __name__ == "__main__":
    main()
