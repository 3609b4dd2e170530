"""Counters by the clock: each step is done once, however many programs run and start anew."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app import create_app
from core.clock import Frozen
from core.db import db
from models import Client, CounterFiring, Staff
from scheduler.jobs import fire_due_counters
from tests.support.counters import given_counter
from tests.support.people import sign_in_page
from tests.support.rules import case, do, without_rules
from tests.support.server import LiveServer, served
from tests.support.tickets import opened

MOSCOW = ZoneInfo("Europe/Moscow")
WORKING_DAY = 9 * 60


@pytest.fixture
def desk(app: Flask, page: Any, live_server: LiveServer, masha: Staff) -> Page:
    without_rules()
    signed_in: Page = sign_in_page(page, live_server, masha)
    return signed_in


@pytest.fixture
def webs(app: Flask, live_server: LiveServer) -> Iterator[tuple[LiveServer, LiveServer]]:
    """The program, and another on the same database with a memory of its own."""
    other = create_app(app.config["LINIYA"])
    with served(other) as second:
        yield live_server, second
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def tick(app: Flask) -> None:
    """One turn of a scheduler that has just been started, and ends."""
    scheduler = create_app(app.config["LINIYA"])
    with scheduler.app_context():
        fire_due_counters(scheduler)
        db.session.remove()
        db.engine.dispose()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=MOSCOW)


def fired() -> int:
    db.session.rollback()
    return db.session.query(CounterFiring).count()


def test_t14_counters_fire_once_in_working_time(
    app: Flask,
    desk: Page,
    webs: tuple[LiveServer, LiveServer],
    clock: Frozen,
    anton: Staff,
    ivan: Client,
) -> None:
    given_counter("Без ответа", anton, (15, [do("set_priority", 4)]), limit=15)
    days = 3 * WORKING_DAY
    given_counter(
        "Тишина", anton, (days, [do("add_tag", ["забыто"])]), kind="no_activity", limit=days
    )
    clock.set(at(2, 17, 50))
    number = opened(ivan).number
    for moment in (at(2, 18, 30), at(3, 9, 4)):
        clock.set(moment)
        tick(app)
    assert fired() == 0
    clock.set(at(3, 9, 6))
    for _program in range(3):  # started anew each time
        tick(app)
    assert (fired(), case(number).priority) == (1, 4)
    shows_on_each(desk, webs, clock, number, '.t-fields summary[aria-label$="Срочный"]')
    clock.set(at(5, 17, 49))
    tick(app)
    assert fired() == 1
    clock.set(at(5, 17, 51))
    for _program in range(3):
        tick(app)
    assert (fired(), case(number).tag_names) == (2, ["забыто"])
    shows_on_each(desk, webs, clock, number, '.t-fields :text("забыто")')


def shows_on_each(
    page: Page, servers: tuple[LiveServer, ...], clock: Frozen, number: int, what: str
) -> None:
    page.clock.set_fixed_time(clock.at)
    for server in servers:
        page.goto(f"{server.url}/agent/t/{number}")
        expect(page.locator(what).first).to_be_visible()
        page.locator(".tb summary").first.click()
        expect(page.locator(".tb-fired li")).to_have_count(fired())
