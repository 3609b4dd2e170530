"""Writing to us: the form, what it refuses, the ticket that comes of it, suggestions meanwhile."""

import io
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from core import bus
from core.clock import Frozen
from core.db import db
from desk import catalog, promises
from desk.catalog import catalog as known
from models import (
    Attachment,
    Case,
    Counter,
    CustomField,
    Deflection,
    Direction,
    Message,
    OutboxItem,
    Participant,
    Staff,
)
from tests.support.client import Client, filled, parsed
from tests.support.counters import given_counter
from tests.support.faq import answer
from tests.support.people import sign_in

MOSCOW = ZoneInfo("Europe/Moscow")
FORM = "form.form"
NAUGHTY = Path(__file__).parents[3] / "shared/data/reliability/naughty/blns.json"
GOOD = {"email": "ivan@example.ru", "person": "Иван", "subject": "Адрес", "text": "Заказ уже едет"}


@pytest.fixture
def mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    known = replace(app.config["LINIYA"], smtp_url="smtp://mail.example")
    monkeypatch.setitem(app.config, "LINIYA", known)


def write(client: Client, page: str = "/ru/contact", **fields: object) -> TestResponse:
    return client.submit(page, FORM, **{**GOOD, **fields})


def cases() -> list[Case]:
    return list(db.session.scalars(select(Case).order_by(Case.id)))


@pytest.fixture
def two_directions(app: Flask) -> tuple[int, int]:
    with bus.unit_of_work():
        second = Direction(key="app", name_ru="Приложение", name_en="App", position=5)
        db.session.add(second)
        catalog.changed()
        db.session.flush()
        first = known().by_key("directions", "main").id
        return first, second.id


def ask(**given: object) -> int:
    with bus.unit_of_work():
        row = CustomField(**{"on_form": True, "name_en": "", **given})
        db.session.add(row)
        catalog.changed()
        db.session.flush()
        return row.id


def test_request_becomes_a_ticket_with_its_client(client: Client) -> None:
    response = write(client)

    (case,) = cases()
    assert response.status_code == 303
    assert response.location.startswith("/ru/contact/sent/")
    assert (case.number, case.subject, case.channel, case.locale) == (1001, "Адрес", "portal", "ru")
    assert (case.requester.name, case.requester.email) == ("Иван", "ivan@example.ru")
    (message,) = db.session.scalars(select(Message))
    assert (message.text, message.kind, message.inbound) == ("Заказ уже едет", "public", True)


@pytest.mark.parametrize(("language", "said"), [("ru", "необязательно"), ("en", "optional")])
def test_what_may_stay_empty_is_called_optional(client: Client, language: str, said: str) -> None:
    marks = client.soup(f"/{language}/contact").select(".label .opt")
    assert {mark.get_text() for mark in marks} == {said}


def test_request_in_english_is_kept_as_such(client: Client) -> None:
    write(client, "/en/contact")

    assert cases()[0].locale == "en"
    assert cases()[0].requester.locale == "en"


def test_confirmation_has_number_promise_and_link_and_survives_reload(
    client: Client, app: Flask
) -> None:
    path = write(client).location

    for browser in (client, client, Client(app)):
        page = browser.soup(path)
        assert page.h1.get_text() == "Получили. Ответим до 10:00 сегодня"
        assert "Обращение № 1001" in page.get_text()
        link = page.select_one(".row .btn-primary")["href"]
        assert link.startswith("/r/")
        assert browser.get(link).status_code == 200


def test_confirmation_says_where_a_copy_goes_only_when_one_does(
    client: Client, mail_server: None
) -> None:
    path = write(client).location
    said = client.soup(path).get_text()
    assert "Отправляем копию на ivan@example.ru" in said
    assert "Ответ придёт на почту" in said

    with bus.unit_of_work():
        db.session.execute(delete(OutboxItem))
    assert "копию" not in client.soup(path).get_text()


def test_no_mail_is_promised_without_a_mail_server(client: Client) -> None:
    form = client.soup("/ru/contact").select_one("#promise").get_text()
    sent = client.soup(write(client).location).get_text()
    assert "Ответим" in form
    assert "Ответ появится" in sent
    assert not [text for text in (form, sent) if "опи" in text or "почту" in text]


def test_forged_confirmation_is_not_there(client: Client) -> None:
    path = write(client).location

    assert client.get(path[:-3] + "abc").status_code == 404
    assert client.get("/ru/contact/sent/zzz").status_code == 404


