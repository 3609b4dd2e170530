"""The counter editor: limits of their own, sides of the limit, own events."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import catalog, counters_report
from models import (
    Client,
    ClientCategory,
    Counter,
    CounterPolicyVersion,
    Staff,
)
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.counters import given_counter
from tests.support.editors import editor, press
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import do, without_rules
from tests.support.tickets import opened

LIST = "/admin/counters"
NOTE = [do("add_note", text="Пора")]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def category(name: str) -> int:
    with bus.unit_of_work():
        row = ClientCategory(key=name, name_ru=name, name_en=name, position=1)
        db.session.add(row)
        db.session.flush()
        catalog.changed()
        return row.id


def stored(number: int) -> CounterPolicyVersion:
    with bus.unit_of_work(writes=False):
        db.session.expire_all()
        return counters_report.policy(number)[1]


def edited(browser: Browser, number: int) -> dict[str, Any]:
    return editor(browser.soup(f"{LIST}/{number}/edit"))


def test_limits_of_their_own_are_added_ordered_and_saved(admin: Browser, anton: Staff) -> None:
    key = category("Ключевой")
    number = given_counter("Ответ", anton, (60, NOTE), (45, NOTE), limit=60)
    soup = press(admin, edited(admin, number), "add-target", LIST)
    assert words(soup, "#parts")
    parts = soup.select_one("#parts")
    assert parts is not None
    assert parts["data-at"] == "targets.0"
    values = editor(soup) | {"targets.0.categories": str(key), "targets.0.limit": "45"}
    values |= {"targets.0.limit.unit": "min"}
    values = editor(press(admin, values, "add-target", LIST))
    values |= {"targets.1.priorities": ["4", "3"], "targets.1.limit": "20"}
    values |= {"targets.1.limit.unit": "min"}
    soup = press(admin, values, "up:targets.1", LIST)
    assert "(приоритет Срочный или Высокий: 20 мин; клиент Ключевой: 45 мин)" in words(
        soup, "#sentence"
    )
    soup = press(admin, editor(soup), "add-target", LIST)
    soup = press(admin, editor(soup), "remove:targets.2", LIST)
    values = {**editor(soup), "targets.0.priorities": ["4", "3"]}
    answer = admin.post(f"{LIST}/{number}/edit", data=values)
    assert answer.status_code == 303, parsed(answer).select(".errors")
    assert stored(number).targets == [
        {"priorities": [4, 3], "minutes": 20},
        {"categories": [key], "minutes": 45},
    ]
    assert sorted(step["after"] for step in stored(number).steps) == [45, 60]
    soup = admin.soup(f"{LIST}/{number}")
    assert "Ключевой: 45 мин" in words(soup, ".ed-sent")
    assert "отсчётов, которые уже идут" in soup.get_text()


def test_steps_stand_before_at_and_after_the_limit(admin: Browser, anton: Staff) -> None:
    """And keep their distance when the limit is changed."""
    number = given_counter("Ответ", anton, (45, NOTE), (60, NOTE), (180, NOTE), limit=60)
    values = edited(admin, number)
    sides = [values[f"steps.{n}.side"] for n in range(3)]
    assert sides == [["before"], ["at"], ["after"]]
    assert (values["steps.0.by"], values["steps.2.by"]) == ("15", "2")
    assert "steps.1.by" not in values
    admin.post(f"{LIST}/{number}/edit", data={**values, "limit": "2"})
    assert [step["after"] for step in stored(number).steps] == [105, 120, 240]
    soup = press(admin, edited(admin, number) | {"steps.1.side": "after"}, "", LIST)
    assert editor(soup)["steps.1.by"] == "15"


@pytest.mark.parametrize("limit", ["", "скоро", "0", "-5"])
def test_the_sentence_says_that_the_amount_is_missing(admin: Browser, limit: str) -> None:
    values = {**editor(admin.soup(f"{LIST}/new")), "limit": limit}
    said = words(press(admin, values, "", LIST), "#sentence")
    assert said.startswith("Если за (не указано, сколько) рабочего времени обращение никто не взял")


def test_own_start_and_stop_are_chosen(admin: Browser) -> None:
    values = editor(admin.soup(f"{LIST}/new")) | {"kind": "custom", "name_ru": "До ответа"}
    soup = press(admin, values, "", LIST)
    assert len(soup.select("#starts input")) == len(soup.select("#stops input")) + 2 > 10
    values = {**editor(soup), "starts": ["note_added", "group_changed"], "stops": "agent_replied"}
    values = editor(press(admin, values, "", LIST)) | {"steps.0.then.0.do": "add_note"}
    soup = press(admin, values | {"starts": ["note_added", "group_changed"]}, "", LIST)
    told = words(soup, "#sentence")
    assert "(начало: Добавлена заметка или Группа изменена; конец: Агент ответил)" in told
    values = editor(soup) | {"starts": ["note_added", "group_changed"]}
    answer = admin.post(f"{LIST}/new", data={**values, "steps.0.then.0.text": "Пора"})
    assert answer.status_code == 303, parsed(answer).select(".errors")
    number = int(answer.location.rpartition("/")[2])
    assert stored(number).options == {
        "starts": ["note_added", "group_changed"],
        "stops": ["agent_replied"],
    }


def test_each_kind_is_offered_and_explained(admin: Browser) -> None:
    soup = admin.soup(f"{LIST}/new")
    kinds = [str(each["value"]) for each in soup.select("#kind option")]
    assert len(kinds) == 9
    values = editor(soup)
    said = {
        words(press(admin, values | {"kind": each}, "", LIST), "#kind + .hint") for each in kinds
    }
    assert len(said) == 9


def test_what_is_computed_anew_is_told_until_it_is_done(
    admin: Browser, anton: Staff, ivan: Client
) -> None:
    number = given_counter("Решение", anton, (60, NOTE), limit=60)
    opened(ivan)
    assert not admin.soup(LIST).select("#anew")
    with bus.unit_of_work():
        db.session.query(Counter).update({"stale": True})
    for path in (LIST, f"{LIST}/{number}", f"{LIST}/{number}/edit"):
        assert words(admin.soup(path), "#anew") == "Идёт пересчёт: остался 1 отсчёт."
    soup = parsed(admin.get(f"{LIST}/anew", headers=HTMX))
    assert soup.select("#anew[hx-get]")
    with bus.unit_of_work():
        db.session.query(Counter).update({"stale": False})
    soup = parsed(admin.get(f"{LIST}/anew", headers=HTMX))
    assert words(soup, "#anew") == "Все отсчёты пересчитаны."
    assert not soup.select("#anew[hx-get]")
