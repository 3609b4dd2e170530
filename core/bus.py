"""One unit of work = one transaction: verbs publish events, handlers run before the commit.

Handlers of an event type run in the order of `stage`, touch the database only, and may publish
further events, which are handled after those before them. Finishers run once, when no event is
left. What was asked with `after_commit` runs only when the commit succeeded.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.event import listens_for
from sqlalchemy.orm import Session

from core import clock
from core.db import db, put_rows
from core.failpoints import failpoint

Handler = Callable[[list[Any]], None]


@dataclass
class Unit:
    """What belongs to the transaction under way."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    began: datetime = field(default_factory=clock.now)
    events: list[Any] = field(default_factory=list)
    happened: list[Any] = field(default_factory=list)
    after: list[Callable[[], None]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    rows: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)  # to write, by statement
    made: list[Any] = field(default_factory=list)  # rows that it inserted
    keep: bool = False  # commit although the answer is an error page (a failed sign-in is counted)


_handlers: dict[int, list[Handler]] = defaultdict(list)
_finishers: dict[int, list[Handler]] = defaultdict(list)


def on_events(stage: int) -> Callable[[Handler], Handler]:
    """Register `handler(batch)`: each batch of events, in the order of stages."""

    def register(handler: Handler) -> Handler:
        _handlers[stage].append(handler)
        return handler

    return register


def at_end(stage: int) -> Callable[[Handler], Handler]:
    """Register `handler(all events of the unit)`: called once, before the commit."""

    def register(handler: Handler) -> Handler:
        _finishers[stage].append(handler)
        return handler

    return register


_current: ContextVar[Unit | None] = ContextVar("unit", default=None)


def unit() -> Unit:
    """The unit under way; RuntimeError outside one. Asked for a hundred times in each."""
    found = _current.get()
    if found is None:
        raise RuntimeError("no unit of work is under way")
    return found


def publish(event: Any) -> None:
    unit().events.append(event)


def after_commit(call: Callable[[], None]) -> None:
    """Once, however often it is asked for."""
    after = unit().after
    if call not in after:
        after.append(call)


def write_together(statement: Any, row: dict[str, Any]) -> None:
    """Put a row that nobody asks for in this unit: all of a statement are written at its end."""
    unit().rows.setdefault(statement, []).append(row)


def write_now() -> None:
    """What waits to be written together, for somebody who asks; first what it refers to."""
    work, session = unit(), _session()
    rows, work.rows = work.rows, {}
    if rows:
        session.flush()
    for statement, values in rows.items():
        put_rows(statement, values)


@contextmanager
def savepoint() -> Iterator[None]:
    """All of what happens inside, or nothing of it: rows, events, and what waits for the commit."""
    work, session = unit(), _session()
    write_now()
    published, waiting = len(work.events), len(work.after)
    try:
        with session.begin_nested():
            yield
            write_now()
            session.flush()
    except BaseException:
        work.rows.clear()
        del work.events[published:]
        del work.after[waiting:]
        for name in [name for name in work.notes if name.startswith(("kept.", "revisions"))]:
            del work.notes[name]
        raise


@contextmanager
def unit_of_work(*, writes: bool = True) -> Iterator[Unit]:
    """Returning commits, raising rolls back. A unit inside a unit joins the outer one."""
    session = _session()
    if "unit" in session.info:
        yield session.info["unit"]
        return
    work = session.info["unit"] = Unit()
    outer = _current.get()  # of another application, as tests have them
    _current.set(work)
    try:
        if writes:
            _take_write_lock(session)
        yield work
        drain()
        write_now()
        failpoint("unit.before_commit")
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("unit", None)
        _current.set(outer)
    failpoint("unit.after_commit")
    for call in work.after:
        call()


def drain() -> None:
    """Hand over events until none is left, then let the finishers speak, until all is quiet."""
    work = unit()
    while True:
        while work.events:
            _session().flush()  # events know their ids from here on
            batch, work.events = work.events, []
            work.happened += batch
            _run(_handlers, batch)
        if not work.happened:
            return
        everything, work.happened = work.happened, []
        _run(_finishers, everything)
        if not work.events:
            return


def _run(table: dict[int, list[Handler]], batch: list[Any]) -> None:
    for stage in sorted(table):
        for handler in table[stage]:
            handler(batch)


def _take_write_lock(session: Session) -> None:
    if session.in_transaction():  # a read came before; SQLite can't upgrade safely, so start anew
        session.rollback()
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})


@listens_for(Session, "pending_to_persistent")
def _hold(session: Session, row: Any) -> None:
    """The session forgets rows that nobody holds; handlers shall find new ones without asking."""
    if "unit" in session.info:
        session.info["unit"].made.append(row)


def _session() -> Session:
    return db.session()
