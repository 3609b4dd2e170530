"""Outgoing mail: found, told in words, tried again; secrets stay with their reader."""

import pytest
from flask import Flask
from sqlalchemy import select

from core import bus
from core.clock import Frozen
from core.db import db
from desk import links, outbox, outgoing, tickets
from desk.outbox import Mail
from desk.tickets import NewTicket
from models import Case, Client, Direction, OutboxItem, Staff
from tests.support.client import Client as Browser
from tests.support.people import hire, sign_in
from tests.support.rules import without_rules

LIST = "/admin/outgoing"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def put(subject: str, recipient: str = "ivan@sevsklad.example", case: Case | None = None) -> int:
    with bus.unit_of_work():
        mail = Mail(recipient, subject, f"Текст: {subject}", "test", case=case)
        key = f"{subject}:{recipient}"
        outbox.put(mail, dedupe=key)
        bus.write_now()
        return db.session.scalars(select(OutboxItem.id).filter_by(dedupe_key=key)).one()


def subjects(browser: Browser, address: str) -> list[str]:
    return [a.get_text() for a in browser.soup(address).select(".lines .line-name a")]


def test_newest_first_with_what_became_of_each(admin: Browser, clock: Frozen) -> None:
    ids = [put(name) for name in ("первое", "второе", "третье", "четвёртое")]
    with bus.unit_of_work():
        outbox.mark_sent(ids[0], "250")
        outbox.mark_sent(ids[1], "console")
        outbox.claim(2)
        outbox.defer(ids[2], "ConnectionRefusedError")
        outbox.fail(ids[3], "550 нет такого ящика <b>")
    soup = admin.soup(LIST)
    told = [" ".join(li.get_text().split()) for li in soup.select(".lines .line")]
    assert [words.split(" ")[0] for words in told] == ["четвёртое", "третье", "второе", "первое"]
    assert "не ушло" in told[0]
    assert "550 нет такого ящика <b>" in told[0]
    assert "отложено, следующая попытка 09:01" in told[1]
    assert "осталось здесь" in told[2]
    assert "отправлено 09:00" in told[3]
    assert "Почта не отправляется" in soup.get_text()
    assert subjects(admin, f"{LIST}?state=failed") == ["четвёртое"]
    assert subjects(admin, f"{LIST}?state=всё") == ["четвёртое", "третье", "второе", "первое"]


def test_found_by_address_and_ticket(admin: Browser, ivan: Client) -> None:
    with bus.unit_of_work():
        number = tickets.open_ticket(NewTicket("Тема", "Текст"), requester=ivan).number
    put("про обращение", case=db.session.get_one(Case, number))
    put("другому", "galina@sevsklad.example")
    assert subjects(admin, f"{LIST}?q={number}") == ["про обращение"]
    assert subjects(admin, f"{LIST}?q=%E2%84%96{number}") == ["про обращение"]
    assert subjects(admin, f"{LIST}?q=GALINA@sevsklad.example") == ["другому"]
    assert subjects(admin, f"{LIST}?q=gal") == ["другому"]
    for query in ("%25", "_", "нет", "'; DROP TABLE outbox; --", "9" * 30, "\0", "<script>"):
        assert subjects(admin, f"{LIST}?q={query}") in ([], ["другому", "про обращение"]), query
    assert "Показать все" in admin.soup(f"{LIST}?q=никого").get_text()


def test_found_by_subject_over_pages(admin: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "LOOKED", 30)
    put("Просрочено: ЁЛКА упала")
    for number in range(35):
        put(f"письмо {number}")
    soup = admin.soup(f"{LIST}?q=елка")
    assert "Среди этих писем нет" in soup.get_text()
    more = soup.select_one(".more a")
    assert more is not None
    assert subjects(admin, str(more["href"])) == ["Просрочено: ЁЛКА упала"]
    assert not admin.soup(str(more["href"])).select(".more a")
    monkeypatch.setattr(outgoing, "PAGE", 10)
    seen, address = [], f"{LIST}?q=ПИСЬМО"
    while address:
        soup = admin.soup(address)
        seen += [a.get_text() for a in soup.select(".lines .line-name a")]
        link = soup.select_one(".more a")
        address = str(link["href"]) if link else ""
    assert seen == [f"письмо {number}" for number in range(34, -1, -1)]
    assert subjects(admin, f"{LIST}?q=письмо&state=failed") == []


def test_pages_by_key(admin: Browser) -> None:
    for number in range(60):
        put(f"письмо {number}")
    first = subjects(admin, LIST)
    more = admin.soup(LIST).select_one(".more a")
    assert more is not None
    second = subjects(admin, str(more["href"]))
    assert len(first) == 50
    assert first + second == [f"письмо {number}" for number in range(59, -1, -1)]
    assert subjects(admin, f"{LIST}?before=x") == first
    assert subjects(admin, f"{LIST}?before=1") == []


def test_tried_again_once(admin: Browser, clock: Frozen) -> None:
    number = put("не ушло")
    with bus.unit_of_work():
        outbox.fail(number, "550")
    answer = admin.submit(f"{LIST}/{number}", "main form")
    assert answer.status_code == 303
    db.session.expire_all()
    assert db.session.get_one(OutboxItem, number).state == "queued"
    assert not admin.soup(f"{LIST}/{number}").select("main form")


def test_secrets_are_for_their_reader(
    client: Browser, app: Flask, anton: Staff, olga: Staff, masha: Staff
) -> None:
    with bus.unit_of_work():
        links.send_sign_in_link("anton@kurier.example")
    (item,) = db.session.query(OutboxItem).all()
    address, token = f"{LIST}/{item.id}", item.payload["text"].partition("/signin/l/")[2][:20]
    assert token in sign_in(client, anton).soup(address).get_text()
    soup = sign_in(client, olga).soup(address)
    assert token not in soup.get_text()
    keys = {"csrf_token": str(soup.select("[name=csrf_token]")[0]["value"]), "form_key": "x" * 20}
    assert client.post(f"{address}/retry", data=keys).status_code == 403
    assert sign_in(client, masha).get(address).status_code == 403
    assert client.get(LIST).status_code == 403


def test_heads_see_the_mail_of_their_directions(client: Browser, ivan: Client) -> None:
    with bus.unit_of_work():
        other = Direction(key="other", name_ru="Другое")
        db.session.add(other)
    head = hire("Олег", "oleg@kurier.example", role="supervisor", directions=[other])
    with bus.unit_of_work():
        main = db.session.query(Direction).filter_by(key="main").one()
        new = NewTicket("Тема", "Текст", direction_id=main.id)
        number = tickets.open_ticket(new, requester=ivan).number
    hidden = put("чужое", case=db.session.get_one(Case, number))
    sign_in(client, head)
    assert subjects(client, LIST) == []
    assert client.get(f"{LIST}/{hidden}").status_code == 404


def test_a_lost_mail_is_seen_on_the_ticket(client: Browser, masha: Staff, ivan: Client) -> None:
    with bus.unit_of_work():
        case = tickets.open_ticket(NewTicket("Тема", "Текст"), requester=ivan)
        tickets.reply(case, "Ответ", by=masha)
        number = case.number
    (item,) = db.session.query(OutboxItem).filter_by(template="answered").all()
    with bus.unit_of_work():
        outbox.fail(item.id, "550 нет такого ящика")
    sign_in(client, masha)
    page = client.soup(f"/agent/t/{number}")
    assert "Письмо на ivan@sevsklad.example не ушло." in page.get_text()
    assert "550 нет такого ящика" in client.soup(f"/agent/t/{number}?tab=history").get_text()
