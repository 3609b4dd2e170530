"""Is everything alive: the database, the background workers, the queues."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select

from core import bus, clock
from core.db import db
from desk import outbox, waiting
from models import Counter, Heartbeat, WaitingNotice

WORKER = "scheduler:"
DEAD_AFTER = timedelta(seconds=45)
LATE_AFTER = timedelta(minutes=5)
FORGET_AFTER = timedelta(days=1)
GAPS = 20  # kept of each worker


@dataclass(frozen=True)
class Health:
    """`oldest_*` = since when the oldest due thing waits, None when nothing is due.

    `oldest_stale`: since when counters wait to be computed anew. `oldest_notice`: since when a
    digest, or what waited for quiet hours to end, should have been written. `failing`: counters
    that were tried, failed, and are put aside: they don't make the rest late.
    """

    last_beat: datetime | None
    oldest_mail: datetime | None
    oldest_counter: datetime | None
    oldest_stale: datetime | None = None
    oldest_notice: datetime | None = None
    failing: int = 0

    @property
    def seconds(self) -> dict[str, int | None]:
        """The age of the oldest in each queue; None when nothing waits in it."""
        at = clock.now()
        queues = {
            "mail": self.oldest_mail,
            "counter": self.oldest_counter,
            "stale_counter": self.oldest_stale,
            "digest": self.oldest_notice,
        }
        return {
            name: int((at - old).total_seconds()) if old else None for name, old in queues.items()
        }

    @property
    def is_alive(self) -> bool:
        """A background worker was seen lately."""
        return self.last_beat is not None and clock.now() - self.last_beat < DEAD_AFTER

    @property
    def is_late(self) -> bool:
        late = LATE_AFTER.total_seconds()
        return any(age is not None and age > late for age in self.seconds.values())

    @property
    def state(self) -> str:
        """ok | late (working, but behind) | dead (nobody works)."""
        if not self.is_alive:
            return "dead"
        return "late" if self.is_late else "ok"


def look() -> Health:
    return Health(
        last_beat=_last_beat(),
        oldest_mail=outbox.oldest_waiting(),
        oldest_counter=_first_that_is_due(Counter.due_at, ~Counter.stale, Counter.failures == 0),
        oldest_stale=waiting.since(waiting.COUNTERS),
        oldest_notice=_first_that_is_due(WaitingNotice.due_at),
        failing=db.session.scalar(_FAILING) or 0,
    )


def _first_that_is_due(due_at: Any, *where: ColumnElement[bool]) -> datetime | None:
    return db.session.scalar(select(func.min(due_at)).where(due_at <= clock.now(), *where))


_FAILING = select(func.count()).select_from(Counter).where(Counter.failures > 0)


def _last_beat() -> datetime | None:
    return db.session.scalar(select(func.max(Heartbeat.at)).where(_IS_WORKER))


_IS_WORKER = Heartbeat.name.startswith(WORKER)


def beat(worker: str) -> None:
    """A worker says that it lives; after a silence of all of them also how long that was."""
    at, last, name = clock.now(), _last_beat(), (WORKER + worker)[:64]
    row = db.session.get(Heartbeat, name)
    if row is None:
        row = Heartbeat(name=name, at=at, data={})
        db.session.add(row)
    row.at = at
    if last is not None and at - last >= DEAD_AFTER:
        gaps = [*row.data.get("gaps", []), [last.isoformat(), at.isoformat()]]
        row.data = {**row.data, "gaps": gaps[-GAPS:]}


def was_down(at: datetime) -> bool:
    """Whether no worker was at work then, as far as they told; of the last day or so."""
    notes = bus.unit().notes
    if "silences" not in notes:
        notes["silences"] = list(_silences())
    return any(since < at < until for since, until in notes["silences"])


def _silences() -> Iterator[tuple[datetime, datetime]]:
    rows = db.session.scalars(select(Heartbeat).where(_IS_WORKER)).all()
    for row in rows:
        for since, until in row.data.get("gaps", []):
            yield datetime.fromisoformat(since), datetime.fromisoformat(until)
    last = max((row.at for row in rows), default=None)
    if last is not None and clock.now() - last >= DEAD_AFTER:  # it just woke up, or never told
        yield last, clock.now()


def forget_the_dead() -> None:
    old = Heartbeat.at < clock.now() - FORGET_AFTER
    db.session.execute(delete(Heartbeat).where(_IS_WORKER, old))
