"""Is everything alive: the database, the background workers, the queues."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from core import clock
from core.db import db
from desk import outbox
from models import Counter, Heartbeat

WORKER = "scheduler:"
DEAD_AFTER = timedelta(seconds=45)
LATE_AFTER = timedelta(minutes=5)
FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Health:
    """`oldest_*` = since when the oldest due thing waits, None when nothing is due."""

    last_beat: datetime | None
    oldest_mail: datetime | None
    oldest_counter: datetime | None

    @property
    def is_alive(self) -> bool:
        """A background worker was seen lately."""
        return self.last_beat is not None and clock.now() - self.last_beat < DEAD_AFTER

    @property
    def is_late(self) -> bool:
        waiting = [at for at in (self.oldest_mail, self.oldest_counter) if at is not None]
        return any(clock.now() - at > LATE_AFTER for at in waiting)

    @property
    def state(self) -> str:
        """ok | late (working, but behind) | dead (nobody works)."""
        if not self.is_alive:
            return "dead"
        return "late" if self.is_late else "ok"


def look() -> Health:
    beats = select(func.max(Heartbeat.at)).where(Heartbeat.name.startswith(WORKER))
    due = select(func.min(Counter.due_at)).where(Counter.due_at <= clock.now())
    return Health(
        last_beat=db.session.scalar(beats),
        oldest_mail=outbox.oldest_waiting(),
        oldest_counter=db.session.scalar(due),
    )


def beat(worker: str) -> None:
    name = (WORKER + worker)[:64]
    row = db.session.get(Heartbeat, name)
    if row is None:
        db.session.add(Heartbeat(name=name, at=clock.now(), data={}))
    else:
        row.at = clock.now()


def forget_the_dead() -> None:
    db.session.execute(delete(Heartbeat).where(Heartbeat.at < clock.now() - FORGET_AFTER))
