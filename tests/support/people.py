"""The cast of the tests: who works at the company and who writes to it."""

from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from core import bus, clock
from core.db import db
from desk import catalog, people
from models import Client, Company, Group, Membership, Outsider, Participant, Role, Staff
from tests.support.client import Client as Browser
from tests.support.server import LiveServer

PASSWORD = "a long enough password"
COMPANY = "Северный склад"


def hire(
    name: str,
    email: str,
    *,
    line: int = 1,
    group: tuple[str, str, str] | None = None,
    directions: Sequence[Any] = (),
    **more: Any,
) -> Staff:
    """A colleague with PASSWORD; `group` = (key, Russian name, English name), made if missing."""
    with bus.unit_of_work():
        more.setdefault("role", Role.AGENT)
        person = people.new_staff(name=name, email=email, password=PASSWORD, line=line, **more)
        person.directions = [db.session.merge(each) for each in directions]
        if group is not None:
            row = Membership(staff=person, group=_group(group, line), since=clock.now())
            db.session.add(row)
        catalog.changed()
    return person


def _group(named: tuple[str, str, str], line: int) -> Group:
    key, ru, en = named
    found = db.session.query(Group).filter_by(key=key).one_or_none()
    if found is None:
        found = Group(key=key, name_ru=ru, name_en=en, line=line)
        db.session.add(found)
    return found


def customer(name: str, email: str, *, company: str = "", **more: Any) -> Client:
    """A client with PASSWORD, of a company when one is named."""
    with bus.unit_of_work():
        person = people.client_for(email, name=name)
        assert isinstance(person, Client)
        people.set_password(person, PASSWORD)
        if company:
            person.company = _company(company)
        for field, value in more.items():
            setattr(person, field, value)
    return person


def _company(name: str) -> Company:
    found = db.session.query(Company).filter_by(name=name).one_or_none()
    if found is None:
        found = Company(name=name, created_at=clock.now())
        db.session.add(found)
    return found


def sign_in(client: Browser, person: Participant) -> Browser:
    """Let the test's browser be this person from now on, without the sign-in page."""
    with client.session_transaction() as session:
        session.clear()
        session["_user_id"], session["_fresh"] = person.get_id(), True
    return client


def token_of(client: Browser, url: str) -> str:
    """The CSRF token on a page, for requests that are no form."""
    meta = client.soup(url).select_one("meta[name=csrf]")
    assert meta is not None
    return str(meta["content"])


def session_cookie(app: Flask, person: Participant) -> str:
    """The Cookie header of somebody who is signed in."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = signer.dumps({"_user_id": person.get_id(), "_fresh": True})
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


def sign_in_page(page: Any, server: LiveServer, person: Participant) -> Any:
    """Let a page of Chromium be this person."""
    name, _, value = session_cookie(server.app, person).partition("=")
    page.context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return page


@pytest.fixture
def masha(app: Flask) -> Staff:
    """Agent of line 1."""
    return hire("Маша", "masha@kurier.example", group=("first", "Первая линия", "First line"))


@pytest.fixture
def sergey(app: Flask) -> Staff:
    """Technician, line 2."""
    return hire(
        "Сергей", "sergey@kurier.example", line=2, group=("repair", "Ремонт", "Repair team")
    )


@pytest.fixture
def vera(app: Flask) -> Staff:
    """Expert, line 3."""
    return hire("Вера", "vera@kurier.example", line=3, group=("experts", "Эксперты", "Experts"))


@pytest.fixture
def olga(app: Flask) -> Staff:
    """Head of support."""
    return hire("Ольга", "olga@kurier.example", role=Role.SUPERVISOR)


@pytest.fixture
def anton(app: Flask) -> Staff:
    """Administrator."""
    return hire("Антон", "anton@kurier.example", role=Role.ADMIN)


@pytest.fixture
def ivan(app: Flask) -> Client:
    """A client."""
    return customer("Иван Петров", "ivan@sevsklad.example", company=COMPANY)


@pytest.fixture
def galina(app: Flask) -> Client:
    """Ivan's manager: looks after the users of their company."""
    return customer(
        "Галина Смирнова", "galina@sevsklad.example", company=COMPANY, manages_company=True
    )


@pytest.fixture
def pavel(app: Flask) -> Outsider:
    """An expert at a vendor: an address, no account."""
    with bus.unit_of_work():
        person = people.outsider_for("pavel@termoservis.example", "Павел")
    assert isinstance(person, Outsider)
    return person
