"""A trigger tried on a message that nobody wrote sees what it would see of a real one."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from core.db import db
from models import Case, Client, EventRecord, Message, OutboxItem, Participant, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.rules import cond, do, given, without_rules
from tests.support.tickets import opened

LIST = "/admin/triggers"


@pytest.fixture
def admin(app: Flask, client: Browser, anton: Staff) -> Browser:
    without_rules()
    return sign_in(client, anton)


def wrote(admin: Browser, number: int, subject: str, text: str) -> BeautifulSoup:
    """The editor of this trigger after a message was tried on it."""
    form = admin.soup(f"{LIST}/{number}").select_one("form.ed")
    assert form is not None
    written = {"letter_subject": subject, "letter_text": text, "do": "letter"}
    return parsed(admin.post(f"{LIST}/draw", data={**filled(form), **written}))


def said(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def counted() -> list[Any]:
    kinds = (Case, Message, EventRecord, OutboxItem, Participant)
    return [db.session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def test_a_long_message_is_tried_as_far_as_a_live_one_may_go(admin: Browser, ivan: Client) -> None:
    then = [do("add_tag", ["длинное"])]
    asked = cond("text", "contains", "хвост"), cond("message_length", "gt", 30_000)
    number = given("Хвост", "ticket_created", then, *asked)
    text = f"{'а ' * 20_000}хвост"
    assert said(wrote(admin, number, "Лог", text), ".verdict") == ["Сработал бы"]
    assert opened(ivan, "Лог", text).tag_names == ["длинное"]


@pytest.mark.parametrize(
    ("subject", "text", "refusal"),
    [
        ("Лог", f"{'а ' * 50_000}хвост", "Текст длиннее 50000 знаков."),
        ("Лог", " ", "Напишите пару слов."),
        ("", "", "Напишите пару слов."),
        ("Л" * 251, "Печать", "Тема длиннее 250 знаков."),
    ],
)
def test_what_could_not_have_come_is_not_tried_and_is_kept(
    admin: Browser, subject: str, text: str, refusal: str
) -> None:
    soup = wrote(admin, given("Все", "ticket_created", [do("set_priority", 3)]), subject, text)
    assert said(soup, "#panel [role=alert]") == [refusal]
    assert not soup.select(".verdict")
    kept = soup.select_one("[name=letter_text]")
    assert kept is not None
    assert kept.get_text().strip() == text.strip()


def test_its_mails_are_shown_and_nothing_stays(admin: Browser, ivan: Client) -> None:
    words = {"ru": "О «{{ ticket.subject }}»", "en": ""}
    text = {"ru": "{{ greeting }}\n\nВы написали: {{ message }}", "en": ""}
    mail = do("send_mail", to="client", subject=words, text=text)
    note = do("add_note", text="Новое от {{ client.name }}")
    number = given("Ответ", "ticket_created", [do("set_priority", 3), mail, note])
    first = opened(ivan, "Чек", "Не печатает").number
    before = counted()
    soup = wrote(admin, number, "Чек", "Не печатает <b>чек</b>")
    assert said(soup, ".verdict") == ["Сработал бы"]
    assert said(soup, ".mailv .muted") == ["somebody.new@example.com: О «Чек»"]
    assert "Здравствуйте! Вы написали: Не печатает <b>чек</b>" in said(soup, ".mail-text")[0]
    assert counted() == before
    assert opened(ivan, "Чек", "Не печатает").number == first + 1  # no number is used up


def test_a_trigger_on_answers_takes_it_for_the_answer(admin: Browser) -> None:
    asked = cond("message_author", "is", "client"), cond("text", "contains", "возврат")
    number = given("Возврат", "client_replied", [do("set_priority", 3)], *asked)
    assert said(wrote(admin, number, "", "Когда возврат?"), ".verdict") == ["Сработал бы"]


def test_a_trigger_on_dialogs_is_tried_on_a_dialog(admin: Browser) -> None:
    number = given("Чат", "dialog_created", [do("turn_into_ticket")])
    soup = wrote(admin, number, "Чат", "Здравствуйте")
    assert said(soup, ".verdict") == ["Сработал бы"]
