"""After a replay the findings tell how many mails a day a trigger sends."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import use_locale
from desk import jobs
from desk.automation import library
from desk.automation.lint import Finding, stored
from desk.automation.replay import asked
from models import Client, Rule, Staff
from tests.support.rules import definition, given, mail, rule, without_rules
from tests.support.tickets import opened


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def replay(by: Staff, of: dict[str, Any] | None, number: int | None = None) -> None:
    with bus.unit_of_work():
        asked.ask(of, rule_id=number, name="", days=7, zone="UTC", by=by)
    assert jobs.run_next()


def mails(found: list[Finding]) -> list[str]:
    return [one.message for one in found if one.kind == "mails"]


def of_draft(of: dict[str, Any], number: int | None = None) -> list[str]:
    with bus.unit_of_work(writes=False), use_locale("ru"):
        return mails(stored.of_draft(of, db.session.get(Rule, number) if number else None))


def of_list(number: int) -> list[str]:
    with bus.unit_of_work(writes=False), use_locale("ru"):
        return mails(stored.of_all().get(number, []))


def test_a_draft_that_was_played_is_told_of_its_mails(anton: Staff, ivan: Client) -> None:
    draft = definition("ticket_created", [mail()])
    for _time in range(24):
        opened(ivan)
    assert of_draft(draft) == []
    replay(anton, draft)
    assert of_draft(draft) == ["Примерно 3 письма в день."]
    assert of_draft({**draft, "on": ["client_replied"]}) == []
    assert of_draft({"on": []}) == []


def test_the_list_tells_of_what_was_played_as_it_is(
    anton: Staff, ivan: Client, clock: Frozen
) -> None:
    number = given("Письмо", "ticket_created", [mail()])
    for _time in range(24):
        opened(ivan)
    clock.advance(minutes=1)
    assert of_list(number) == []
    replay(anton, None)
    assert of_list(number) == ["Примерно 3 письма в день."]
    changed = definition("ticket_created", [mail(), mail("assignee")])
    clock.advance(minutes=1)
    with bus.unit_of_work():
        version = library.NewVersion(changed, "Письмо")
        library.save(db.session.get_one(Rule, number), version, base=1, by=anton)
    assert of_list(number) == [], "what was played was another sentence"
    replay(anton, changed, number)
    assert of_list(number) == ["Примерно 3 письма в день."]
    assert rule(number).version_number == 2


def test_without_mails_nothing_is_asked(anton: Staff, ivan: Client) -> None:
    number = given("Метка", "ticket_created", [{"do": "add_tag", "value": ["а"]}])
    opened(ivan)
    replay(anton, None)
    assert of_list(number) == []
