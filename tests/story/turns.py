"""The scheduler in its threads and the test, doing the same jobs on a clock that is moved by hand.

The clock moves only while nobody is in the middle of a batch: to whoever holds a lease, a jump of
hours is a death, and the work would rightly be done again.
"""

import sys
import threading
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from sqlalchemy import func, or_, select

import scheduler
from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines
from models import Counter, OutboxItem, OutboxState
from scheduler import jobs

PATIENCE_S = 300
OFTEN_S = 0.0005  # threads change ten times as often as usual: more races, less waiting for mail
WORK = (jobs.fire_due_counters, jobs.deliver_outbox)


class Turns:
    """`handled` = how many counters and mails the test and the scheduler each came to first."""

    def __init__(self, app: Flask, clock: Frozen) -> None:
        self.app, self.clock = app, clock
        self.handled: Tally[str] = Tally()
        self._inside = 0
        self._change = threading.Condition()
        self._background: BackgroundScheduler | None = None

    @contextmanager
    def running(self, patch: pytest.MonkeyPatch) -> Iterator[None]:
        before = sys.getswitchinterval()
        sys.setswitchinterval(OFTEN_S)
        patch.setattr(deadlines, "fire_due", self._counted("counters", deadlines.fire_due))
        patch.setattr(jobs, "deliver_due", self._counted("mails", jobs.deliver_due))
        self._background = scheduler.start_scheduler(self.app)
        try:
            yield
        finally:
            self._background.shutdown()
            sys.setswitchinterval(before)

    def move_to(self, at: datetime) -> None:
        """Let everything come to rest, then move the clock."""
        while not self._moved(at):
            self.work()

    def work(self) -> None:
        """Both at once: the scheduler is told to look now, and the test does it too."""
        assert self._background is not None
        look = [self.app, jobs.fire_due_counters]
        self._background.add_job(scheduler.run, args=look, id="look", replace_existing=True)
        for job in WORK:
            scheduler.run(self.app, job)

    def _moved(self, at: datetime) -> bool:
        with self._change:
            assert self._change.wait_for(lambda: self._inside == 0, PATIENCE_S)
            if _is_anything_left(self.clock.at):
                return False
            self.clock.set(at)
            return True

    def _counted(self, what: str, job: Callable[..., int]) -> Callable[..., int]:
        def counted(*args: Any) -> int:
            with self._change:
                self._inside += 1
            try:
                done = job(*args)
                alone = threading.current_thread() is threading.main_thread()
                who = "test" if alone else "scheduler"
                with self._change:
                    self.handled[f"{what} by the {who}"] += done
                return done
            finally:
                with self._change:
                    self._inside -= 1
                    self._change.notify_all()

        return counted


def _is_anything_left(now: datetime) -> bool:
    unsent = or_(OutboxItem.state == OutboxState.QUEUED, OutboxItem.state == OutboxState.SENDING)
    with bus.unit_of_work(writes=False):
        queued = db.session.scalar(select(func.count()).where(unsent))
        due = db.session.scalar(select(func.count()).where(Counter.due_at <= now))
    return bool(queued or due)
