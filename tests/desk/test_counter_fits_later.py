"""A ticket that comes to fit a counter later than the counter's kind began to wait."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import deadlines, tickets
from desk.catalog import catalog
from models import Case, Client, Counter, Staff
from tests.desk.test_counters_played import played_all
from tests.support.counters import given_counter
from tests.support.rules import case, cond, do, given, without_rules
from tests.support.tickets import opened

NOTE = [do("add_note", text="Пора")]
URGENT = {"all": [cond("priority", "is", 4)]}


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def urgent(number: int, by: Staff, priority: int = 4) -> None:
    with bus.unit_of_work():
        tickets.set_priority(case(number), priority, by=by)


def given_urgent(kind: str, by: Staff, **more: Any) -> int:
    return given_counter(kind, by, (30, NOTE), limit=30, kind=kind, conditions=URGENT, **more)


def begun(number: int) -> list[tuple[str, str, int]]:
    """(kind, state, minutes since its start) of its clocks; a clock played over the log agrees."""
    db.session.expire_all()
    rows = db.session.query(Counter).filter_by(case_id=number).order_by(Counter.id).all()
    played = {
        (run.started_at, span.reason)
        for (of, _key), one in played_all().items()
        for run in one.runs
        for span in run.book
        if of == number
    }
    assert played == {(row.started_at, span.reason) for row in rows for span in row.spans}
    since = case(number).created_at
    return [
        (row.policy.kind, row.state, (row.started_at - since) // timedelta(minutes=1))
        for row in rows
    ]


@pytest.mark.parametrize("kind", ["no_answer", "first_answer", "solution", "queue_wait"])
def test_it_is_counted_from_then_on(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, kind: str
) -> None:
    given_urgent(kind, anton)
    number = opened(ivan).id
    assert begun(number) == []
    clock.advance(minutes=20)
    urgent(number, masha)
    assert begun(number) == [(kind, "running", 20)]
    clock.advance(minutes=1)
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        (view,) = deadlines.summary(db.session.get_one(Case, number))
        assert (view.lines[0].news, view.left) == ("подошло под условия", timedelta(minutes=29))


@pytest.mark.parametrize("kind", ["no_answer", "first_answer", "next_answer"])
def test_what_has_ended_does_not_begin(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, kind: str
) -> None:
    given_urgent(kind, anton)
    number = opened(ivan).id
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.reply(case(number), "Смотрю", by=masha)
    clock.advance(minutes=5)
    urgent(number, masha)
    assert begun(number) == []


def test_the_next_answer_is_waited_for(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    given_urgent("next_answer", anton)
    number = opened(ivan).id
    with bus.unit_of_work():
        tickets.reply(case(number), "Смотрю", by=masha)
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "И что?", by=ivan)
    clock.advance(minutes=5)
    urgent(number, masha)
    assert begun(number) == [("next_answer", "running", 10)]


def test_what_a_trigger_ended_does_not_begin_anew(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    policy = given_urgent("solution", anton)
    given("Стоп", "client_replied", [do("stop_counter", policy)])
    number = opened(ivan).id
    urgent(number, masha)
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Не надо", by=ivan)
    for priority in (2, 4):
        clock.advance(minutes=5)
        urgent(number, masha, priority)
    assert begun(number) == [("solution", "stopped", 0)]


def test_a_counter_without_conditions_takes_no_ticket_of_before(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client
) -> None:
    number = opened(ivan).id
    given_counter("Решение", anton, (30, NOTE), kind="solution")
    urgent(number, masha)
    db.session.expire_all()
    assert not db.session.query(Counter).count()


@pytest.mark.parametrize("field", ["assignee", "status", "subject"])
def test_whatever_field_the_conditions_look_at(
    clock: Frozen, anton: Staff, masha: Staff, ivan: Client, field: str
) -> None:
    with bus.unit_of_work(writes=False):
        work = catalog().by_key("statuses", "in_work").id
    looks = {
        "assignee": cond("assignee", "is", masha.id),
        "status": cond("status", "is", work),
        "subject": cond("subject", "contains", "договор"),
    }
    given_counter("Решение", anton, (30, NOTE), kind="solution", conditions={"all": [looks[field]]})
    number = opened(ivan).id
    clock.advance(minutes=5)
    with bus.unit_of_work():
        if field == "assignee":
            tickets.assign(case(number), masha, by=anton)
        elif field == "status":
            tickets.change_status(case(number), work, by=anton)
        else:
            tickets.set_subject(case(number), "Новый договор", by=anton)
    assert begun(number) == [("solution", "running", 5)]
