"""Questions to outsiders on the page of a ticket: asked, answered by hand, withdrawn."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import outsiders, tickets
from models import Client, Message, OutboxItem, OutsideQuestion, Staff, Ticket
from tests.support.agent_ticket import case, url
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.people import sign_in
from tests.support.statements import scans, statements
from tests.support.tickets import opened

PAVEL = "pavel@termoservis.example"
FORM, ANSWER, WITHDRAWAL = "#outside-form", '[action*="/answer"]', '[action*="/withdrawal"]'


@pytest.fixture
def ticket(app: Flask, ivan: Client) -> Ticket:
    return opened(ivan)


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    return sign_in(client, masha)


def ask(desk: Browser, of: Ticket, **more: Any) -> Any:
    fields = {"email": PAVEL, "name": "Павел", "text": "Встречали 0x41?", **more}
    return desk.submit(url(of), FORM, **fields)


def test_a_question_is_kept_and_its_answer_entered(desk: Browser, ticket: Ticket) -> None:
    before = db.session.query(OutboxItem).count()
    assert ask(desk, ticket).status_code == 303
    page = desk.soup(url(ticket))
    question = page.select_one("article.msg-fwd")
    head = question.select_one(".msg-head").get_text(" ", strip=True)
    assert head.startswith("Маша вопрос: Павел, pavel@termoservis.example")
    assert "письмо отправляете вы" in question.get_text()
    copied = page.find(id=question.select_one("[data-copy]")["data-copy"])
    assert copied.get_text(strip=True) == "Встречали 0x41?"
    assert db.session.query(OutboxItem).count() == before
    desk.submit(url(ticket), ANSWER, text="Это права на порт")
    page = desk.soup(url(ticket))
    answer = page.select_one(".msg-fwd .fwd-answer")
    assert answer.get_text(" ", strip=True).startswith("Павел внешний клиент не видит")
    assert "Это права на порт" in answer.get_text()
    assert not page.select(WITHDRAWAL)
    desk.submit(url(ticket), ANSWER, text="И перезагрузите")
    assert len(desk.soup(url(ticket)).select(".fwd-answer")) == 2


def test_it_is_withdrawn(desk: Browser, ticket: Ticket) -> None:
    ask(desk, ticket)
    page = desk.soup(url(ticket))
    late = page.select_one(ANSWER)
    desk.send(page.select_one(WITHDRAWAL), url(ticket))
    page = desk.soup(url(ticket))
    assert "отозван" in page.select_one(".fwd-acts").get_text()
    assert not page.select(f"{ANSWER}, {WITHDRAWAL}")
    refused = desk.send(late, url(ticket), text="Поздно")
    assert refused.status_code == 422
    assert "отозван" in parsed(refused).select_one("#problem").get_text()


def test_nothing_typed_is_lost(desk: Browser, ticket: Ticket) -> None:
    refused = ask(desk, ticket, email="ivan@sevsklad.example", text="Что у вас?")
    assert refused.status_code == 422
    page = parsed(refused)
    assert "адрес клиента" in page.select_one("#problem").get_text()
    panel = page.select_one("#outside:not([hidden])")
    assert panel.select_one('[name="email"]')["value"] == "ivan@sevsklad.example"
    assert panel.select_one('[name="name"]')["value"] == "Павел"
    assert panel.select_one("#outside-text").get_text() == "Что у вас?"
    assert page.select_one("#reply[hidden]")
    assert page.select_one("#reply-text").get_text() == "\n", "and it is no answer to the client"
    assert db.session.query(OutsideQuestion).count() == 0


def test_the_tab_is_a_link_for_those_without_scripts(desk: Browser, ticket: Ticket) -> None:
    link = desk.soup(url(ticket)).select_one('[aria-controls="outside"]')
    assert link["aria-keyshortcuts"] == "F"
    page = desk.soup(link["href"])
    assert page.select_one("#outside:not([hidden])")
    assert page.select_one("#reply[hidden]")
    assert page.select_one("#note[hidden]")


def test_a_question_of_another_ticket(desk: Browser, ticket: Ticket, ivan: Client) -> None:
    ask(desk, ticket)
    other = opened(ivan)
    form = desk.soup(url(ticket)).select_one(ANSWER)
    form["action"] = form["action"].replace(str(ticket.id), str(other.id))
    assert desk.send(form, url(ticket), text="Не туда").status_code == 404
    assert db.session.query(Message).filter_by(text="Не туда").count() == 0


def test_questions_do_not_make_the_page_dear(desk: Browser, ticket: Ticket, masha: Staff) -> None:
    desk.get(url(ticket))
    with statements() as without:
        desk.get(url(ticket))
    for number in range(5):
        with bus.unit_of_work():
            email = f"expert{number}@termoservis.example"
            asked = outsiders.ask(case(ticket), email, "", "Знаете?", by=masha)
            outsiders.answered(asked, "Знаем")
            tickets.add_note(case(ticket), "Спросили", by=masha)
    desk.get(url(ticket))
    with statements() as asked_for:
        assert len(desk.soup(url(ticket)).select(".msg-fwd")) == 10
    assert len(asked_for) <= len(without) + 1
    assert not scans(asked_for)
