"""Buttons pressed on a page that others have overtaken: told first, then one press does it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from core import bus
from core.clock import Frozen
from core.db import db
from desk import history, tickets
from desk.catalog import catalog
from models import Case, Client, Group, Staff, StatusCategory, Ticket
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in, token_of
from tests.support.tickets import opened


@pytest.fixture
def ticket(ivan: Client) -> Ticket:
    return opened(ivan)


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    return sign_in(client, masha)


def url(ticket: Ticket) -> str:
    return f"/agent/t/{ticket.id}"


def case(ticket: Ticket) -> Case:
    return db.session.get_one(Case, ticket.id)


def form(page: BeautifulSoup, button: str) -> Any:
    return page.select_one(button).find_parent("form")


def status_id(category: str) -> int:
    with bus.unit_of_work(writes=False):
        return catalog().first_status(StatusCategory(category)).id


def client_writes(ticket: Ticket, ivan: Client) -> None:
    with bus.unit_of_work():
        tickets.client_reply(case(ticket), "Нет, не помогло!", by=ivan)


@pytest.mark.parametrize("category", [StatusCategory.SOLVED, StatusCategory.CLOSED])
def test_nobody_ends_over_words_that_they_have_not_seen(
    desk: Browser, ticket: Ticket, ivan: Client, category: StatusCategory
) -> None:
    page, status = desk.soup(url(ticket)), status_id(category)
    client_writes(ticket, ivan)
    stale = desk.send(
        form(page, f'[name=status][value="{status}"]'), url(ticket), status=str(status)
    )
    assert stale.status_code == 409
    assert case(ticket).is_open
    asked = parsed(stale).select_one("#overtaken form")
    assert "Нет, не помогло!" in asked.get_text()
    done = desk.send(asked, url(ticket), status=asked.select_one("button")["value"])
    assert done.status_code == 303
    assert case(ticket).category == category


def test_other_statuses_and_seen_words_need_no_question(
    desk: Browser, ticket: Ticket, ivan: Client
) -> None:
    page = desk.soup(url(ticket))
    waiting, solved = str(status_id("pending")), str(status_id("solved"))
    client_writes(ticket, ivan)
    menu = form(page, f'.menu [name=status][value="{waiting}"]')
    assert desk.send(menu, url(ticket), status=waiting).status_code == 303
    button = form(desk.soup(url(ticket)), ".t-acts [name=status]")
    assert desk.send(button, url(ticket), status=solved).status_code == 303
    assert case(ticket).is_solved


def test_scripts_get_the_question_alone(desk: Browser, ticket: Ticket, ivan: Client) -> None:
    page = desk.soup(url(ticket))
    client_writes(ticket, ivan)
    button = form(page, ".t-acts [name=status]")
    token = token_of(desk, url(ticket))
    headers = {"HX-Request": "true", "HX-Target": "ticket", "X-CSRFToken": token}
    values = filled(button) | {"status": button.select_one("button")["value"]}
    stale = desk.post(button["action"], data=values, headers=headers)
    assert (stale.status_code, stale.headers["HX-Retarget"]) == (409, "#overtaken")
    assert "<main" not in stale.get_data(as_text=True)
    assert "noscript" not in desk.get(url(ticket), headers=headers).get_data(as_text=True)


def test_who_takes_second_is_told_who_was_first(
    desk: Browser, ticket: Ticket, clock: Frozen, masha: Staff, sergey: Staff
) -> None:
    page = desk.soup(url(ticket))
    with bus.unit_of_work():
        tickets.assign(case(ticket), sergey, by=sergey)
    clock.advance(minutes=1)
    take = form(page, ".t-acts [name=assignee]")
    stale = desk.send(take, url(ticket), assignee=str(masha.id))
    assert stale.status_code == 409
    assert case(ticket).assignee_id == sergey.id
    asked = parsed(stale).select_one("#overtaken form")
    assert "ведёт Сергей" in asked.get_text()
    assert "взято 1\u00a0мин назад" in asked.get_text()
    assert desk.send(asked, url(ticket), assignee=str(masha.id)).status_code == 303
    assert case(ticket).assignee_id == masha.id


OTHERS = {
    "status": lambda case, by: tickets.change_status(case, status("waiting"), by=by),
    "priority": lambda case, by: tickets.set_priority(case, 4, by=by),
    "group": lambda case, by: tickets.assign_group(case, group(), by=by),
    "line": lambda case, by: tickets.pass_to_line(case, 2, reason="Нужен техник", by=by),
    "assignee": lambda case, by: tickets.assign(case, by, by=by),
}


def group() -> Group:
    return db.session.query(Group).order_by(Group.id).all()[-1]


def status(key: str) -> int:
    return catalog().by_key("statuses", key).id


@pytest.mark.parametrize(
    ("name", "chosen"),
    [("status", "solved"), ("priority", "1"), ("group", ""), ("line", "3"), ("assignee", "")],
)
def test_the_same_field_changed_by_a_colleague_asks_first(
    desk: Browser, ticket: Ticket, clock: Frozen, sergey: Staff, name: str, chosen: str
) -> None:
    with bus.unit_of_work():
        chosen = str(status(chosen)) if name == "status" else chosen
    button = form(desk.soup(url(ticket)), f'.t-fields [name="{name}"]')
    with bus.unit_of_work():
        assert OTHERS[name](case(ticket), sergey)
    theirs = history.value_of(case(ticket), name)
    clock.advance(minutes=1)
    more = {"reason": "Клиент спешит"} if name == "line" else {}
    stale = desk.send(button, url(ticket), **{name: chosen}, **more)
    assert stale.status_code == 409
    assert history.value_of(case(ticket), name) == theirs
    asked = parsed(stale).select_one("#overtaken form")
    assert "Сергей" in asked.get_text()
    assert "1\u00a0мин назад" in asked.get_text()
    assert asked.select_one("a")["href"].startswith(url(ticket))
    done = desk.send(asked, url(ticket), **{name: asked.select_one("button")["value"]})
    assert done.status_code == 303
    assert str(history.value_of(case(ticket), name) or "") == chosen
    assert all(words in desk.soup(url(ticket)).get_text() for words in more.values())


@pytest.mark.parametrize(
    ("name", "words"),
    [("status", "работе"), ("priority", "Низкий"), ("group", "группа"), ("assignee", "Маша")],
)
def test_commands_of_the_palette_ask_as_the_menus_do(
    desk: Browser, ticket: Ticket, sergey: Staff, name: str, words: str
) -> None:
    command = form(desk.soup(f"/agent/palette?case={ticket.id}&q={words}"), f'[name="{name}"]')
    with bus.unit_of_work():
        assert OTHERS[name](case(ticket), sergey)
    theirs = history.value_of(case(ticket), name)
    stale = desk.send(command, url(ticket))
    assert stale.status_code == 409
    assert history.value_of(case(ticket), name) == theirs
    assert "Сергей" in parsed(stale).select_one("#overtaken form").get_text()


def test_a_subject_changed_by_a_colleague_asks_first(
    desk: Browser, ticket: Ticket, sergey: Staff
) -> None:
    edit = form(desk.soup(url(ticket)), "#subject")
    with bus.unit_of_work():
        tickets.set_subject(case(ticket), "Касса 3", by=sergey)
    stale = desk.send(edit, url(ticket), subject="Касса 3: " + "нет чека " * 20)
    assert stale.status_code == 409
    assert case(ticket).subject == "Касса 3"
    asked = parsed(stale).select_one("#overtaken form")
    mine = asked.select_one("button")
    assert "Сергей" in asked.get_text()
    assert "…" in mine.get_text()
    assert desk.send(asked, url(ticket), subject=mine["value"]).status_code == 303
    assert case(ticket).subject == ("Касса 3: " + "нет чека " * 20).strip()


def test_another_field_and_what_was_meant_anyway_need_no_question(
    desk: Browser, ticket: Ticket, masha: Staff, sergey: Staff
) -> None:
    page, waiting = desk.soup(url(ticket)), status_id("pending")
    with bus.unit_of_work():
        tickets.set_priority(case(ticket), 4, by=sergey)
        tickets.change_status(case(ticket), waiting, by=sergey)
        tickets.assign(case(ticket), sergey, by=masha)
    menu = form(page, f'.menu [name=status][value="{waiting}"]')
    assert desk.send(menu, url(ticket), status=str(waiting)).status_code == 303
    own = form(page, f'.menu [name=assignee][value="{masha.id}"]')
    assert desk.send(own, url(ticket), assignee=str(masha.id)).status_code == 303
    assert (case(ticket).assignee_id, case(ticket).priority) == (masha.id, 4)


def test_passing_to_the_same_line_keeps_the_reason(desk: Browser, ticket: Ticket) -> None:
    """The page does not offer it; a colleague may have passed it there meanwhile."""
    passing = form(desk.soup(url(ticket)), "#reason")
    refused = desk.send(passing, url(ticket), line=str(ticket.line), reason="Нужен техник")
    assert refused.status_code == 422
    page = parsed(refused)
    assert "уже на этой линии" in page.select_one("#problem").get_text()
    assert page.select_one("#reason").get_text() == "Нужен техник"


def test_a_date_that_has_passed_is_called_so(desk: Browser, ticket: Ticket) -> None:
    late = desk.send(form(desk.soup(url(ticket)), "#until"), url(ticket), until="2020-01-01T10:00")
    assert late.status_code == 422
    assert "Это время уже прошло" in parsed(late).select_one("#problem").get_text()
