"""A client who writes on a waiting or finished case is never overlooked."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import tickets
from desk.automation import library
from desk.automation.library import NewVersion
from desk.catalog import catalog
from desk.tickets import NewTicket
from models import Case, Client, EventRecord, Rule, RuleState, Staff


@pytest.fixture
def number(app: Flask, ivan: Client, anton: Staff) -> int:
    """A ticket on a desk whose triggers are all switched off."""
    with bus.unit_of_work():
        for rule in db.session.query(Rule):
            library.set_state(rule, RuleState.OFF, by=anton)
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Тема", "Текст"), requester=ivan).number


def put(number: int, status: str, by: Staff) -> None:
    with bus.unit_of_work():
        wanted = catalog().by_key("statuses", status).id
        tickets.change_status(db.session.get_one(Case, number), wanted, by=by)


def say(number: int, who: Client) -> str:
    with bus.unit_of_work():
        tickets.client_reply(db.session.get_one(Case, number), "Ещё вопрос", by=who)
    with bus.unit_of_work(writes=False):
        return str(catalog().statuses[db.session.get_one(Case, number).status_id].key)


@pytest.mark.parametrize("status", ["waiting", "solved", "closed"])
def test_without_any_rule_it_is_with_us_again(
    number: int, masha: Staff, ivan: Client, status: str
) -> None:
    put(number, status, masha)
    assert say(number, ivan) == "in_work"
    last = db.session.query(EventRecord).order_by(EventRecord.id.desc()).first()
    assert last is not None
    assert (last.kind, last.actor_id) == ("status_changed", ivan.id)


def test_new_stays_new(number: int, ivan: Client) -> None:
    assert say(number, ivan) == "new"


def test_a_rule_has_the_first_word(number: int, masha: Staff, anton: Staff, ivan: Client) -> None:
    put(number, "solved", masha)
    with bus.unit_of_work():
        names = catalog()
        solved, new = (names.by_key("statuses", key).id for key in ("solved", "new"))
        definition = {
            "on": ["client_replied"],
            "if": {"all": [{"field": "status", "op": "is", "value": solved}]},
            "then": [{"do": "set_status", "value": new}],
            "run": "every",
        }
        library.create(NewVersion(definition, "Снова новое"), by=anton, state=RuleState.ON)
    assert say(number, ivan) == "new"


def test_thanks_and_done_in_one_go_stays_done(number: int, masha: Staff, ivan: Client) -> None:
    put(number, "waiting", masha)
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        tickets.client_reply(case, "Спасибо, решилось", by=ivan)
        tickets.solve(case, by=ivan)
    assert db.session.get_one(Case, number).is_solved
