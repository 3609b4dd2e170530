"""What one is told on saving a counter: what stays without it, who saved meanwhile, refusals."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from desk import catalog, counters_report, deadlines
from models import Client, CounterPolicyVersion, Staff
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.counters import given_counter
from tests.support.editors import editor, press
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import without_rules
from tests.support.tickets import opened
from tests.web.test_admin_counter_editor import LIST, NOTE, edited


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def test_one_status_is_chosen_as_start(admin: Browser) -> None:
    """Those that are open and in use: any other ends the counter or comes no more."""
    values = editor(admin.soup(f"{LIST}/new")) | {"kind": "custom", "name_ru": "Ждём клиента"}
    soup = press(admin, values, "", LIST)
    offered = {
        words(soup, f'label:has([id="{each["id"]}"])')
        for each in soup.select('#starts input[value^="status_changed:"]')
    }
    assert offered == {f"Статус стал «{name}»" for name in ("Новое", "В работе", "Ждём клиента")}
    with bus.unit_of_work(writes=False):
        waiting = catalog.catalog().by_key("statuses", "waiting").id
    values = editor(soup) | {"starts": f"status_changed:{waiting}", "stops": "status_changed"}
    values = editor(press(admin, values, "", LIST)) | {"steps.0.then.0.do": "add_note"}
    soup = press(admin, values, "", LIST)
    assert "(начало: Статус стал «Ждём клиента»; конец: Статус изменён)" in words(soup, "#sentence")
    answer = admin.post(f"{LIST}/new", data=editor(soup) | {"steps.0.then.0.text": "Пора"})
    assert answer.status_code == 303, parsed(answer).select(".errors")


def test_a_new_counter_says_what_stays_without_it(
    admin: Browser, anton: Staff, ivan: Client
) -> None:
    opened(ivan)
    opened(ivan)
    soup = admin.soup(f"{LIST}/new")
    assert "уже открытые обращения останутся без него" in words(soup, ".ed-left .callout")
    values = editor(soup) | {"name_ru": "Ответ", "steps.0.then.0.do": "add_note"}
    values = editor(press(admin, values, "", LIST)) | {"steps.0.then.0.text": "Пора"}
    answer = admin.post(f"{LIST}/new", data=values)
    assert "2 открытых обращения остаются без него" in admin.soup(answer.location).get_text()
    opened(ivan)
    number = int(answer.location.rpartition("/")[2])
    with bus.unit_of_work(writes=False):
        assert counters_report.without(counters_report.policy(number)[0]) == 2
    soup = admin.soup(f"{LIST}/{number}/edit")
    assert not soup.select(".ed-left .callout")


@pytest.mark.parametrize(
    ("wrong", "place", "said"),
    [
        ({"steps.1.by": "0"}, "#steps.1.by", "уже есть другой шаг"),
        ({"steps.0.then.0.text": "Пора {% if x %}"}, "#steps.0.then.0", "«{%» без пары"),
        ({"steps.0.then.0.text": "Пора {{ number"}, "#steps.0.then.0", "«{{» без пары"),
    ],
)
def test_what_would_do_nothing_is_refused(
    admin: Browser, anton: Staff, wrong: dict[str, str], place: str, said: str
) -> None:
    number = given_counter("Ответ", anton, (60, NOTE), (75, NOTE), limit=60)
    answer = admin.post(f"{LIST}/{number}/edit", data=edited(admin, number) | wrong)
    assert answer.status_code == 422
    (link,) = parsed(answer).select(".errors a")
    assert link["href"] == place
    assert said in link.get_text()
    assert editor(parsed(answer)).items() >= wrong.items()


def test_names_hold_no_marks_that_turn_letters_around(admin: Browser, anton: Staff) -> None:
    number = given_counter("Ответ", anton, (60, NOTE), limit=60)
    values = edited(admin, number)
    answer = admin.post(f"{LIST}/{number}/edit", data=values | {"name_ru": "\u2066\u2069"})
    assert answer.status_code == 422
    admin.post(f"{LIST}/{number}/edit", data=values | {"name_ru": "\u202eтевтО\u202c"})
    assert counters_report.policy(number)[0].name_ru == "тевтО"


@pytest.mark.parametrize(
    ("by", "said"),
    [("anton", "вы сохранили этот счётчик в другом окне"), ("olga", "Кто-то успел сохранить")],
)
def test_who_saved_meanwhile_is_said(
    admin: Browser, anton: Staff, olga: Staff, by: str, said: str
) -> None:
    number = given_counter("Ответ", anton, (60, NOTE), limit=60)
    values = edited(admin, number) | {"limit": "25"}
    with bus.unit_of_work():
        row, before = counters_report.policy(number, lock=True)
        new = CounterPolicyVersion(
            calendar=before.calendar,
            conditions={},
            pause_statuses=[],
            limit_minutes=40,
            steps=[{"after": 40, "then": NOTE}],
        )
        deadlines.save_policy(row, new, by=anton if by == "anton" else olga)
    answer = admin.post(f"{LIST}/{number}/edit", data=values)
    assert answer.status_code == 409
    assert said in words(parsed(answer), ".errors")


def test_saving_tells_what_is_late_by_it(
    admin: Browser, clock: Frozen, anton: Staff, ivan: Client
) -> None:
    number = given_counter("Решение", anton, (60, NOTE), kind="solution", limit=60)
    for _ticket in range(2):
        opened(ivan)
    clock.advance(minutes=30)
    values = {**edited(admin, number), "limit": "20", "limit.unit": "min"}
    answer = admin.post(f"{LIST}/{number}/edit", data=values)
    said = "Из-за этого просрочены 2 отсчёта; шаги, которых ещё не было, сработают сейчас"
    assert said in admin.soup(answer.location).get_text()
    values = {**edited(admin, number), "limit": "40", "limit.unit": "min"}
    answer = admin.post(f"{LIST}/{number}/edit", data=values)
    assert "Из-за этого" not in admin.soup(answer.location).get_text()
