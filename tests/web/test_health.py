"""/healthz and /readyz: alive, late and dead are told apart, and how late each queue is."""

from datetime import timedelta

from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import deadlines, health, tickets, waiting
from desk.notices.quiet import HOURLY
from desk.notices.waiting import send_waiting
from models import Case, Client, Counter, OutboxItem, Staff, WaitingNotice
from tests.support.client import Client as Browser
from tests.support.counters import given_counter
from tests.support.notices import chooses
from tests.support.people import sign_in
from tests.support.rules import do
from tests.support.tickets import opened


def beat() -> None:
    with bus.unit_of_work():
        health.beat("here")


def test_nobody_at_work_is_not_ready(app: Flask, client: Browser, clock: Frozen) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    dead = client.get("/readyz")
    assert (dead.status_code, dead.json["status"]) == (503, "dead")
    beat()
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (200, "ok")
    assert ready.json["seconds"] == {
        "mail": None,
        "counter": None,
        "stale_counter": None,
        "digest": None,
    }


def test_late_is_ready_and_says_how_late(
    app: Flask, client: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (15, [do("add_note", text="Пора")]))
    opened(ivan)
    limit = db.session.query(Counter).one().due_at
    assert limit is not None
    clock.set(limit)
    clock.advance(minutes=7)
    beat()
    late = client.get("/readyz")
    assert (late.status_code, late.json["status"]) == (200, "late")
    assert late.json["seconds"]["counter"] == 7 * 60
    while deadlines.fire_due():
        pass
    assert client.get("/readyz").json["seconds"]["counter"] is None


def test_what_fails_is_counted_and_does_not_make_the_rest_late(
    app: Flask, client: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (15, [do("add_note", text="Пора")]))
    opened(ivan)
    with bus.unit_of_work():
        counter = db.session.query(Counter).one()
        counter.failures, counter.error = 1, "RuntimeError: broken step"
        due = counter.due_at
    assert due is not None
    clock.set(due)
    clock.advance(hours=1)
    beat()
    found = client.get("/readyz").json
    assert (found["seconds"]["counter"], found["failing_counters"]) == (None, 1)


def test_a_digest_that_should_have_gone_out_is_late(
    app: Flask, client: Browser, clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    chooses(masha, digest=HOURLY)
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.assign(db.session.get_one(Case, number), masha, by=anton)
        db.session.query(OutboxItem).delete()
    leaves = db.session.query(WaitingNotice).one().due_at
    beat()
    assert client.get("/readyz").json["seconds"]["digest"] is None
    clock.set(leaves + timedelta(minutes=6))
    beat()
    found = client.get("/readyz").json
    assert (found["status"], found["seconds"]["digest"]) == ("late", 6 * 60)
    told = " ".join(sign_in(client, anton).soup("/admin/").get_text().split())
    assert "сводка для сотрудника задерживается: 6 мин" in told.replace("\xa0", " ")
    while send_waiting():
        pass
    with bus.unit_of_work():
        db.session.query(OutboxItem).delete()
    assert client.get("/readyz").json["seconds"]["digest"] is None


def test_administrators_read_it_too(
    app: Flask, client: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    given_counter("Ответ", anton, (15, [do("add_note", text="Пора")]))
    opened(ivan)
    with bus.unit_of_work():
        db.session.query(Counter).one().failures = 1
        waiting.begin(waiting.COUNTERS)
    clock.advance(minutes=8)
    beat()
    told = " ".join(sign_in(client, anton).soup("/admin/").get_text().split())
    assert "часть ждёт пересчёта: 8 мин" in told.replace("\xa0", " ")
    assert "1 не срабатывает" in told
