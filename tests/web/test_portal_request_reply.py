"""What a client does on the page of a request: replies, solves, sends files."""

import io

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import settings, tickets
from desk.tickets import NewTicket
from models import (
    Attachment,
    Message,
    Participant,
    Staff,
    StatusCategory,
)
from tests.support.client import Client, filled, parsed
from tests.support.client_request import REPLY, _upload, case, link, step, to
from tests.support.people import sign_in


@pytest.fixture
def number(app: Flask, ivan: Participant) -> int:
    with bus.unit_of_work():
        new = NewTicket(subject="Смена адреса", text="Заказ уже едет", locale="ru")
        return tickets.open_ticket(new, requester=ivan).id


def test_client_replies_and_the_request_is_with_us_again(
    client: Client, number: int, masha: Staff
) -> None:
    to(number, StatusCategory.PENDING, masha)

    response = client.submit(link(number), REPLY, text="До 19:00")

    path, _, place = response.location.partition("#")
    page = client.soup(path)
    assert (response.status_code, path) == (303, link(number))
    assert page.select_one(f"#{place} .msg-text").get_text() == "До 19:00"
    assert step(client, link(number)) == "В работе"


@pytest.mark.parametrize("over", [StatusCategory.SOLVED, StatusCategory.CLOSED])
def test_reply_opens_again(client: Client, number: int, masha: Staff, over: StatusCategory) -> None:
    to(number, over, masha)
    assert (
        "обращение откроется снова"
        in client.soup(link(number)).select_one("#reply_label").get_text()
    )

    client.submit(link(number), REPLY, text="Опять то же")

    assert case(number).is_open
    assert "Обращение открыто снова" in client.soup(link(number)).get_text()


def test_what_was_opened_again_is_received_until_somebody_takes_it(
    client: Client, number: int, masha: Staff, sergey: Staff, clock: Frozen
) -> None:
    with bus.unit_of_work():
        settings.put("promise_minutes", 0)
    clock.advance(minutes=5)
    to(number, StatusCategory.SOLVED, masha)
    clock.advance(minutes=5)
    client.submit(link(number), REPLY, text="Опять то же")
    clock.advance(minutes=5)
    with bus.unit_of_work():
        tickets.assign(case(number), sergey, by=masha)
    page = client.soup(link(number))
    here = page.select_one('.path [aria-current="step"]')
    assert "Получено" in here.get_text()
    assert "снова открыто, 09:10" in here.get_text()
    assert "Снова открыто: ваше сообщение у нас." in page.select_one(".state").get_text()
    with bus.unit_of_work():
        tickets.assign(case(number), masha, by=masha)
    assert step(client, link(number)) == "В работе"


def test_a_colleague_who_opens_it_again_is_not_late_since_before(
    client: Client, number: int, masha: Staff, clock: Frozen
) -> None:
    to(number, StatusCategory.OPEN, masha)
    clock.advance(minutes=5)
    to(number, StatusCategory.SOLVED, masha)
    clock.advance(hours=3)
    to(number, StatusCategory.OPEN, masha)
    page = client.soup(link(number))
    path = page.select_one(".path").get_text(" ", strip=True)
    assert "снова открыто, 12:05" in path
    assert (
        "Маша, 12:05" in path
        or "12:05" in page.select_one('.path [aria-current="step"]').get_text()
    )
    assert "Ответим до 13:05 сегодня. Работаем" in page.select_one(".state").get_text()
    clock.advance(minutes=61)
    state = client.soup(link(number)).select_one(".state").get_text()
    assert "обещали ответить до 13:05 сегодня" in state


def test_client_says_that_it_is_solved(client: Client, number: int) -> None:
    client.submit(link(number), ".card-solve")

    assert case(number).category == "solved"
    said = client.soup(link(number)).select_one(".state").get_text()
    assert "Решено меньше чем за минуту." in said
    page = client.soup(link(number))
    assert "Вы отметили, что вопрос решён" in page.get_text()
    assert not page.select(".card-solve")


