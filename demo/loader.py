"""Builds the demo company through the product's own verbs, on a clock that moves through weeks."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random

from flask import Flask

from core import bus, clock
from core.i18n import locale
from demo import read
from demo.answers import Bookshelf
from demo.dispatching import hand_out
from demo.furnish import furnish, password_of
from demo.keys import Keys
from demo.play import Play
from demo.rulebook import write_counters, write_rules
from demo.timetable import Timetable
from desk import people
from desk.calendars import work_calendar

FOUNDED = timedelta(days=60)  # before the present: older than the oldest story
CHIEF = "anton"


def load_demo(app: Flask, *, now: datetime | None = None, seed: int = 7) -> bool:
    """Fill a database that has its reference rows. False when the company is there already.

    What happened before `now` has happened: mails are marked sent, counters have fired.
    """
    present = now or clock.now()
    with app.app_context(), clock.freeze(present - FOUNDED) as frozen:
        if is_loaded():
            return False
        with bus.unit_of_work():
            keys = _found(frozen, Random(seed), present)  # noqa: S311 - no secret is made of it
        play = Play(read.stories(), keys, app.extensions["storage"])
        with _nothing_thrown_away():
            play.run(_timetable(present, keys), frozen)
        with bus.unit_of_work():
            hand_out(read.company()["dispatching"], keys)
    return True


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Looking for garbage again and again among all that stays costs a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def is_loaded() -> bool:
    """Inside an application context."""
    with bus.unit_of_work(writes=False):
        return people.by_email(read.company()["staff"][0]["email"]) is not None


def sign_ins() -> list[tuple[str, str, str, str]]:
    """(name, what they do, e-mail, password) of everybody with a password."""
    company, code = read.company(), "en" if locale() == "en" else "ru"
    staff = [(p["name"], p["title"][code], p["email"], password_of(p)) for p in company["staff"]]
    clients = [
        (p["name"], p["title"][code], p["email"], p["password"])
        for p in company["clients"]
        if "password" in p
    ]
    return staff + clients


def _found(frozen: clock.Frozen, chance: Random, present: datetime) -> Keys:
    keys = furnish(read.company())
    chief = keys.staff[CHIEF]
    write_counters(read.counters(), keys, by=chief)
    write_rules(read.rules(), keys, by=chief)
    founded = frozen.at
    frozen.set(present)
    Bookshelf(keys, frozen, chance).fill(read.sections())
    frozen.set(founded)
    return keys


def _timetable(present: datetime, keys: Keys) -> Timetable:
    with bus.unit_of_work(writes=False):
        calendars = {key: work_calendar(row) for key, row in keys.calendars.items()}
    hours = {p["key"]: calendars[p.get("hours", "office")] for p in read.company()["staff"]}
    return Timetable(present, calendars["office"], hours)
