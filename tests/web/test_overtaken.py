"""Buttons pressed on a page that others have overtaken: told first, then one press does it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.catalog import catalog
from models import Case, Client, Staff, StatusCategory, Ticket
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


def test_a_choice_from_the_menu_is_meant(
    desk: Browser, ticket: Ticket, masha: Staff, sergey: Staff
) -> None:
    page = desk.soup(url(ticket))
    with bus.unit_of_work():
        tickets.assign(case(ticket), sergey, by=sergey)
    menu = form(page, f'.menu [name=assignee][value="{masha.id}"]')
    assert desk.send(menu, url(ticket), assignee=str(masha.id)).status_code == 303
    assert case(ticket).assignee_id == masha.id


def test_a_date_that_has_passed_is_called_so(desk: Browser, ticket: Ticket) -> None:
    late = desk.send(form(desk.soup(url(ticket)), "#until"), url(ticket), until="2020-01-01T10:00")
    assert late.status_code == 422
    assert "Это время уже прошло" in parsed(late).select_one("#problem").get_text()
