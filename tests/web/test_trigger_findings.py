"""Findings in the editor, as one types, and on the list of triggers."""

from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask

from desk.automation.lint import Finding, report
from desk.automation.lint.ruled import Ruled
from models import Client, Staff
from tests.support.client import Client as Browser
from tests.support.people import sign_in
from tests.support.rules import cond, do, given, without_rules

URL = "/admin/triggers"
CREATED = "ticket_created"

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def form(**more: str) -> dict[str, str]:
    """A trigger that gives tickets from the portal a high priority."""
    given = {"name_ru": "Портал", "on": CREATED, "if.kind": "all", "run": "every"}
    given |= {"if.0.field": "channel", "if.0.op": "is", "if.0.value": "portal"}
    return given | {"then.0.do": "set_priority", "then.0.value": "3"} | more


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def asked(browser: Browser, changes: dict[str, str]) -> str:
    """The fragment for the form with these changes."""
    token = browser.soup(f"{URL}/new").select_one("input[name=csrf_token]")
    assert token is not None
    answer = browser.post(f"{URL}/findings", data=form(**changes, csrf_token=str(token["value"])))
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def test_a_draft_is_told_of_the_trigger_that_it_fights(admin: Browser) -> None:
    number = given("Обычный", CREATED, [do("set_priority", 1)], cond("locale", "is", "ru"))
    page = asked(admin, {})
    assert 'data-finding="conflict"' in page
    assert f'href="{URL}/{number}#then.0"' in page
    assert "Портал" in page
    assert "data-finding" not in asked(admin, {"on": "note_added"})


def test_a_saved_trigger_is_not_compared_with_itself(admin: Browser) -> None:
    high = [do("set_priority", 3)]
    number = given("Портал", CREATED, high, cond("channel", "is", "portal"))
    assert "data-finding" not in asked(admin, {"rule": str(number), "then.0.value": "1"})
    assert 'data-finding="conflict"' in asked(admin, {"then.0.value": "1"})


def test_an_unfinished_form_has_no_findings(admin: Browser) -> None:
    assert "data-finding" not in asked(admin, {"if.0.value": ""})


def test_the_list_and_the_editor_show_them(admin: Browser) -> None:
    up = given("Вверх", f"{CREATED} priority_changed", [do("set_priority", 3)])
    given("Вниз", "priority_changed", [do("set_priority", 1)])
    given("Пустое", CREATED, [do("set_priority", 1)], cond("priority", "gt", 4), state="off")
    page = admin.get(URL).get_data(as_text=True)
    assert page.count('data-finding="loop"') == 2
    assert page.count('data-finding="never"') == 1
    editor = admin.get(f"{URL}/{up}").get_data(as_text=True)
    assert 'data-finding="loop"' in editor
    assert "Вниз" in editor


def test_the_list_forgets_what_was_mended(admin: Browser) -> None:
    low = [do("set_priority", 1)]
    given("Пустое", CREATED, low, cond("priority", "gt", 4))
    assert 'data-finding="never"' in admin.get(URL).get_data(as_text=True)
    without_rules()
    given("Срочное", CREATED, low, cond("priority", "gt", 3))
    assert "data-finding" not in admin.get(URL).get_data(as_text=True)


def breaking(rule: Ruled, *_more: Any) -> list[Finding]:
    """As a comparison that somebody added may fail."""
    if "сломан" in rule.definition["then"][0]["value"]:
        raise ZeroDivisionError("дел")
    return []


@pytest.mark.parametrize("state", ["on", "off"])
def test_one_that_can_not_be_looked_at_takes_nothing_from_the_others(
    admin: Browser, state: str
) -> None:
    number = given("Сломан", CREATED, [do("add_tag", ["сломан"])], state=state)
    given("Вверх", CREATED, [do("add_tag", ["а"]), do("set_priority", 3)])
    given("Вниз", CREATED, [do("add_tag", ["б"]), do("set_priority", 1)])
    with patch.object(report, "own", breaking):
        page = admin.soup(URL)
        (line,) = page.select("[data-finding=broken]")
        assert line.find_parent(id=f"rule-{number}")
        assert "дел" in line.get_text()
        assert len(page.select("[data-finding=conflict]")) == 2
        assert admin.soup(f"{URL}/{number}").select("[data-finding=broken]")


def test_clients_learn_nothing(client: Browser, ivan: Client) -> None:
    sign_in(client, ivan)
    assert client.post(f"{URL}/findings", data=form()).status_code in (403, 419)