@pytest.mark.parametrize(
    ("at", "promised"),
    [
        (datetime(2026, 3, 2, 10, 5, tzinfo=MOSCOW), "11:05 сегодня"),
        (datetime(2026, 3, 2, 17, 55, tzinfo=MOSCOW), "09:55 завтра"),
        (
            datetime(2026, 3, 6, 17, 55, tzinfo=MOSCOW),
            "09:55 во вторник, 10 марта",
        ),  # Monday makes up for the 8th
        (datetime(2026, 3, 13, 17, 55, tzinfo=MOSCOW), "09:55 в понедельник, 16 марта"),
        (datetime(2026, 3, 14, 12, 0, tzinfo=MOSCOW), "10:00 в понедельник, 16 марта"),
    ],
)
def test_promise_is_made_by_the_calendar(
    client: Client, clock: Frozen, at: datetime, promised: str
) -> None:
    clock.set(at)

    assert f"Ответим до {promised}." in client.soup("/ru/contact").select_one(".promise").get_text()


def test_the_promise_is_the_counters_own_for_its_kind_of_request(
    client: Client, anton: Staff, clock: Frozen
) -> None:
    """Said on the form as the kind is chosen, in the mail, on the page: one moment everywhere."""
    with bus.unit_of_work():
        slow = known().by_key("types", "repair").id
    only = {"all": [{"field": "type", "op": "any_of", "value": [slow]}]}
    given_counter("Ремонт", anton, limit=180, conditions=only)

    form = client.soup("/ru/contact")
    asked = form.select_one("#type")
    piece = client.get(f"{asked['hx-get']}?type={slow}", headers={"HX-Request": "true"}).text
    write(client, type=str(slow))
    case, counter = cases()[0], db.session.query(Counter).one()
    with bus.unit_of_work(writes=False):
        promised = promises.answer_to(case)
    mail = db.session.scalars(select(OutboxItem).where(OutboxItem.case_id == case.id)).first()

    assert "Ответим до 10:00 сегодня" in form.select_one("#promise").get_text()
    assert 'id="promise" hx-swap-oob="true"' in piece
    assert "Ответим до 12:00 сегодня" in piece
    assert promised == counter.limit_at
    assert "12:00 сегодня" in str(mail.payload)


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


def test_double_click_makes_one_ticket(client: Client) -> None:
    form = client.soup("/ru/contact").select_one(FORM)
    fields = {**filled(form), **GOOD}

    first = client.post("/ru/contact", data=fields)
    second = client.post("/ru/contact", data=fields)

    assert (second.status_code, second.location) == (303, first.location)
    assert len(cases()) == 1


def test_refused_form_may_be_sent_again_with_its_key(client: Client) -> None:
    form = client.soup("/ru/contact").select_one(FORM)
    fields = filled(form)

    assert client.post("/ru/contact", data={**fields, **GOOD, "text": ""}).status_code == 422
    assert client.post("/ru/contact", data={**fields, **GOOD}).status_code == 303
    assert len(cases()) == 1


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


def test_direction_is_asked_when_there_is_a_choice(
    client: Client, two_directions: tuple[int, int]
) -> None:
    refused = write(client)
    assert refused.status_code == 422
    assert "Выберите, о чём вопрос." in refused.get_data(as_text=True)

    write(client, direction=str(two_directions[1]))
    assert cases()[0].direction_id == two_directions[1]


def test_only_direction_is_taken_without_asking(client: Client) -> None:
    write(client)

    assert cases()[0].direction.key == "main"


@pytest.mark.parametrize("value", ["999", "x", "-1", "1e9", "9" * 40])
def test_unknown_direction_or_type_is_refused(
    client: Client, two_directions: tuple[int, int], value: str
) -> None:
    form = client.soup("/ru/contact").select_one(FORM)
    fields = {**filled(form), **GOOD}

    bad_direction = client.post("/ru/contact", data={**fields, "direction": value})
    bad_type = client.post(
        "/ru/contact", data={**fields, "direction": str(two_directions[0]), "type": value}
    )

    assert bad_direction.status_code == 422
    assert bad_type.status_code == 422
    assert parsed(bad_type).select_one("#type-error")
    assert cases() == []


