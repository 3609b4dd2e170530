"""Triggers that can't be understood: each is shown as broken, and no page falls with it."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from core import bus
from core.db import db
from desk import revision
from desk.automation import exchange, library
from desk.automation.actions import ACTIONS
from models import Client, RuleVersion, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.rules import cond, definition, do, given, rule, runs, without_rules
from tests.support.tickets import opened

LIST = "/admin/triggers"
LONG = "д" * 65
SOUND = definition("ticket_created", [do("set_priority", 3)])
BROKEN: dict[str, Any] = {
    "long tag": definition("ticket_created", [do("add_tag", [LONG])]),
    "no list of tags": definition("ticket_created", [do("remove_tag", 5)]),
    "tag of nothing": definition("ticket_created", [do("add_tag", ["#"])]),
    "numbers for conditions": SOUND | {"if": {"all": [7]}},
    "no list of conditions": SOUND | {"if": {"all": 7}},
    "no group": SOUND | {"if": 7},
    "unknown group": SOUND | {"if": {"xor": []}},
    "words of nothing": SOUND | {"if": {"all": [cond("text", "words", 5)]}},
    "phrases of numbers": SOUND | {"if": {"all": [cond("text", "words", {"phrases": [1, 2]})]}},
    "range of texts": SOUND | {"if": {"all": [cond("message_length", "between", "x")]}},
    "range of one end": SOUND | {"if": {"all": [cond("message_length", "between", {"from": 1})]}},
    "list for one": SOUND | {"if": {"all": [cond("status", "is", ["x"])]}},
    "map for a list": SOUND | {"if": {"all": [cond("status", "any_of", {"a": 1})]}},
    "field of numbers": SOUND | {"if": {"all": [{"field": 5, "op": 5}]}},
    "events of numbers": SOUND | {"on": [1, 2]},
    "no list of events": SOUND | {"on": 5},
    "no events": SOUND | {"on": None},
    "unknown event": SOUND | {"on": ["gone_event"]},
    "actions of numbers": SOUND | {"then": [1]},
    "no list of actions": SOUND | {"then": 5},
    "text for both": SOUND | {"then": [{"do": "send_mail", "to": 5, "subject": 5, "text": []}]},
    "unknown action": SOUND | {"then": [{"do": "fly"}]},
    "nothing at all": {},
    "a text": "str",
    "a number": 7,
    "a list": [],
}


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def stored(found: dict[str, Any], state: str = "on") -> int:
    """As an earlier program or another hand may have left it."""
    number = given("Сломан", "ticket_created", [do("set_priority", 3)], state=state)
    with bus.unit_of_work():
        version = db.session.query(RuleVersion).filter_by(rule_id=number).one()
        version.definition = found
        revision.bump("rules")
    return number


def pages(number: int) -> list[str]:
    tabs = [f"{LIST}/{number}?tab={tab}" for tab in ("try", "count", "replay", "runs", "versions")]
    return [LIST, *tabs, f"{LIST}/runs", f"{LIST}/changes", f"{LIST}/file"]


@pytest.mark.one_database
@pytest.mark.parametrize("name", BROKEN)
def test_is_shown_as_broken_on_every_page(admin: Browser, ivan: Client, name: str) -> None:
    given("Цел", "ticket_created", [do("add_tag", ["цел"])])
    number = stored(BROKEN[name])
    for address in pages(number):
        assert admin.get(address).status_code == 200, address
    badges = [each.get_text(strip=True) for each in admin.soup(LIST).select(".badge")]
    assert badges.count("сломан") == 1
    ticket = opened(ivan)
    assert ticket.tag_names == ["цел"]
    assert not runs(number)
    assert admin.get(f"/agent/t/{ticket.number}/why").status_code == 200
    with bus.unit_of_work(writes=False):
        assert len(exchange.changes(exchange.exported())) == 2


@pytest.mark.one_database
def test_the_editor_says_what_is_wrong_and_leaves_nothing_out_in_silence(admin: Browser) -> None:
    whole, partly = (stored(BROKEN[name]) for name in ("long tag", "no group"))
    soup = admin.soup(f"{LIST}/{whole}")
    assert "В метке не больше 64 букв" in soup.select(".callout")[0].get_text()
    assert not soup.select("[data-error-summary]")
    assert checked(soup) == "on"
    soup = admin.soup(f"{LIST}/{partly}")
    assert "здесь опущено" in soup.select(".callout")[0].get_text()
    assert checked(soup) == "draft"


def checked(soup: BeautifulSoup) -> str:
    form = soup.select_one("form.ed")
    assert form is not None
    (state,) = filled(form)["state"]
    return str(state)


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["long tag", "no group", "nothing at all"])
def test_can_be_stopped_copied_and_deleted(admin: Browser, name: str) -> None:
    number = stored(BROKEN[name])
    forms = admin.soup(f"{LIST}/{number}").select("form")
    token = str(forms[0].select_one("input[name=csrf_token]")["value"])  # type: ignore[index]
    for at, verb in enumerate(("state", "move", "delete")):
        sent = {"form_key": f"{'k' * 20}{at}", "csrf_token": token, "state": "off", "to": "up"}
        assert admin.post(f"{LIST}/{number}/{verb}", data=sent).status_code == 303, verb
    assert rule(number).deleted_at is not None


def refused(*asked: Any) -> dict[str, Any]:
    """As an action that somebody added may fail."""
    raise ZeroDivisionError("дел")


@pytest.mark.one_database
def test_an_action_that_raises_takes_no_page_down(admin: Browser, ivan: Client) -> None:
    calm = given("Цел", "ticket_created", [do("set_priority", 3)])
    number = given("Делит", "ticket_created", [do("add_tag", ["х"])])
    first = opened(ivan).number
    with patch.object(type(ACTIONS["add_tag"]), "plan", refused):
        revised()
        for address in pages(number):
            assert admin.get(address).status_code == 200, address
        line = admin.soup(LIST).select_one(f"#rule-{number} [data-finding=broken]")
        assert line is not None
        assert "дел" in line.get_text()
        soup = admin.soup(f"{LIST}/{number}")
        assert soup.select_one("[data-finding=broken]")
        assert "дел" in tried(admin, soup, {"do": "try", "case": str(first)})
        assert "дел" in tried(admin, soup, {"do": "letter", "letter_text": "Помогите"})
        opened(ivan)
        soup = admin.soup(f"{LIST}/runs/{runs(number)[-1].id}")
        assert soup.select_one("form[action$='/retry']")
        assert "метка +" in soup.select("[aria-labelledby=run-did]")[0].get_text()
    assert [run.state for run in runs(number)] == ["done", "failed"]
    assert [run.state for run in runs(calm)] == ["done", "done"]


@pytest.mark.one_database
def test_a_sentence_that_raises_is_told_by_its_name(admin: Browser) -> None:
    number = given("Молчит", "ticket_created", [do("add_tag", ["х"])])
    with patch.object(type(ACTIONS["add_tag"]), "sentence", refused):
        revised()
        for address in pages(number):
            assert admin.get(address).status_code == 200, address
        said = admin.soup(LIST).select_one(f"#rule-{number} .say-rule .broken")
        assert said is not None
        assert said.get_text() == "add_tag"


def revised() -> None:
    """What was found out before is not told again."""
    with bus.unit_of_work():
        revision.bump("rules")


def tried(admin: Browser, soup: BeautifulSoup, sent: dict[str, str]) -> str:
    form = soup.select_one("form.ed")
    assert form is not None
    answer = admin.post(f"{LIST}/draw", data={**filled(form), **sent})
    assert answer.status_code == 200
    told = parsed(answer).select_one(".verdict-no")
    assert told is not None
    return told.get_text()


@pytest.mark.one_database
def test_a_tag_that_no_ticket_can_have_is_refused_with_its_row(admin: Browser) -> None:
    form = admin.soup(f"{LIST}/new").select_one("form.ed")
    assert form is not None
    sent = filled(form) | {"name_ru": "Метка", "then.0.do": "add_tag", "then.0.drawn": "add_tag"}
    answer = admin.post(f"{LIST}/new", data=sent | {"then.0.value": f"да, {LONG}"})
    assert answer.status_code == 422
    assert "В метке не больше 64 букв" in parsed(answer).get_text()
    with bus.unit_of_work(writes=False):
        assert not library.rules()
        text = json.dumps(FILE)
        (change,) = exchange.changes(text)
    assert [problem.where for problem in change.problems] == ["then.0"]


FILE = {
    "format": exchange.FORMAT,
    "triggers": [
        {"name": {"ru": "Метка"}, **definition("ticket_created", [do("add_tag", [LONG])])}
    ],
}
