"""What is done again and again; each job is safe in any number of processes at once."""

import os
import socket

from flask import Flask

from channels.deliver import deliver_due
from core import bus
from desk import (
    care,
    deadlines,
    gaps,
    health,
    jobs,
    notices,
    presence,
    settings,
    snoozing,
    throttle,
)
from desk.routing import sweeping
from desk.search.meaning import catching_up, encoder


def fire_due_counters(app: Flask) -> None:
    """Each second, nearly always for nothing: one statement says so."""
    if not deadlines.is_anything_due():
        return
    while deadlines.anew.compute_stale():
        pass
    while deadlines.fire_due():
        pass


def tell_the_staff(app: Flask) -> None:
    """Of limits that are near or past, and by mail of what waited."""
    while notices.tell_of_limits():
        pass
    while notices.send_waiting():
        pass


def dispatch(app: Flask) -> None:
    """Who left their desk, whose shift began or ended, what waited too long; and what a killed
    process left undone."""
    presence.sweep()
    sweeping.sweep()


def wake_snoozed(app: Flask) -> None:
    while snoozing.wake_due():
        pass


def know_meanings(app: Flask) -> None:
    """Load the sentence encoder, which the first turn does, and follow what editors write."""
    with bus.unit_of_work(writes=False):
        wanted = settings.get("search_by_meaning")
    if not wanted:
        encoder.forget()
        return
    encoder.load()
    while catching_up.catch_up():
        pass


def find_gaps(app: Flask) -> None:
    """What people need to know and no article tells."""
    gaps.find()


def publish_articles(app: Flask) -> None:
    """Those whose moment has come; and tell of those that are to be looked at again."""
    care.publish_due()
    care.remind_owners()


def deliver_outbox(app: Flask) -> None:
    while deliver_due(app.config["LINIYA"]):
        pass


def work_in_background(app: Flask) -> None:
    while jobs.run_next():
        pass


def beat(app: Flask) -> None:
    """Tell the others that this process is alive; the health page tells late from dead."""
    with bus.unit_of_work():
        health.beat(f"{socket.gethostname()[:40]}:{os.getpid()}")


def sweep(app: Flask) -> None:
    with bus.unit_of_work():
        throttle.sweep()
        jobs.sweep()
        notices.sweep()
        health.forget_the_dead()
