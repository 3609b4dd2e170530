"""Mails as golden files in both languages: tests/mails. LINIYA_GOLDEN=write makes them anew."""

import os
import re
from pathlib import Path

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from core.i18n import LOCALES
from desk import catalog, mails, settings, tickets
from desk.notices import send_waiting
from desk.notices.quiet import HOURLY
from desk.tickets import NewTicket
from models import Client, OutboxItem, Staff
from tests.support.notices import chooses
from tests.support.tickets import opened

FOLDER = Path(__file__).parents[1] / "mails"
TOKEN = re.compile(r"/r/[\w.\-]+")

pytestmark = pytest.mark.one_database


def golden(name: str, text: str) -> None:
    path = FOLDER / name
    text = TOKEN.sub("/r/TOKEN", text)
    if os.environ.get("LINIYA_GOLDEN") == "write":
        path.write_text(text)
    assert path.read_text() == text, f"{path}: LINIYA_GOLDEN=write makes it anew; then read it"


@pytest.fixture
def company(app: Flask) -> None:
    with bus.unit_of_work():
        settings.put("company_name_ru", "Курьер+")
        settings.put("company_name_en", "Courier+")
        settings.put("support_email", "help@kurier.example")
        settings.put("support_phone", "+7 495 000-00-00")


@pytest.mark.parametrize("locale", LOCALES)
def test_mails_of_a_conversation(
    company: None, masha: Staff, sergey: Staff, ivan: Client, locale: str
) -> None:
    with bus.unit_of_work():
        db.session.merge(ivan).locale = locale
        db.session.merge(sergey).locale = locale
    with bus.unit_of_work():
        case = tickets.open_ticket(
            NewTicket("Терминал не печатает чек", "После обновления не печатает."), requester=ivan
        )
        number = case.number
    with bus.unit_of_work():
        case = db.session.get_one(type(case), number)
        tickets.reply(case, "Перезагрузите терминал.\n\nПомогло?", by=masha)
        tickets.assign(case, sergey, by=masha)
    with bus.unit_of_work():
        case = db.session.get_one(type(case), number)
        tickets.client_reply(case, "Нет, и <b>чека</b> всё нет.", by=ivan)
    found = db.session.query(OutboxItem).order_by(OutboxItem.id).all()
    names = ["created", "answered", "new-work", "client-wrote"]
    assert len(found) == len(names)
    for name, item in zip(names, found, strict=True):
        subject = f"Subject: {item.payload['subject']}\n\n"
        golden(f"{name}.{locale}.txt", subject + item.payload["text"])
        golden(f"{name}.{locale}.html", item.payload["html"])


@pytest.mark.parametrize("locale", LOCALES)
def test_text_of_an_administrator(company: None, ivan: Client, locale: str) -> None:
    with bus.unit_of_work():
        case = tickets.open_ticket(NewTicket("Тема", "Текст"), requester=ivan)
        mails_case = case
        with mails.i18n.use_locale(locale):
            text, html = mails.wrap(
                "Иван, здравствуйте!\nПолучили.\n\nОтветим до 11:05.",
                title="Обращение получено",
                case=mails_case,
                to_client=True,
            )
    golden(f"wrapped.{locale}.txt", text)
    golden(f"wrapped.{locale}.html", html)


@pytest.mark.parametrize("locale", LOCALES)
def test_digest(company: None, masha: Staff, ivan: Client, clock: Frozen, locale: str) -> None:
    chooses(masha, digest=HOURLY)
    with bus.unit_of_work():
        db.session.merge(masha).locale = locale
        catalog.changed()
    case = opened(ivan)
    with bus.unit_of_work():
        tickets.assign(db.session.merge(case), db.session.merge(masha), by=ivan)
    with bus.unit_of_work():
        tickets.client_reply(db.session.merge(case), "Нет, и <b>чека</b> всё нет.", by=ivan)
    clock.advance(minutes=60)
    send_waiting()
    item = db.session.query(OutboxItem).filter_by(template="digest").one()
    subject = f"Subject: {item.payload['subject']}\n\n"
    golden(f"digest.{locale}.txt", subject + item.payload["text"])
    golden(f"digest.{locale}.html", item.payload["html"])


def test_addresses_are_never_broken_by_folding() -> None:
    address = "https://help.kurier.example/r/" + "x" * 80
    assert address in mails.folded(f"{'слово ' * 20}{address}")
