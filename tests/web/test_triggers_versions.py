"""Versions of triggers put in force again, what the audit tells, what readers are shown."""

import pytest
from bs4 import Tag
from flask import Flask

from core import bus
from core.db import db
from desk import tickets
from desk.automation import alerts, library, mass
from desk.tickets import NewTicket
from models import Client, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.reading import tag
from tests.support.rules import (
    case,
    cond,
    definition,
    do,
    given,
    rule,
    runs,
    without_rules,
)

LIST = "/admin/triggers"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def open_tickets(ivan: Client, number: int) -> list[int]:
    with bus.unit_of_work():
        made = [NewTicket(f"Вопрос {at}", "Как?") for at in range(number)]
        return [tickets.open_ticket(each, requester=ivan).number for each in made]


def versions_of(browser: Browser, number: int) -> Tag:
    return browser.soup(f"{LIST}/{number}?tab=versions")


def changed_to(number: int, anton: Staff, priority: int) -> None:
    """A second version that looks for one priority only."""
    with bus.unit_of_work():
        new = definition(
            "ticket_updated", [do("set_priority", 3)], cond("priority", "is", priority)
        )
        library.save(rule(number), library.NewVersion(new, "Всем"), base=1, by=anton)


def test_an_earlier_version_for_many_tickets_asks_for_the_number(
    admin: Browser, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "MANY", 2)
    open_tickets(ivan, 3)
    number = given("Всем", "ticket_updated", [do("set_priority", 3)])
    changed_to(number, anton, 4)
    place = f"{LIST}/{number}/restore"
    answer = admin.submit(f"{LIST}/{number}/compare", f"form[action='{place}']")
    assert answer.status_code == 422
    asked = tag(parsed(answer), f".mass form[action='{place}']")
    assert filled(asked)["number"] == "1"
    assert rule(number).version_number == 2
    wrong = admin.send(asked, LIST, typed="7")
    assert wrong.status_code == 422
    again = tag(parsed(wrong), f".mass form[action='{place}']")
    assert tag(again, "#typed-error")
    assert rule(number).version_number == 2
    assert admin.send(again, LIST, typed="3").status_code == 303
    assert rule(number).version_number == 3


@pytest.mark.one_database
def test_an_earlier_version_of_one_that_is_off_asks_nothing(
    admin: Browser, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass, "MANY", 2)
    open_tickets(ivan, 3)
    number = given("Всем", "ticket_updated", [do("set_priority", 3)], state="off")
    changed_to(number, anton, 4)
    form = f"form[action='{LIST}/{number}/restore']"
    assert admin.submit(f"{LIST}/{number}/compare", form).status_code == 303
    assert rule(number).version_number == 3


@pytest.mark.one_database
def test_an_earlier_version_that_no_longer_makes_sense_stays_where_it_is(
    admin: Browser, anton: Staff
) -> None:
    number = given("Всем", "ticket_updated", [do("set_priority", 3)])
    changed_to(number, anton, 4)
    with bus.unit_of_work():
        version = library.version_of(rule(number), 1)
        version.definition = {**version.definition, "then": [do("launch_rocket", 1)]}
    form = f"form[action='{LIST}/{number}/restore']"
    answer = admin.submit(f"{LIST}/{number}/compare", form)
    assert answer.location == f"{LIST}/{number}?tab=versions#panel"
    assert "Вернуть её нельзя" in versions_of(admin, number).get_text()
    assert rule(number).version_number == 2


@pytest.mark.one_database
def test_a_version_is_not_compared_with_itself(admin: Browser, anton: Staff) -> None:
    number = given("Всем", "ticket_updated", [do("set_priority", 3)])
    compare = f"{LIST}/{number}/compare"
    alone = admin.soup(compare)
    assert len(alone.select(".beside > section")) == 1
    assert not alone.select("main form")
    assert not [one for one in versions_of(admin, number).select("a") if "compare" in one["href"]]
    changed_to(number, anton, 4)
    assert len(admin.soup(compare).select(".beside > section")) == 2
    assert len(admin.soup(f"{compare}?new=1").select(".beside > section")) == 1
    assert admin.soup(f"{compare}?new=1").select("main form select")


@pytest.mark.one_database
def test_how_long_a_run_took_is_told_in_the_readers_way(admin: Browser, ivan: Client) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    open_tickets(ivan, 1)
    with bus.unit_of_work():
        run = runs(number)[0]
        run.ms = 12.5
    for place in ("runs", f"runs/{run.id}", f"{number}?tab=runs"):
        assert "12,5 мс" in admin.soup(f"{LIST}/{place}").get_text(), place


@pytest.mark.one_database
def test_the_audit_tells_what_the_product_stopped_and_why(
    admin: Browser, anton: Staff, ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "CUTS_ALLOWED", 2)
    high, low = cond("priority", "became", [3]), cond("priority", "became", [1])
    down = given("Вниз", "priority_changed", [do("set_priority", 1)], high, overwrite=True)
    given("Вверх", "priority_changed", [do("set_priority", 3)], low, overwrite=True)
    for number in open_tickets(ivan, 2):
        with bus.unit_of_work():
            tickets.set_priority(case(number), 3, by=anton)
    said = [" ".join(one.get_text().split()) for one in admin.soup(f"{LIST}/changes").select("p")]
    chain = "Вниз → Вверх → Вниз"
    assert f"Вниз: триггеры запускают друг друга, цепочка остановлена: {chain}" in said
    off = f"Вниз: выключен программой: вместе с другими триггерами ходил по кругу ({chain})"
    assert off in said
    admin.submit(LIST, f"form[action='{LIST}/{down}/delete']")
    deleted = admin.soup(f"{LIST}/changes").select(".line")[0]
    assert deleted.get_text().strip().startswith("Вниз: удалён")
    link = tag(deleted, f"a[href='{LIST}/{down}']")
    assert "Вернуть выключенным" in admin.soup(str(link["href"])).get_text()


@pytest.mark.one_database
def test_the_other_language_sees_the_first_name_and_the_editor_says_so(
    admin: Browser, anton: Staff
) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    field = tag(admin.soup(f"{LIST}/{number}"), "#name_en")
    hint = tag(admin.soup(f"{LIST}/{number}"), f"#{field['aria-describedby']}")
    assert "русское название" in hint.get_text()
    with bus.unit_of_work():
        db.session.merge(anton).locale = "en"
    assert "Правило" in tag(admin.soup(LIST), ".rule-name").get_text()


@pytest.mark.one_database
def test_who_may_only_read_is_not_offered_a_replay(client: Browser, masha: Staff) -> None:
    number = given("Правило", "ticket_created", [do("set_priority", 3)])
    sign_in(client, masha)
    soup = client.soup(f"{LIST}/{number}?tab=replay")
    assert not soup.select("#tab-replay, .ed-fragment")
    assert tag(soup, "#tab-count")
