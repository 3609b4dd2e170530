"""What would go wrong when it runs is refused when it is saved, and what was written is kept."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk.automation import library
from desk.automation.library import BadRule, NewVersion
from models import RuleVersion, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.editors import editor, press
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import cond, definition, do, without_rules
from tests.web.test_triggers import LIST


@pytest.fixture
def admin(app: Flask, client: Browser, anton: Staff) -> Browser:
    without_rules()
    return sign_in(client, anton)


def saved(anton: Staff, wanted: dict[str, Any]) -> Any:
    with bus.unit_of_work():
        rule = library.create(NewVersion(wanted, "Проба"), by=anton)
    return db.session.query(RuleVersion).filter_by(rule_id=rule.id).one().definition


@pytest.mark.parametrize(
    ("kind", "written", "refusal"),
    [
        ("pass_to_line", {"value": "2", "reason": "{{ zzz }}"}, "не подставляются"),
        ("pass_to_line", {"value": "2", "reason": "{% if a %}"}, "не подставляются"),
        ("add_tag", {"value": "срочно, {{ company }}"}, "не подставляются"),
        ("call_webhook", {"url": "https://127.0.0.1/", "text": ""}, "Адрес из закрытой сети"),
        ("call_webhook", {"url": "https://robot.example/", "text": "{{ a"}, "без пары"),
    ],
)
def test_an_action_that_could_not_be_carried_out(
    admin: Browser, kind: str, written: dict[str, str], refusal: str
) -> None:
    values = editor(press(admin, editor(admin.soup(f"{LIST}/new")), "remove:if.0", LIST))
    values |= {"on": ["note_added"], "name_ru": "Проба", "then.0.do": kind}
    values = editor(press(admin, values, "draw", LIST))
    values |= {f"then.0.{name}": value for name, value in written.items()}
    before = db.session.query(RuleVersion).count()
    answer = admin.post(f"{LIST}/new", data=values)
    assert answer.status_code == 422
    assert refusal in words(parsed(answer), ".errors")
    kept = editor(parsed(answer))
    for name, value in written.items():
        assert kept[f"then.0.{name}"] in (value, [value])
    assert db.session.query(RuleVersion).count() == before


def test_hours_are_not_below_zero_and_minutes_left_may_be(app: Flask, anton: Staff) -> None:
    without_rules()
    since = cond("hours_since_created", "gt", -3)
    with pytest.raises(BadRule):
        saved(anton, definition("note_added", [do("set_priority", 3)], since))
    late = cond("counter_minutes_left", "lt", -30)
    assert saved(anton, definition("note_added", [do("set_priority", 3)], late))["if"]["all"]


def test_an_event_named_twice_is_one(app: Flask, anton: Staff) -> None:
    without_rules()
    twice = "client_replied note_added client_replied client_replied"
    kept = saved(anton, definition(twice, [do("set_priority", 3)]))
    assert kept["on"] == ["client_replied", "note_added"]
