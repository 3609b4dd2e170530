"""Answers and notes of an agent: sent once, kept when refused, never over unread words."""

import pytest
from sqlalchemy import select

from core import bus
from core.db import db
from desk import tickets
from desk.catalog import catalog
from models import Client, Draft, Message, Staff, StatusCategory, Ticket
from tests.support.agent_ticket import REPLY, case, form_with, url
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in, token_of
from tests.support.tickets import opened

NOTE = "#note-form"


@pytest.fixture
def ticket(ivan: Client) -> Ticket:
    return opened(ivan)


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    return sign_in(client, masha)


def said(ticket: Ticket, kind: str = "public") -> list[str]:
    query = select(Message).where(Message.case_id == ticket.id, Message.kind == kind)
    return [message.text for message in db.session.scalars(query.order_by(Message.id))]


def test_a_reply_reaches_the_client_once(desk: Browser, ticket: Ticket) -> None:
    page = desk.soup(url(ticket, "?view=all"))
    form = page.select_one(REPLY)
    first = desk.send(form, url(ticket), text="Включите и выключите")
    again = desk.send(form, url(ticket), text="Включите и выключите")
    assert first.status_code == again.status_code == 303
    assert first.location == again.location == url(ticket, "?view=all")
    assert said(ticket)[1:] == ["Включите и выключите"]


def test_sending_can_solve_or_wait(desk: Browser, ticket: Ticket) -> None:
    desk.submit(url(ticket), REPLY, text="Готово", then="solve")
    assert case(ticket).category == StatusCategory.SOLVED
    desk.submit(url(ticket), REPLY, text="А версия какая?", then="wait")
    assert case(ticket).category == StatusCategory.PENDING


def test_a_note_is_no_answer(desk: Browser, ticket: Ticket) -> None:
    desk.submit(url(ticket), NOTE, text="Секрет для своих")
    assert said(ticket, "note") == ["Секрет для своих"]
    assert len(said(ticket)) == 1


@pytest.mark.parametrize("form", [REPLY, NOTE])
@pytest.mark.parametrize("text", ["", " \n ", "я" * 50_001])
def test_what_can_not_be_taken_comes_back(
    desk: Browser, ticket: Ticket, form: str, text: str
) -> None:
    refused = desk.submit(url(ticket), form, text=text)
    assert refused.status_code == 422
    page = parsed(refused)
    assert page.select_one(f"{form} [data-error-summary]")
    assert page.select_one(f"{form} textarea").get_text().removeprefix("\n") == text
    assert len(said(ticket)) + len(said(ticket, "note")) == 1


def test_htmx_gets_the_reason_only_and_keeps_the_text(desk: Browser, ticket: Ticket) -> None:
    form = desk.soup(url(ticket)).select_one(REPLY)
    headers = {"HX-Request": "true", "HX-Target": "composer", **_token(desk, ticket)}
    values = filled(form)
    refused = desk.post(form["action"], data={**values, "text": ""}, headers=headers)
    assert refused.status_code == 422
    assert refused.headers["HX-Retarget"] == "#reply-said"
    assert "textarea" not in refused.get_data(as_text=True)


def _token(desk: Browser, ticket: Ticket) -> dict[str, str]:
    return {"X-CSRFToken": token_of(desk, url(ticket))}


def test_words_that_came_meanwhile_stop_the_answer(
    desk: Browser, ticket: Ticket, ivan: Client
) -> None:
    page = desk.soup(url(ticket))
    with bus.unit_of_work():
        tickets.client_reply(case(ticket), "Уже заработало!", by=ivan)
    stale = desk.send(page.select_one(REPLY), url(ticket), text="Пришлите серийный номер")
    assert stale.status_code == 409
    shown = parsed(stale)
    assert "Уже заработало!" in shown.select_one(f"{REPLY} .stale").get_text()
    assert shown.select_one(f"{REPLY} textarea").get_text().strip() == "Пришлите серийный номер"
    assert len(said(ticket)) == 2
    sent = desk.send(shown.select_one(REPLY), url(ticket), text="Пришлите серийный номер")
    assert sent.status_code == 303
    assert said(ticket)[-1] == "Пришлите серийный номер"


def test_a_colleague_s_note_does_not_stop_it(desk: Browser, ticket: Ticket, sergey: Staff) -> None:
    page = desk.soup(url(ticket))
    with bus.unit_of_work():
        tickets.add_note(case(ticket), "Я тоже смотрю", by=sergey)
        tickets.set_priority(case(ticket), 3, by=sergey)
    assert desk.send(page.select_one(REPLY), url(ticket), text="Смотрим").status_code == 303


def test_two_agents_at_once_are_both_kept(desk: Browser, ticket: Ticket, sergey: Staff) -> None:
    mine = desk.soup(url(ticket))
    with bus.unit_of_work():
        tickets.change_status(case(ticket), catalog().first_status("open").id, by=sergey)
    desk.send(form_with(mine, "priority"), url(ticket), priority="4")
    assert case(ticket).category == StatusCategory.OPEN
    assert case(ticket).priority == 4


def test_drafts_are_two_and_stay(desk: Browser, ticket: Ticket, masha: Staff) -> None:
    headers = _token(desk, ticket)
    for kind, text in (("reply", "Здравствуйте, Ив"), ("note", "спросить у Сергея")):
        desk.put(url(ticket, f"/draft?kind={kind}"), data={"text": text}, headers=headers)
    page = desk.soup(url(ticket))
    assert page.select_one("#reply-text").get_text().strip() == "Здравствуйте, Ив"
    assert page.select_one("#note-text").get_text().strip() == "спросить у Сергея"
    desk.submit(url(ticket), REPLY, text="Здравствуйте, Иван!")
    left = [draft.kind for draft in db.session.scalars(select(Draft))]
    assert left == ["note"]
    desk.put(url(ticket, "/draft?kind=note"), data={"text": ""}, headers=headers)
    assert db.session.scalars(select(Draft)).all() == []
    assert (
        desk.put(url(ticket, "/draft?kind=x"), data={"text": "a"}, headers=headers).status_code
        == 422
    )