def test_errors_are_listed_as_the_fields_stand(
    client: Client, two_directions: tuple[int, int]
) -> None:
    ask(key="order", kind="number", name_ru="Номер заказа", name_en="Order number", required=True)
    page = parsed(client.submit("/ru/contact", FORM, person="и" * 200))

    listed = [link["href"].removeprefix("#") for link in page.select("[data-error-summary] a")]
    standing = [field["id"] for field in page.select(".form [id]") if field["id"] in listed]

    assert len(listed) == 6
    assert listed == standing


def test_own_questions_of_the_company(client: Client, two_directions: tuple[int, int]) -> None:
    first, second = two_directions
    order = ask(key="order", name_ru="Номер заказа", kind="text")
    seats = ask(key="seats", name_ru="Мест", kind="number", direction_id=second)
    model = ask(
        key="model",
        name_ru="Модель",
        kind="choice",
        choices=["А", "Б"],
        direction_id=second,
        required=True,
    )
    day = ask(key="day", name_ru="День", kind="date", direction_id=second)
    ask(key="secret", name_ru="Внутреннее поле", kind="text", on_form=False)

    assert "Внутреннее поле" not in client.get("/ru/contact").get_data(as_text=True)
    assert not client.soup(f"/ru/contact?direction={first}").select(f"#field_{model}")
    page = f"/ru/contact?direction={second}"
    refused = write(client, page)
    assert "Заполните «Модель»." in refused.get_data(as_text=True)
    bad = write(
        client, page, **{f"field_{model}": "В", f"field_{seats}": "nan", f"field_{day}": "32"}
    )
    assert len(parsed(bad).select("[data-error-summary] a")) == 3

    sent = write(
        client,
        page,
        **{
            f"field_{order}": " 58-2041 ",
            f"field_{model}": "Б",
            f"field_{seats}": "2,5",
            f"field_{day}": "2026-03-05",
        },
    )
    assert sent.status_code == 303
    assert cases()[0].fields == {
        "order": "58-2041",
        "model": "Б",
        "seats": 2.5,
        "day": "2026-03-05",
    }


def test_questions_change_with_the_direction(
    client: Client, two_directions: tuple[int, int]
) -> None:
    model = ask(key="model", name_ru="Модель", kind="text", direction_id=two_directions[1])

    piece = client.get(f"/ru/contact?direction={two_directions[1]}", headers={"HX-Request": "true"})

    assert parsed(piece).select_one(f"#custom_fields #field_{model}")
    assert "<html" not in piece.get_data(as_text=True)


def test_trap_is_shown_to_whoever_stepped_into_it(client: Client) -> None:
    response = write(client, website="http://spam.example")

    assert response.status_code == 422
    assert not parsed(response).select(".trap")
    assert cases() == []


def test_nobody_floods_an_address(client: Client, clock: Frozen) -> None:
    for number in range(10):
        assert write(client, subject=f"Вопрос {number}").status_code == 303

    stopped = write(client)
    assert stopped.status_code == 429
    assert "Заказ уже едет" in stopped.get_data(as_text=True)
    assert write(client, email="other@example.ru").status_code == 303
    clock.advance(minutes=11)
    assert write(client).status_code == 303


@pytest.mark.parametrize("field", ["email", "person", "subject", "text"])
@pytest.mark.parametrize("length", [0, 251, 60_000])
def test_empty_and_too_long(client: Client, field: str, length: int) -> None:
    response = write(client, **{field: "я" * length})

    fits = {"person": length == 0, "text": length == 251}.get(field, False)
    assert response.status_code == (303 if fits else 422)


def test_naughty_strings_are_taken_or_refused_never_run(client: Client) -> None:
    """Each of a whole list in each field; the page that comes of it never has them as markup."""
    form = client.soup("/ru/contact").select_one(FORM)
    hidden = filled(form)
    for number, text in enumerate(json.loads(NAUGHTY.read_text())[::4]):
        fields = {
            **hidden,
            "form_key": f"key-of-this-form-{number}",
            "email": f"n{number}@example.ru",
        }
        data = {**fields, "person": text, "subject": text, "text": text}
        response = client.post(
            "/ru/contact", data=data, environ_base={"REMOTE_ADDR": f"10.0.{number % 250}.1"}
        )
        assert response.status_code in (303, 422), text
        shown = response if response.status_code == 422 else client.get(response.location)
        if response.status_code == 303:
            link = parsed(shown).select_one(".row .btn-primary")["href"]
            shown = client.get(str(link))
        page = parsed(shown)
        assert shown.status_code in (200, 422)
        assert not page.select("main script, main img, main iframe, main [onerror], main [onclick]")


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
