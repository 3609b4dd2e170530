"""Writing to us: the form, what it refuses, the ticket that comes of it, suggestions meanwhile."""

import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from core.db import db
from models import (
    Attachment,
    Deflection,
    Message,
    Participant,
)
from tests.support.client import Client, filled, parsed
from tests.support.contact import FORM, GOOD, cases, write
from tests.support.faq import answer
from tests.support.people import sign_in


def test_request_becomes_a_ticket_with_its_client(client: Client) -> None:
    response = write(client)

    (case,) = cases()
    assert response.status_code == 303
    assert response.location.startswith("/ru/contact/sent/")
    assert (case.number, case.subject, case.channel, case.locale) == (1001, "Адрес", "portal", "ru")
    assert (case.requester.name, case.requester.email) == ("Иван", "ivan@example.ru")
    (message,) = db.session.scalars(select(Message))
    assert (message.text, message.kind, message.inbound) == ("Заказ уже едет", "public", True)


def test_request_in_english_is_kept_as_such(client: Client) -> None:
    write(client, "/en/contact")

    assert cases()[0].locale == "en"
    assert cases()[0].requester.locale == "en"


def test_empty_form_says_what_is_missing_and_keeps_the_rest(client: Client) -> None:
    response = client.submit("/ru/contact", FORM, person="Иван", text="Заказ едет")
    page = parsed(response)

    assert response.status_code == 422
    assert page.title.get_text().startswith("Ошибка: Написать нам")
    summary = page.select_one("[data-error-summary]")
    assert "Проверьте 2 поля" in summary.get_text()
    assert [a["href"] for a in summary.select("a")] == ["#email", "#subject"]
    assert all(page.select_one(a["href"]) for a in summary.select("a"))
    assert page.select_one("#text").get_text().strip() == "Заказ едет"
    assert page.select_one("#person")["value"] == "Иван"
    assert page.select_one("#email")["aria-invalid"] == "true"
    assert page.select_one("#email-error").get_text().endswith("ivan@example.ru.")
    assert cases() == []


def test_files_come_along_and_are_named_when_the_form_comes_back(client: Client) -> None:
    form = client.soup("/ru/contact").select_one(FORM)
    photo = (io.BytesIO(b"picture"), "../фото упаковки.jpg")

    refused = client.post("/ru/contact", data={**filled(form), "files": photo})
    assert refused.status_code == 422
    assert "фото упаковки.jpg" in refused.get_data(as_text=True)

    photo = (io.BytesIO(b"picture"), "../фото упаковки.jpg")
    form = client.soup("/ru/contact").select_one(FORM)
    sent = client.post("/ru/contact", data={**filled(form), **GOOD, "files": photo})
    assert sent.status_code == 303
    (file,) = db.session.scalars(select(Attachment))
    assert (file.name, file.size) == ("фото упаковки.jpg", 7)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([(b"", "empty.txt")], "empty.txt"),
        ([(b"x", f"{n}.txt") for n in range(11)], "10"),
        ([(b"x" * 1001, "large.bin")], "large.bin"),
    ],
)
def test_files_that_cannot_be_taken(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    files: list[tuple[bytes, str]],
    says: str,
) -> None:
    config = client.application.config
    monkeypatch.setitem(config, "LINIYA", replace(config["LINIYA"], max_attachment_bytes=1000))
    form = client.soup("/ru/contact").select_one(FORM)
    given = [(io.BytesIO(content), name) for content, name in files]

    response = client.post("/ru/contact", data={**filled(form), **GOOD, "files": given})

    assert response.status_code == 422
    assert says in parsed(response).select_one("[data-error-summary]").get_text()
    assert "Заказ уже едет" in response.get_data(as_text=True)
    assert cases() == []


def test_signed_in_client_is_not_asked_who_it_is(client: Client, ivan: Participant) -> None:
    sign_in(client, ivan)
    form = client.soup("/ru/contact").select_one(FORM)
    assert not form.select("#email, #person")
    assert "Ответ придёт на ivan@sevsklad.example" in form.get_text()

    fields = filled(form) | {"subject": "Адрес", "text": "Едет", "email": "galina@other.example"}
    client.post("/ru/contact", data=fields)

    assert cases()[0].requester_id == ivan.id


def test_known_address_does_not_tell_its_name(client: Client, ivan: Participant) -> None:
    path = write(client, email="ivan@sevsklad.example", person="").location

    assert cases()[0].requester_id == ivan.id
    link = client.soup(path).select_one(".row .btn-primary")["href"]
    for page in (path, link):
        assert "Петров" not in client.get(page).get_data(as_text=True)


def test_suggestions_come_while_writing_and_are_hidden_when_there_are_none(client: Client) -> None:
    number = answer("Лицензия не активируется")

    found = client.get(
        "/ru/contact/suggest?subject=не активируется лицензия", headers={"HX-Request": "true"}
    )
    nothing = client.get("/ru/contact/suggest?subject=", headers={"HX-Request": "true"})

    link = parsed(found).select_one("#suggestions a")
    assert (link["href"], link["target"]) == (f"/ru/a/{number}-otvet", "_blank")
    assert parsed(nothing).select_one("#suggestions").has_attr("hidden")
    assert client.soup("/ru/contact/suggest?subject=лицензия").h1


def test_this_helped_is_counted_and_makes_no_ticket(client: Client) -> None:
    number = answer("Лицензия не активируется")

    response = client.submit("/ru/contact?subject=не активируется лицензия", ".sugg-ok")

    assert response.location == "/ru/contact/helped"
    assert "Хорошо, что ответ нашёлся" in client.soup(response.location).get_text()
    (row,) = db.session.scalars(select(Deflection))
    assert (row.query, row.articles) == ("не активируется лицензия", [number])
    assert cases() == []


def test_pages_about_one_person_are_kept_by_nobody(client: Client) -> None:
    path = write(client).location

    headers = client.get(path).headers

    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"


def test_the_empty_form_is_nobodys_and_may_be_gone_back_to(
    client: Client, ivan: Participant
) -> None:
    assert client.get("/ru/contact").headers["Cache-Control"] == "private, no-cache"
    sign_in(client, ivan)
    assert client.get("/ru/contact").headers["Cache-Control"] == "private, no-store"
