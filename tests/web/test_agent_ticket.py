"""The ticket over HTTP: reading it, answering, changing it, and who may not."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from core import bus
from core.clock import Frozen
from core.db import db
from desk import tickets
from desk.catalog import catalog
from models import Case, Client, EventRecord, Staff, StatusCategory, Ticket
from tests.support.agent_ticket import REPLY, case, form_with, url
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.tickets import opened


@pytest.fixture
def ticket(ivan: Client) -> Ticket:
    return opened(ivan)


@pytest.fixture
def desk(client: Browser, masha: Staff) -> Browser:
    return sign_in(client, masha)


def change(client: Browser, ticket: Ticket, name: str, value: object, tab: str = "") -> Any:
    page = client.soup(url(ticket, f"?tab={tab}" if tab else ""))
    return client.send(form_with(page, name), url(ticket), **{name: str(value)})


def test_the_page_shows_the_conversation(desk: Browser, ticket: Ticket, masha: Staff) -> None:
    with bus.unit_of_work():
        tickets.add_note(case(ticket), "Прошивка 4.18.2", by=masha)
        tickets.reply(case(ticket), "Смотрю.\n\nПодождите <b>час</b>", by=masha)
        tickets.pass_to_line(case(ticket), 2, reason="нужен техник", by=masha)
    page = desk.soup(url(ticket))
    kinds = [message["class"] for message in page.select("article.msg")]
    assert kinds == [["msg"], ["msg", "msg-note"], ["msg", "msg-agent"]]
    assert "клиент не видит" in page.select_one(".msg-note").get_text()
    answer = page.select(".msg-agent .msg-body p")
    assert [each.get_text() for each in answer] == ["Смотрю.", "Подождите <b>час</b>"]
    assert "нужен техник" in page.select_one("details.sys").get_text()
    assert len(page.select("h1")) == 1
    assert page.select_one("title").get_text().strip().startswith(f"{ticket.id} ")


def test_each_field_is_changed_by_its_form(
    desk: Browser, ticket: Ticket, masha: Staff, sergey: Staff
) -> None:
    with bus.unit_of_work(writes=False):
        waiting = catalog().first_status(StatusCategory.PENDING).id
        repair = catalog().by_key("types", "repair").id
        team = catalog().by_key("groups", "repair").id
    assert change(desk, ticket, "status", waiting).status_code == 303
    change(desk, ticket, "group", team)
    change(desk, ticket, "assignee", sergey.id)
    change(desk, ticket, "priority", 3)
    change(desk, ticket, "type", repair, tab="fields")
    change(desk, ticket, "subject", "Касса 3: нет чека")
    change(desk, ticket, "add_tag", "Ремонт, касса")
    now = case(ticket)
    assert (now.status_id, now.group_id, now.assignee_id) == (waiting, team, sergey.id)
    assert (now.priority, now.type_id, now.subject) == (3, repair, "Касса 3: нет чека")
    assert sorted(now.tag_names) == ["касса", "ремонт"]
    change(desk, ticket, "remove_tag", "касса", tab="fields")
    assert case(ticket).tag_names == ["ремонт"]
    page = desk.soup(url(ticket))
    page_mine = desk.send(
        form_with(page, "assignee", masha.id), url(ticket), assignee=str(masha.id)
    )
    assert page_mine.status_code == 303
    assert case(ticket).assignee_id == masha.id


def test_passing_on_needs_a_reason(desk: Browser, ticket: Ticket, masha: Staff) -> None:
    page = desk.soup(url(ticket))
    refused = desk.send(form_with(page, "line", 2), url(ticket), line="2", reason=" ")
    assert refused.status_code == 422
    assert parsed(refused).select_one("[data-error-summary]")
    assert case(ticket).line == 1
    desk.send(form_with(page, "line", 2), url(ticket), line="2", reason="Нужен техник")
    assert case(ticket).line == 2
    assert "Нужен техник" in desk.soup(url(ticket, "?tab=history")).select_one(".hist").get_text()


def test_a_ticket_passed_on_goes_to_the_group_of_that_line(
    desk: Browser, ticket: Ticket, sergey: Staff
) -> None:
    with bus.unit_of_work():
        first, team = (catalog().by_key("groups", key) for key in ("first", "repair"))
        tickets.assign_group(case(ticket), first, by=sergey)
    page = desk.soup(url(ticket))
    desk.send(form_with(page, "line", 2), url(ticket), line="2", reason="Нужен техник")
    assert case(ticket).group_id == team.id
    told = desk.soup(url(ticket, "?tab=history")).select_one(".hist").get_text(" ", strip=True)
    assert "Первая линия → Ремонт, вместе с линией" in told


@pytest.mark.parametrize(
    ("form", "name", "value"),
    [
        ("status", "status", "99999"),
        ("status", "status", "x"),
        ("assign", "assignee", "99999"),
        ("assign", "group", "-1"),
        ("fields", "priority", "9"),
        ("fields", "type", "1e3"),
        ("fields", "direction", "777"),
        ("subject", "subject", ""),
        ("subject", "subject", "я" * 251),
        ("tags", "add_tag", "ю" * 65),
        ("line", "line", "0"),
    ],
)
def test_values_that_do_not_exist_are_refused(
    desk: Browser, ticket: Ticket, form: str, name: str, value: str
) -> None:
    before = desk.soup(url(ticket))
    key = before.select_one('[name="form_key"]')["value"]
    data = {"form_key": key, name: value, "reason": "так", **_csrf(before)}
    refused = desk.post(url(ticket, f"/{form}"), data=data)
    assert refused.status_code == 422
    assert case(ticket).version == ticket.version


def _csrf(page: BeautifulSoup) -> dict[str, str]:
    return {"csrf_token": page.select_one("meta[name=csrf]")["content"]}


def test_files_are_downloads_for_those_who_may(
    desk: Browser, client: Browser, ticket: Ticket, ivan: Client, masha: Staff
) -> None:
    picture = (io.BytesIO(b"<script>alert(1)</script>"), "../x\u202efdp.html")
    form = desk.soup(url(ticket)).select_one(REPLY)
    data = {**filled(form), "text": "Инструкция", "files": picture}
    assert desk.post(form["action"], data=data).status_code == 303
    href = desk.soup(url(ticket)).select_one("a.file")["href"]
    got = desk.get(href)
    assert got.data == b"<script>alert(1)</script>"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.mimetype == "application/octet-stream"
    got.close()
    assert desk.get("/agent/files/999999").status_code == 404
    assert sign_in(client, ivan).get(href).status_code == 403


def test_a_client_can_do_nothing_here(client: Browser, ivan: Client, ticket: Ticket) -> None:
    sign_in(client, ivan)
    for path in ("", "/draft", "/reply", "/note", "/status"):
        assert client.get(url(ticket, path)).status_code in (403, 404, 405)
    assert client.get("/agent/stream").status_code == 403
    assert client.get("/agent/poll?after=0").status_code == 403
    assert client.get("/agent/palette?q=1").status_code == 403


def test_long_conversations_turn_back_page_by_page(
    desk: Browser, ticket: Ticket, ivan: Client, clock: Frozen
) -> None:
    with bus.unit_of_work():
        for n in range(119):
            clock.advance(minutes=1)
            tickets.client_reply(case(ticket), f"Слово {n}", by=ivan)
    page, seen = desk.soup(url(ticket)), 0
    while True:
        seen += len(page.select("#thread article.msg"))
        earlier = page.select_one("#earlier a")
        if earlier is None:
            break
        piece = desk.get(earlier["href"], headers={"HX-Request": "true", "HX-Target": "earlier"})
        assert "<html" not in piece.get_data(as_text=True)
        assert parsed(piece).select("article.msg")
        page = desk.soup(earlier["href"])
    assert seen == 120


def test_history_names_who_and_what(desk: Browser, ticket: Ticket, masha: Staff) -> None:
    with bus.unit_of_work():
        tickets.change_status(case(ticket), catalog().first_status("open").id, by=masha)
    lines = [
        " ".join(line.get_text(" ").split())
        for line in desk.soup(url(ticket, "?tab=history")).select(".hist li")
    ]
    assert lines[0].endswith("Маша Статус: Новое → В работе")
    assert "Иван Петров" in lines[-1]


def test_a_ticket_made_by_hand(desk: Browser, masha: Staff) -> None:
    refused = desk.submit("/agent/new", "main form.stack", email="не почта", subject="", text="")
    assert refused.status_code == 422
    assert parsed(refused).select_one("[data-error-summary]")
    made = desk.submit(
        "/agent/new",
        "main form.stack",
        email="anna@rogalik.example",
        name="Анна Ким",
        subject="Звонок",
        text="Просит перезвонить",
    )
    assert made.status_code == 303
    page = desk.soup(made.location)
    assert "Анна Ким" in page.select_one("#side").get_text()
    new = db.session.scalars(select(Case)).one()
    assert (new.channel, new.assignee_id, new.requester.name) == ("staff", masha.id, "Анна Ким")


def test_pieces_for_htmx(desk: Browser, ticket: Ticket) -> None:
    wanted = {
        "ticket": {"ticket", "side", f"row-{ticket.id}"},
        "composer": {"composer", "heading", "thread", "side", f"row-{ticket.id}"},
        "thread": {"thread", "heading"},
        "side": {"side"},
        "list": {"list"},
    }
    for target, ids in wanted.items():
        answer = desk.get(
            url(ticket, "?view=all"), headers={"HX-Request": "true", "HX-Target": target}
        )
        top = [one for one in parsed(answer).find_all(recursive=False) if one.name]
        assert {one["id"] for one in top} == ids
        assert {one["id"] for one in top[1:]} == {
            one["id"] for one in top if one.has_attr("hx-swap-oob")
        }


NOTHING_SAID = (
    ("status", {}),
    ("status", {"status": ""}),
    ("assign", {}),
    ("fields", {}),
    ("subject", {"subject": " "}),
    ("tags", {"add_tag": ""}),
    ("tags", {"add_tag": " , #"}),
    ("tags", {"remove_tag": ""}),
    ("line", {"line": "2"}),
    ("reply", {"text": "Едем", "then": "fly"}),
)


UNKNOWN = [
    (form, {name: value})
    for form, name in (
        ("status", "status"),
        ("assign", "assignee"),
        ("assign", "group"),
        ("fields", "priority"),
        ("fields", "type"),
        ("fields", "topic"),
        ("fields", "direction"),
    )
    for value in ("0", "999", "-1", "1e9", "x", "9" * 30, "٣")
] + [("line", {"line": value, "reason": "Так надо"}) for value in ("", "0", "999", "x", "9" * 30)]


def test_forms_that_say_nothing_or_what_is_not_there(desk: Browser, ticket: Ticket) -> None:
    """422 with words on the page, and to a live page; nothing is changed."""
    form = filled(desk.soup(url(ticket)).select_one(REPLY))
    kept = {"csrf_token": form["csrf_token"], "seen": "999999999"}
    before = db.session.scalars(select(EventRecord.id)).all()
    for number, (name, said_so) in enumerate([*NOTHING_SAID, *UNKNOWN]):
        for live in (False, True):
            data = {**kept, **said_so, "form_key": f"{number:012}{live}"}
            headers = {"HX-Request": "true"} if live else {}
            answer = desk.post(url(ticket, f"/{name}"), data=data, headers=headers)
            assert answer.status_code == 422, (name, said_so, live)
            assert live or parsed(answer).select("[role=alert], .error, .toast"), (name, said_so)
    assert db.session.scalars(select(EventRecord.id)).all() == before


@pytest.mark.parametrize("name", ["direction", "type"])
def test_a_new_ticket_of_an_unknown_kind(desk: Browser, name: str) -> None:
    form = filled(desk.soup("/agent/new").select_one("form[action$='/agent/new']"))
    given = {"email": "ivan@example.ru", "subject": "Адрес", "text": "Заказ уже едет"}
    for value in ("999", "x", "-1", "9" * 30):
        data = {**form, **given, name: value, "form_key": f"key-{value:0>40}"}
        assert desk.post("/agent/new", data=data).status_code == 422, value
    assert db.session.scalars(select(Case)).all() == []
