"""What clients never see: the people of line 3, how work was passed, what outsiders were asked."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import access, outsiders, passing, public_face, tickets
from desk.catalog import changed
from models import Case, Client, DispatcherActor, Line, OutboxItem, Participant, Staff, Ticket
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.letters import letters_to, worded
from tests.support.people import sign_in
from tests.support.rules import do, given, without_rules
from tests.support.tickets import opened

CANARY = "КАНАРЕЙКА"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ticket(app: Flask, ivan: Client) -> Ticket:
    without_rules()
    return opened(ivan)


def case(of: Ticket) -> Case:
    return db.session.get_one(Case, of.id)


def mail(subject: str, text: str) -> dict[str, Any]:
    both = {"subject": {"ru": subject, "en": ""}, "text": {"ru": text, "en": ""}}
    return do("send_mail", to="client", **both)


def link(of: Ticket) -> str:
    return f"/r/{access.link_token(case(of))}"


def pages(client: Browser, of: Ticket, ivan: Client) -> dict[str, str]:
    """All that the client can open about it, by its address."""
    sign_in(client, ivan)
    paths = [link(of), f"/me/requests/{of.id}", "/me/requests", "/me/requests?q=0x41"]
    found = {path: client.get(path).get_data(as_text=True) for path in paths}
    poll = parsed(client.get(link(of))).select_one("#thread")["hx-get"].split("?")[0]
    found["live"] = client.get(f"{poll}?stamp=0", headers=HTMX).get_data(as_text=True)
    assert len(found["live"]) > 500
    return found


def all_mails(to: Participant) -> str:
    return str([(mail.payload, mail.recipient) for mail in letters_to(to)])


def test_an_expert_is_the_company_wherever_a_client_looks(
    client: Browser, ticket: Ticket, ivan: Client, vera: Staff, anton: Staff
) -> None:
    """Also on a ticket that never left line 1: the person counts, not where the ticket lies."""
    opening = mail("{{ agent.name }}", "Ведёт {{ agent.name }}")
    given("Кто ведёт", "agent_replied", [opening])
    with bus.unit_of_work():
        it, expert = case(ticket), db.session.get_one(Staff, vera.id)
        tickets.assign(it, expert, by=expert)
        tickets.reply(it, "Смотрим журнал", by=expert)
        assert it.line == 1
    worded("answered", "Пишет {{ answer.author }}, ведёт {{ agent.name }}\n\n{{ message }}", anton)
    with bus.unit_of_work():
        tickets.reply(case(ticket), "Это права на порт", by=db.session.get_one(Staff, vera.id))
        tickets.solve(case(ticket), by=db.session.get_one(Staff, vera.id))
    for path, text in pages(client, ticket, ivan).items():
        assert "Вера" not in text, path
        assert "vera@" not in text, path
    mails = all_mails(ivan)
    assert "Ведёт Линия" in mails
    assert "Пишет Линия, ведёт Линия" in mails
    assert f"Ответ на обращение № {ticket.id}" in mails
    assert "Вера" not in mails
    assert "vera@" not in mails


def test_an_expert_who_is_shown_is_named(
    client: Browser, ticket: Ticket, ivan: Client, vera: Staff
) -> None:
    """So that the test above can fail."""
    with bus.unit_of_work():
        db.session.get_one(Line, 3).hidden_from_clients = False
        changed()
    with bus.unit_of_work():
        tickets.reply(case(ticket), "Смотрим журнал", by=db.session.get_one(Staff, vera.id))
    assert "Вера" in pages(client, ticket, ivan)[link(ticket)]
    assert "Вера: ответ" in all_mails(ivan)


def test_how_it_was_passed_is_ours(
    client: Browser, ticket: Ticket, ivan: Client, masha: Staff, sergey: Staff, vera: Staff
) -> None:
    with bus.unit_of_work():
        words = {"tried": f"{CANARY} 1", "found": f"{CANARY} 2 0x41", "needed": f"{CANARY} 3"}
        passing.pass_on(case(ticket), by=masha, line=3, reason=f"{CANARY} 4", **words)
        passing.give_back(case(ticket), by=vera, reason=f"{CANARY} 5")
    for path, text in pages(client, ticket, ivan).items():
        for secret in (CANARY, "Эксперты", "Ремонт", "лини"):
            assert secret not in text.replace("Линия", ""), (path, secret)
    assert CANARY not in all_mails(ivan)


def test_what_outsiders_were_asked_is_ours(
    client: Browser, ticket: Ticket, ivan: Client, masha: Staff
) -> None:
    given("Любое", "ticket_updated", [mail("С", "{{ message }}")])
    with bus.unit_of_work():
        email = "pavel@termoservis.example"
        asked = outsiders.ask(case(ticket), email, "Павел", f"{CANARY} 0x41?", by=masha)
        outsiders.answered(asked, f"{CANARY} порт")
        more = outsiders.ask(case(ticket), email, "", f"{CANARY} ещё", by=masha)
        outsiders.revoke(more, by=masha)
    with bus.unit_of_work():
        tickets.reply(case(ticket), "Проверьте порт", by=db.session.get_one(Staff, masha.id))
    for path, text in pages(client, ticket, ivan).items():
        for secret in (CANARY, "Павел", "termoservis"):
            assert secret not in text, (path, secret)
    assert not parsed(client.get("/me/requests?q=termoservis")).select(".reqs li")
    assert not parsed(client.get(f"/me/requests?q={CANARY}")).select(".reqs li")
    assert "Проверьте порт" in all_mails(ivan)
    for secret in (CANARY, "Павел", "termoservis"):
        assert secret not in all_mails(ivan)
    recipients = {mail.recipient for mail in db.session.query(OutboxItem)}
    assert "pavel@termoservis.example" not in recipients, "no mail is promised before there is one"


def test_the_dispatcher_has_the_companys_name(app: Flask) -> None:
    with bus.unit_of_work(writes=False):
        machine = db.session.query(DispatcherActor).one()
        machine_name = public_face.name_of(machine)
        assert machine_name == public_face.company() == "Линия"
