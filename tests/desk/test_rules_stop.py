"""The switch that stops every trigger: within one event, in every process, on every page."""

import pytest
from flask import Flask

from app import create_app
from core import bus
from core.config import Config
from core.db import db
from desk import people, tickets
from desk.automation import library
from desk.history import Cause, actor_of
from desk.tickets import NewTicket
from models import Client, EventRecord, RuleRun, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in
from tests.support.rules import case, do, given, without_rules


def test_other_processes_stop_within_one_event(own_database: Config) -> None:
    """Two programs on one database, each with its own memory; one throws the switch."""
    one, other = create_app(own_database), create_app(own_database)
    with one.app_context():
        without_rules()
        given("Громкое", "ticket_created", [do("add_tag", ["х"])])
    assert [_tags(other), _tags(one)] == [["х"], ["х"]]
    with one.app_context(), bus.unit_of_work():
        library.stop_all(True, by=actor_of(Cause()))
    assert [_tags(other), _tags(one)] == [[], []]
    with other.app_context(), bus.unit_of_work():
        library.stop_all(False, by=actor_of(Cause()))
    assert [_tags(one), _tags(other)] == [["х"], ["х"]]
    for app in (one, other):
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _tags(app: Flask) -> list[str]:
    with app.app_context():
        with bus.unit_of_work():
            ivan = people.client_for("ivan@sevsklad.example", name="Иван Петров")
            number = tickets.open_ticket(NewTicket("Терминал", "Молчит"), requester=ivan).number
        return case(number).tag_names


def test_stops_in_the_middle_of_a_chain(app: Flask, ivan: Client, anton: Staff) -> None:
    without_rules()
    given("Раз", "ticket_created", [do("set_priority", 3)])
    given("Два", "priority_changed", [do("add_tag", ["х"])])
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket("Терминал", "Молчит"), requester=ivan)
        library.stop_all(True, by=anton)
    assert ticket.priority == 2
    assert db.session.query(RuleRun).count() == 0
    record = db.session.query(EventRecord).filter_by(kind="settings_changed").one()
    assert record.actor_id == anton.id
    assert record.data == {"what": "rules_stopped", "before": False, "after": True}


@pytest.mark.parametrize("path", ["/agent/inbox/all", "/admin/", "/admin/counters", "/agent/me"])
def test_every_page_of_the_workspace_says_so(client: Browser, anton: Staff, path: str) -> None:
    browser = sign_in(client, anton)
    assert browser.soup(path).select_one(".halted") is None
    with bus.unit_of_work():
        library.stop_all(True, by=anton)
    banner = browser.soup(path).select_one(".halted")
    assert banner is not None
    assert "Все триггеры остановлены." in banner.get_text()
