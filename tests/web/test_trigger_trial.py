"""A trigger tried on a ticket by its editor: what would be, which condition fails."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import tickets
from desk.tickets import NewTicket
from models import Client, Staff
from tests.support.client import Client as Browser
from tests.support.editors import editor, press
from tests.support.people import sign_in
from tests.support.reading import words
from tests.support.rules import cond, do, given, mail, without_rules

LIST = "/admin/triggers"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def test_trial_shows_what_would_be_and_changes_nothing(
    admin: Browser, ivan: Client, masha: Staff
) -> None:
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number
    number = given(
        "Проба",
        "ticket_created",
        [
            do("set_priority", 3),
            do("assign_person", masha.id),
            do("add_tag", ["совсем-новая"]),
            mail(text="Здравствуйте, {{ client.first_name }}! Номер {{ ticket.number }}."),
        ],
        cond("subject", "contains", "терминал"),
        state="draft",
    )
    values = editor(admin.soup(f"{LIST}/{number}")) | {"case": str(ticket)}
    before = everything()
    soup = press(admin, values, "try", LIST)
    assert everything() == before
    assert words(soup, ".verdict") == "Сработал бы"
    assert "Терминал" in words(soup, ".proof .got")
    effects = [" ".join(one.get_text().split()) for one in soup.select(".pr dl.diff dd")]
    assert effects[0] == "Обычный → Высокий"
    assert "Маша" in effects[1]
    assert "совсем-новая" in effects[2]
    assert f"Здравствуйте, Иван! Номер {ticket}." in words(soup, ".mail-text")


def test_trial_says_which_condition_fails(admin: Browser, ivan: Client) -> None:
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number
    number = given("Проба", "client_replied", [do("set_priority", 3)], cond("priority", "gt", 2))
    values = editor(admin.soup(f"{LIST}/{number}"))
    soup = press(admin, values | {"case": f"№{ticket} Терминал"}, "try", LIST)
    assert words(soup, ".verdict") == "Не сработал бы"
    assert "Обычный" in words(soup, ".proof .got")
    soup = press(admin, values | {"case": "99999"}, "try", LIST)
    assert "нет" in words(soup, ".pr .error")


def everything() -> dict[str, list[Any]]:
    """All rows of all tables."""
    db.session.rollback()
    return {
        table.name: sorted(map(str, db.session.execute(table.select())))
        for table in db.metadata.sorted_tables
    }
