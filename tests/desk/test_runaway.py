"""A rule that runs away is named, told to the administrators, and switched off in time."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import events, history, tickets
from desk.automation import alerts, library
from desk.automation.alerts import CUTS_ALLOWED, RUNAWAY
from desk.catalog import changed as catalog_changed
from desk.tickets import NewTicket
from models import Client, EventRecord, OutboxItem, Staff, Status
from tests.support.rules import (
    case,
    cond,
    do,
    given,
    mail,
    rule,
    runs,
    status,
    without_rules,
)


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def opened(ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number


def ping_pong() -> tuple[int, int]:
    """Two rules that undo each other for ever, but for the brake."""
    high, low = cond("priority", "became", [3]), cond("priority", "became", [1])
    heard = "priority_changed"
    down = given("Вниз", heard, [do("set_priority", 1)], high, overwrite=True)
    return down, given("Вверх", heard, [do("set_priority", 3)], low, overwrite=True)


def set_off(number: int, by: Staff) -> None:
    for priority in (2, 3):
        with bus.unit_of_work():
            tickets.set_priority(case(number), priority, by=by)


def logged(kind: type[events.Event]) -> list[EventRecord]:
    return db.session.query(EventRecord).filter_by(kind=kind.kind).order_by(EventRecord.id).all()


def alerts_to(person: Staff) -> list[OutboxItem]:
    query = db.session.query(OutboxItem).filter_by(template="alert", recipient=person.email)
    return query.order_by(OutboxItem.id).all()


def test_a_loop_is_told_once_a_day(ivan: Client, anton: Staff, masha: Staff, clock: Frozen) -> None:
    ping_pong()
    number = opened(ivan)
    for _turn in range(3):
        set_off(number, masha)
    (said,) = alerts_to(anton)
    assert said.payload["subject"] == "Триггеры запускают друг друга: «Вниз»"
    assert "Вниз → Вверх → Вниз" in said.payload["text"]
    assert alerts_to(masha) == []
    assert len(logged(events.RulesLooped)) == 1
    assert logged(events.RuleSwitchedOff) == []
    clock.advance(minutes=24 * 60 + 1)
    set_off(number, masha)
    assert len(alerts_to(anton)) == 2


def test_a_loop_that_goes_on_is_switched_off(ivan: Client, anton: Staff, masha: Staff) -> None:
    down, up = ping_pong()
    number = opened(ivan)
    for _turn in range(CUTS_ALLOWED + 2):
        set_off(number, masha)
    assert (rule(down).state, rule(up).state) == ("off", "on")
    assert rule(down).broken == RUNAWAY
    assert [run.state for run in runs(down)].count("cut") == CUTS_ALLOWED
    (record,) = logged(events.RuleSwitchedOff)
    assert [one["ru"] for one in record.data["chain"]] == ["Вниз", "Вверх", "Вниз"]
    assert events.of(record).sentence().startswith("Триггер «Вниз» отключён")
    last = alerts_to(anton)[-1]
    assert last.payload["subject"] == "Триггер «Вниз» отключён"
    assert f"/admin/triggers/{down}" in last.payload["text"]
    with bus.unit_of_work(writes=False):
        assert [one.id for one in alerts.switched_off()] == [down]
        kept = db.session.query(EventRecord).filter_by(case_id=number).order_by(EventRecord.id)
        assert history.fold(kept.all()) == history.snapshot(case(number))


def test_a_slow_loop_stays_on(ivan: Client, masha: Staff, clock: Frozen) -> None:
    down, _up = ping_pong()
    number = opened(ivan)
    for _turn in range(CUTS_ALLOWED + 2):
        set_off(number, masha)
        clock.advance(minutes=2)
    assert rule(down).state == "on"


def test_a_rule_that_hears_itself_is_no_runaway(ivan: Client, anton: Staff, masha: Staff) -> None:
    """It acts once in a chain, as the rules say: nothing to be alarmed about."""
    own = given("Всё подряд", "ticket_updated", [mail("assignee"), do("add_note", text="х")])
    number = opened(ivan)
    for _turn in range(CUTS_ALLOWED + 2):
        set_off(number, masha)
    assert rule(own).state == "on"
    assert alerts_to(anton) == []


def test_five_failures_are_told(ivan: Client, anton: Staff, masha: Staff) -> None:
    number, waiting = opened(ivan), status("waiting")
    failing = given("Сбой", "priority_changed", [do("set_status", waiting)])
    with bus.unit_of_work():
        db.session.get_one(Status, waiting).for_tickets = False
        catalog_changed()
    for turn in range(5):
        with bus.unit_of_work():
            tickets.set_priority(case(number), 3 + turn % 2, by=masha)
    assert [run.state for run in runs(failing)] == ["failed"] * 5
    assert rule(failing).state == "off"
    (said,) = alerts_to(anton)
    assert said.payload["subject"] == "Триггер «Сбой» отключён"
    assert "Этот статус не для обращений" in said.payload["text"]


def test_switching_on_again_clears_the_mark(ivan: Client, anton: Staff, masha: Staff) -> None:
    down, _up = ping_pong()
    number = opened(ivan)
    for _turn in range(CUTS_ALLOWED):
        set_off(number, masha)
    with bus.unit_of_work():
        library.set_state(rule(down), "on", by=anton)
        assert alerts.switched_off() == []