def test_double_reply_is_one_message(client: Client, number: int) -> None:
    fields = filled(client.soup(link(number)).select_one(REPLY)) | {"text": "До 19:00"}

    for _ in range(2):
        assert client.post(f"{link(number)}/reply", data=fields).status_code == 303

    assert db.session.query(Message).filter_by(case_id=number).count() == 2


@pytest.mark.parametrize("text", ["", "   ", "\0", "я" * 50_001])
def test_reply_that_cannot_be_taken_keeps_the_words(client: Client, number: int, text: str) -> None:
    form = client.soup(link(number)).select_one(REPLY)
    files = {"files": (io.BytesIO(b"x"), "photo.jpg")} if text.strip("\0 ") else {}

    response = client.post(f"{link(number)}/reply", data={**filled(form), "text": text, **files})

    page = parsed(response)
    assert response.status_code == 422
    assert page.title.get_text().startswith("Ошибка:")
    assert page.select_one("[data-error-summary] a")["href"] == "#text"
    assert ("photo.jpg" in page.select_one("[data-error-summary]").get_text()) == bool(files)
    assert page.select_one("#text").get_text().strip() == text.replace(
        "\0", "\ufffd"
    ).strip() or not text.strip("\0 ")


def test_markup_in_words_names_and_files_is_text(client: Client, number: int) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    form = client.soup(link(number)).select_one(REPLY)
    file = (io.BytesIO(b"<script>alert(3)</script>"), f"{evil}.html")
    client.post(f"{link(number)}/reply", data={**filled(form), "text": evil, "files": file})

    page = client.soup(link(number))

    assert evil in page.get_text()
    assert not page.select("main script, main img")


def test_addresses_in_words_are_links_that_tell_nothing(client: Client, number: int) -> None:
    client.submit(link(number), REPLY, text="см. https://example.com/?a=1&b=2")

    a = client.soup(link(number)).select(".msg-text a")[-1]

    assert a["href"] == "https://example.com/?a=1&b=2"
    assert {"nofollow", "noopener"} <= set(a["rel"])


def attached(number: int, name: str, kind: str) -> int:
    return next(
        file.id
        for file in db.session.query(Attachment).join(Message)
        if file.name == name and file.message.kind == kind and file.message.case_id == number
    )


def test_files_of_this_request_are_downloads(
    client: Client, number: int, ivan: Participant
) -> None:
    form = client.soup(link(number)).select_one(REPLY)
    file = (io.BytesIO(b"<script>alert(1)</script>"), "отчёт «1».html")
    client.post(f"{link(number)}/reply", data={**filled(form), "text": "вот", "files": file})

    href = client.soup(link(number)).select_one(".file-n")["href"]
    sign_in(client, ivan)
    mine = client.soup(f"/me/requests/{number}").select_one(".file-n")["href"]

    for path in (href, mine):
        sent = client.get(path)
        assert sent.status_code == 200
        assert sent.get_data() == b"<script>alert(1)</script>"
        assert sent.headers["Content-Disposition"].startswith("attachment;")
        names = sent.headers["Content-Disposition"]
        assert "filename*=UTF-8''%D0%BE" in names
        assert "filename=" in names
        assert "filename=.html" not in names
        assert sent.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in sent.headers["Content-Security-Policy"]
        assert sent.headers["Cache-Control"] == "private, no-store"
        sent.close()


def test_other_files_are_not_there(
    client: Client, number: int, ivan: Participant, masha: Staff
) -> None:
    with bus.unit_of_work():
        who = db.session.get_one(Staff, masha.id)
        tickets.add_note(
            case(number), "x", by=who, uploads=[_upload(client.application, "note.txt")]
        )
        other = tickets.open_ticket(
            NewTicket(subject="Другое", text="x"),
            requester=who,
            uploads=[_upload(client.application, "other.txt")],
        ).id
    sign_in(client, ivan)

    for file in (
        attached(number, "note.txt", "note"),
        attached(other, "other.txt", "public"),
        10**6,
        10**30,
    ):
        assert client.get(f"{link(number)}/files/{file}").status_code == 404
        assert client.get(f"/me/files/{file}").status_code == 404
