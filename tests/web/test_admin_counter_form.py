"""The form of a counter without JavaScript: written, refused in its place, saved once."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import counters_report, deadlines
from models import (
    Case,
    Client,
    Counter,
    CounterFiring,
    CounterPolicy,
    CounterPolicyVersion,
    Staff,
)
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.editors import editor, press
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import without_rules
from tests.web.test_admin_counters import open_one, policy

LIST = "/admin/counters"
NAUGHTY = "<script>alert(1)</script> ' OR 1=1 -- \u202e {{ 7*7 }} ﷽"
SEEN = " ".join(NAUGHTY.replace("\u202e", "").split())  # what turns letters around is left out


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def stored(number: int) -> CounterPolicyVersion:
    with bus.unit_of_work(writes=False):
        db.session.expire_all()
        return counters_report.policy(number)[1]


def test_a_counter_written_with_buttons_and_saved(
    admin: Browser, clock: Frozen, ivan: Client
) -> None:
    soup = admin.soup(f"{LIST}/new")
    soup = press(admin, editor(soup), "add-condition:if", LIST)
    values = {**editor(soup), "if.0.field": "priority"}
    soup = press(admin, values, "add-step", LIST)
    values = {**editor(soup), "if.0.op": "is", "if.0.value": "2"}
    values |= {"name_ru": "Обычные", "limit": "1,5", "limit.unit": "h"}
    values |= {"steps.0.then.0.do": "add_note", "steps.1.then.0.do": "set_priority"}
    soup = press(admin, values, "", LIST)
    assert len(soup.select(".count-step")) == 2
    values = {**editor(soup), "steps.0.then.0.text": "Пора", "steps.1.then.0.value": "4"}
    values |= {"steps.0.side": "before", "steps.0.by": "1", "steps.0.by.unit": "h"}
    values |= {"steps.1.side": "after", "steps.1.by": "30"}
    soup = press(admin, values, "add-action:steps.1.then", LIST)
    soup = press(admin, editor(soup), "remove:steps.1.then.1", LIST)
    assert "через 30 мин после начала" in words(soup, ".count-steps")
    assert words(soup, "#panel .calc") == (
        "за 1 ч до срока 09:30 в срок 10:30 30 мин после срока 11:00".replace(
            "30 мин после срока", "через 30 мин после срока"
        )
    )
    answer = admin.post(f"{LIST}/new", data=editor(soup))
    assert answer.status_code == 303, parsed(answer).select(".errors")
    number = int(answer.location.rpartition("/")[2])
    version = stored(number)
    assert (version.limit_minutes, version.number) == (90, 1)
    assert version.conditions == {"all": [{"field": "priority", "op": "is", "value": 2}]}
    assert version.steps == [
        {"after": 30, "then": [{"do": "add_note", "text": "Пора"}]},
        {"after": 120, "then": [{"do": "set_priority", "value": 4}]},
    ]
    open_one(ivan)
    clock.advance(minutes=120)
    while deadlines.fire_due():
        pass
    assert db.session.query(CounterFiring).count() == 2
    assert db.session.query(Case).one().priority == 4


def test_what_is_wrong_is_said_in_its_place_and_everything_is_kept(admin: Browser) -> None:
    soup = press(admin, editor(admin.soup(f"{LIST}/new")), "add-condition:if", LIST)
    values = {**editor(soup), "name_ru": "", "name_en": NAUGHTY, "limit": "скоро"}
    values |= {"if.0.value": "99999", "steps.0.side": "after"}
    values |= {"steps.0.by": "-5", "calendar": "777"}
    answer = admin.post(f"{LIST}/new", data=values)
    assert answer.status_code == 422
    soup = parsed(answer)
    assert soup.title is not None
    assert soup.title.get_text().startswith("Ошибка:")
    places = {str(a["href"]) for a in soup.select(".errors a")}
    assert {"#name_ru", "#limit", "#steps.0.by"} <= places
    for place in places:
        assert soup.select(f'[id="{place[1:]}"]'), place
    kept = editor(soup)
    assert (kept["name_en"], kept["limit"], kept["steps.0.by"]) == (SEEN, "скоро", "-5")
    assert not soup.select("form.ed script")
    assert db.session.query(CounterPolicy).count() == 0


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"calendar": "777"}, "#calendar"),
        ({"kind": "explosion"}, "#kind"),
        ({"limit": "9999999"}, "#limit"),
        ({"limit": "nan"}, "#limit"),
        ({"limit.unit": "d"}, "#limit"),
        ({"pause": "999"}, "#pause"),
        ({"name_ru": "я" * 121}, "#name_ru"),
        ({"steps.0.side": "after", "steps.0.by": "9999999"}, "#steps"),
        ({"steps.0.side": "after", "steps.0.by": ""}, "#steps.0.by"),
        ({"steps.0.side": "before", "steps.0.by": "16"}, "#steps.0.by"),
        ({"steps.0.side": "beside"}, "#steps.0.by"),
        ({"targets.0.limit": "5"}, "#targets.0"),
        ({"targets.0.limit": "x", "targets.0.priorities": "4"}, "#targets.0"),
        ({"targets.0.limit": "5", "targets.0.priorities": "9"}, "#targets.0"),
        ({"targets.0.limit": "5", "targets.0.categories": "99"}, "#targets.0"),
        ({"kind": "custom"}, "#starts"),
        ({"kind": "custom", "starts": "explosion", "stops": "note_added"}, "#starts"),
        ({"kind": "custom", "starts": "note_added", "stops": "note_added"}, "#stops"),
        ({"if.0.field": "нет", "if.0.op": "is", "if.0.value": "1"}, "#if.0"),
        ({"if.0.field": "status", "if.0.op": "became", "if.0.value": "1"}, "#if.0"),
        ({"steps.0.then.0.do": "explode"}, "#steps.0.then.0"),
        ({"if.kind": "xor"}, "#if"),
        ({"if.x.field": "status"}, "#if"),
        ({"steps.0.then.x.do": "add_note"}, "#steps.0.then"),
    ],
)
def test_forged_values_are_refused(admin: Browser, wrong: dict[str, str], place: str) -> None:
    soup = press(admin, editor(admin.soup(f"{LIST}/new")), "", LIST)
    values = {**editor(soup), "name_ru": "Счётчик", "steps.0.then.0.do": "add_note"}
    values = {**editor(press(admin, values, "", LIST)), "steps.0.then.0.text": "Пора", **wrong}
    answer = admin.post(f"{LIST}/new", data=values)
    assert answer.status_code == 422
    assert place in {str(a["href"]) for a in parsed(answer).select(".errors a")}


def test_without_a_step_it_only_counts(admin: Browser, clock: Frozen, ivan: Client) -> None:
    soup = press(admin, editor(admin.soup(f"{LIST}/new")), "remove-step:0", LIST)
    assert "Без шагов он считает" in words(soup, "#steps")
    answer = admin.post(f"{LIST}/new", data={**editor(soup), "name_ru": "Пустой", "limit": "15"})
    assert answer.status_code == 303
    assert stored(int(answer.location.rpartition("/")[2])).steps == []
    open_one(ivan)
    clock.advance(minutes=20)
    assert deadlines.fire_due() == 0
    assert db.session.query(Counter).filter_by(state="running").count() == 1


def test_a_target_shorter_than_the_way_of_a_step(admin: Browser) -> None:
    soup = press(admin, editor(admin.soup(f"{LIST}/new")), "add-target", LIST)
    values = {**editor(soup), "name_ru": "Разные", "limit": "15", "steps.0.side": "before"}
    values |= {"steps.0.by": "5", "targets.0.limit": "3", "targets.0.priorities": "4"}
    answer = admin.post(f"{LIST}/new", data=values)
    assert answer.status_code == 422
    assert "раньше начала этого отсчёта" in parsed(answer).get_text()


def test_sent_twice_saved_once(admin: Browser, anton: Staff) -> None:
    number = policy(anton)
    values = {**editor(admin.soup(f"{LIST}/{number}/edit")), "limit": "20"}
    first = admin.post(f"{LIST}/{number}/edit", data=values)
    second = admin.post(f"{LIST}/{number}/edit", data=values)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert (stored(number).number, stored(number).limit_minutes) == (2, 20)


def test_saved_by_two_at_once(admin: Browser, anton: Staff) -> None:
    number = policy(anton)
    mine = {**editor(admin.soup(f"{LIST}/{number}/edit")), "limit": "25", "name_ru": "Моё"}
    theirs = {**editor(admin.soup(f"{LIST}/{number}/edit")), "limit": "40", "name_ru": "Чужое"}
    assert admin.post(f"{LIST}/{number}/edit", data=theirs).status_code == 303
    answer = admin.post(f"{LIST}/{number}/edit", data=mine)
    assert answer.status_code == 409
    soup = parsed(answer)
    assert "40 мин" in words(soup, ".errors")
    kept = editor(soup)
    assert (kept["limit"], kept["name_ru"]) == ("25", "Моё")
    assert stored(number).limit_minutes == 40
    assert admin.post(f"{LIST}/{number}/edit", data=kept).status_code == 303
    assert (stored(number).limit_minutes, stored(number).number) == (25, 3)
    soup = admin.soup(f"{LIST}/{number}?tab=versions")
    assert len(soup.select(".run")) == 3
