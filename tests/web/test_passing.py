"""Passing over HTTP: the form, the card of who gets it, the return, and nothing typed is lost."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import catalog as reference
from desk import passing, settings, tickets
from desk.catalog import catalog
from models import Client, Direction, Passing, Presence, Staff, Ticket
from tests.support.agent_ticket import case, url
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import hire, sign_in, token_of
from tests.support.rules import do, given, without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened

FORM, BACK = ".menu-pass form", '.passed form, [action*="line/back"]'
PARTS = {"tried": "Новая лента", "found": "Ошибка 0x41", "needed": "Права на порт"}


@pytest.fixture
def ticket(app: Flask, ivan: Client, masha: Staff, sergey: Staff) -> Ticket:
    """With Masha of the first line, not in the queue of line 2."""
    without_rules()
    found = opened(ivan)
    with bus.unit_of_work():
        tickets.assign_group(case(found), catalog().by_key("groups", "first"), by=masha)
        tickets.assign(case(found), masha, by=masha)
    return found


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    return sign_in(client, masha)


def send(client: Browser, of: Ticket, **fields: Any) -> Any:
    return client.submit(url(of), FORM, **fields)


def text(page: BeautifulSoup, css: str) -> str:
    found = page.select_one(css)
    assert found is not None, css
    return found.get_text(" ", strip=True).replace("\xa0", " ")


def test_who_gets_it_reads_it_on_top(
    client: Browser, ticket: Ticket, masha: Staff, sergey: Staff, clock: Frozen
) -> None:
    sign_in(client, masha)
    assert send(client, ticket, line="2", reason="Нужен техник", **PARTS).status_code == 303
    assert (case(ticket).line, case(ticket).assignee_id) == (2, None)
    page = sign_in(client, sergey).soup(url(ticket))
    card = page.select_one("#heading details.passed[open]")
    assert text(card, "summary").startswith("Передано с линии 1: Маша , ")
    assert text(card, "summary").endswith(": Нужен техник")
    parts = {text(row, "dt"): text(row, "dd") for row in card.select("dl > div")}
    assert list(parts) == ["Что пробовали", "Что выяснили", "Что нужно"]
    assert list(parts.values()) == list(PARTS.values())
    assert page.select_one(".menu-pass #pass-tried").get_text() == "", "nothing is written for them"


def test_it_stays_until_it_is_passed_on_or_solved(
    client: Browser, ticket: Ticket, masha: Staff, sergey: Staff, vera: Staff, clock: Frozen
) -> None:
    sign_in(client, masha)
    send(client, ticket, line="2", reason="Нужен техник", **PARTS)
    clock.advance(hours=3)
    sign_in(client, sergey)
    send(client, ticket, line="3", reason="Нужен эксперт")
    clock.advance(hours=1)
    page = sign_in(client, vera).soup(url(ticket))
    assert "Нужен эксперт" in text(page, ".passed > summary")
    way = page.select_one("details.passed-way:not([open])")
    assert text(way, "summary") == "Путь обращения: 2 передачи"
    stays = [text(each, "p") for each in way.select("li")]
    assert stays == [
        "1 · Первая линия : меньше минуты",
        "2 · Специалисты: Ремонт : 3 ч",
        "3 · Эксперты : 1 ч и до сих пор",
    ]
    assert "Новая лента" in way.get_text(), "what was known on the way stays known"
    with bus.unit_of_work():
        tickets.solve(case(ticket), by=vera)
    page = client.soup(url(ticket))
    assert not page.select(".passed")
    assert "откройте его снова" in text(page, ".menu-pass")
    with bus.unit_of_work():
        tickets.reopen(case(ticket), by=vera)
    page = client.soup(url(ticket))
    assert not page.select("details.passed")
    assert page.select_one("#passed-over .passed-way")


def test_the_return(client: Browser, ticket: Ticket, masha: Staff, sergey: Staff) -> None:
    sign_in(client, masha)
    assert not client.soup(url(ticket)).select('[action*="line/back"]')
    send(client, ticket, line="2", reason="Нужен техник")
    sign_in(client, sergey)
    page = client.soup(url(ticket))
    assert "линия 1, Первая линия, Маша" in text(page, '[action*="line/back"]')
    refused = client.submit(url(ticket), '[action*="line/back"]', reason=" ")
    assert refused.status_code == 422
    assert "Напишите почему" in text(parsed(refused), "#problem")
    client.submit(url(ticket), '[action*="line/back"]', reason="Это вопрос по счёту")
    assert (case(ticket).line, case(ticket).assignee_id) == (1, masha.id)
    page = sign_in(client, masha).soup(url(ticket))
    assert "Возвращено с линии 2: Сергей" in text(page, ".passed > summary")
    assert not page.select('[action*="line/back"]')
    history = client.soup(url(ticket, "?tab=history")).select_one(".hist").get_text(" ", strip=True)
    assert "Возвращено. Линия: 2 · Специалисты → 1 · Первая линия. Это вопрос по счёту" in history


def test_where_it_may_go_and_who_is_there(
    client: Browser, ticket: Ticket, masha: Staff, sergey: Staff, vera: Staff
) -> None:
    hire("Нина", "nina@kurier.example", group=("tills", "Кассы", "Tills"))
    with bus.unit_of_work():
        db.session.get_one(Staff, sergey.id).presence = Presence.AVAILABLE
        reference.changed()
    page = sign_in(client, masha).soup(url(ticket))
    offered = {
        one.select_one("input")["value"]: text(one, "span") for one in page.select(f"{FORM} .check")
    }
    tills = next(value for value in offered if value.startswith(":"))
    assert offered == {
        "2": "2 · Специалисты: Ремонт Сергей",
        "3": "3 · Эксперты 1 человек, сейчас никого на месте",
        "4": "4 · Внешние там никто не работает; останется в группе «Первая линия»",
        tills: "Кассы 1 человек, сейчас никого на месте",
    }
    assert [one.get_text() for one in page.select(f"{FORM} legend")] == ["Выше", "В другой отдел"]
    assert page.select_one(f"{FORM} [checked]")["value"] == "2"
    send(client, ticket, line=tills, reason="К кассирам")
    with bus.unit_of_work(writes=False):
        assert case(ticket).group_id == catalog().by_key("groups", "tills").id
    assert case(ticket).line == 1
    page = client.soup(url(ticket))
    assert "Передано из группы «Первая линия»: Маша" in text(page, ".passed > summary")


def test_groups_of_a_line_are_chosen_one_by_one(
    desk: Browser, ticket: Ticket, masha: Staff
) -> None:
    hire("Нина", "nina@kurier.example", line=2, group=("tills", "Кассы", "Tills"))
    page = desk.soup(url(ticket))
    values = [one["value"] for one in page.select(f"{FORM} input[type=radio]")]
    assert "2" not in values
    with bus.unit_of_work(writes=False):
        tills = catalog().by_key("groups", "tills").id
    assert f"2:{tills}" in values
    send(desk, ticket, line=f"2:{tills}", reason="К кассирам")
    assert (case(ticket).line, case(ticket).group_id) == (2, tills)


def test_nothing_typed_is_lost(desk: Browser, ticket: Ticket, anton: Staff) -> None:
    with bus.unit_of_work():
        settings.change({"passing_needs": True}, by=anton)
    fields = {"line": "3", "reason": "Нужен эксперт", **PARTS, "needed": " "}
    refused = send(desk, ticket, **fields)
    assert refused.status_code == 422
    page = parsed(refused)
    assert "Заполните «Что нужно»" in text(page, "#problem")
    assert page.select_one("details[open] > .menu-pass")
    assert page.select_one(f"{FORM} [checked]")["value"] == "3"
    assert page.select_one("#reason").get_text() == "Нужен эксперт"
    assert page.select_one("#pass-tried").get_text() == "Новая лента"
    assert page.select_one("#pass-needed").has_attr("required")
    assert case(ticket).line == 1


@pytest.mark.parametrize(
    "value", ["", "x", "0", "9", "2:99999", ":99999", ":", "-1", "2:x", "1" * 30, "٢"]
)
def test_values_that_are_never_offered(desk: Browser, ticket: Ticket, value: str) -> None:
    refused = send(desk, ticket, line=value, reason="так")
    assert refused.status_code == 422
    assert (case(ticket).line, db.session.query(Passing).count()) == (1, 0)


def test_a_colleague_was_quicker(
    desk: Browser, ticket: Ticket, masha: Staff, sergey: Staff, vera: Staff
) -> None:
    """What was written goes along with the answer to the question."""
    page = desk.soup(url(ticket))
    with bus.unit_of_work():
        passing.pass_on(case(ticket), by=sergey, line=3, reason="сразу экспертам")
    form = page.select_one(FORM)
    asked = desk.send(form, url(ticket), line="2", reason="Нужен техник", **PARTS)
    assert asked.status_code == 409
    question = parsed(asked).select_one("form.stale")
    assert "Сергей" in question.get_text()
    assert "Всё равно: 2 · Специалисты" in question.get_text()
    assert "Нужен техник" in question.get_text()
    desk.send(question, url(ticket), line="2")
    row = db.session.query(Passing).order_by(Passing.id.desc()).first()
    assert (row.from_line, row.to_line, row.reason) == (3, 2, "Нужен техник")
    assert (row.tried, row.needed) == ("Новая лента", "Права на порт")


def test_a_return_of_what_somebody_has_moved(
    client: Browser, ticket: Ticket, masha: Staff, sergey: Staff, vera: Staff
) -> None:
    with bus.unit_of_work():
        passing.pass_on(case(ticket), by=masha, line=2, reason="Нужен техник")
    page = sign_in(client, sergey).soup(url(ticket))
    with bus.unit_of_work():
        passing.pass_on(case(ticket), by=vera, line=3, reason="к нам")
    form = page.select_one('[action*="line/back"]')
    asked = client.send(form, url(ticket), reason="не к нам")
    assert asked.status_code == 409
    assert case(ticket).line == 3
    client.send(parsed(asked).select_one("form.stale"), url(ticket))
    assert (case(ticket).line, db.session.query(Passing).count()) == (2, 3)


def test_sent_twice_it_is_passed_once(desk: Browser, ticket: Ticket) -> None:
    form = desk.soup(url(ticket)).select_one(FORM)
    for _time in range(2):
        desk.send(form, url(ticket), line="2", reason="Нужен техник")
    assert db.session.query(Passing).count() == 1


def test_a_trigger_is_named(desk: Browser, ticket: Ticket, masha: Staff) -> None:
    given("На вторую", "priority_changed", [do("pass_to_line", 2, reason="срочно")])
    with bus.unit_of_work():
        tickets.set_priority(case(ticket), 4, by=masha)
    assert "Передано с линии 1: Триггер «На вторую»" in text(
        desk.soup(url(ticket)), ".passed > summary"
    )


def test_who_may_not_see_it_may_not_pass_it(
    client: Browser, ticket: Ticket, masha: Staff, app: Flask
) -> None:
    with bus.unit_of_work():
        rows = [Direction(key=key, name_ru=key, name_en=key, position=9) for key in ("a", "b")]
        db.session.add_all(rows)
        db.session.flush()
        ours, theirs = rows
        reference.changed()
        tickets.set_direction(case(ticket), theirs.id, by=masha)
    yana = hire("Яна", "yana@kurier.example", directions=[ours])
    form = sign_in(client, masha).soup(url(ticket)).select_one(FORM)
    data = {**filled(form), "line": "2", "reason": "так"}
    data["csrf_token"] = token_of(sign_in(client, yana), "/agent/inbox/mine")
    for path in ("/line", "/line/back"):
        assert client.post(url(ticket, path), data=data).status_code == 404
    assert case(ticket).line == 1


def test_what_the_way_costs(
    desk: Browser, ticket: Ticket, masha: Staff, sergey: Staff, clock: Frozen
) -> None:
    """One statement more, however often it was passed."""
    desk.get(url(ticket))
    with statements() as without:
        desk.get(url(ticket))
    for _time in range(6):
        with bus.unit_of_work():
            passing.pass_on(case(ticket), by=masha, line=2, reason="выше")
        with bus.unit_of_work():
            passing.give_back(case(ticket), by=sergey, reason="ниже")
    desk.get(url(ticket))
    with statements() as asked:
        page = desk.soup(url(ticket))
    assert len(page.select(".passed-stays li")) == 13
    assert len(asked) <= len(without) + 1
    assert not scans(asked)
