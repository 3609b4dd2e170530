"""A form whose key has grown old: what was written is not lost, nothing is sent for others."""

from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from core import bus, i18n
from core.db import db
from desk import people, tickets
from desk.tickets import NewTicket
from models import Case, Client, Draft, Message, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.counters import given_counter
from tests.support.people import sign_in
from tests.support.rules import do, given

TEXT = "Третий день жду посылку.\nПодскажите, где она?"
NOTE = do("add_note", text="Пора")
FORM = "form[action^='/ru/contact'][method=post]"


def stale(client: Browser, **headers: str):  # type: ignore[no-untyped-def]
    form = {"email": "nina@orlova.example", "subject": "Где посылка", "text": TEXT}
    return client.post("/ru/contact", data={**form, "csrf_token": "old"}, headers=headers)


def test_text_is_on_the_page_and_goes_through(client: Browser, app: Flask) -> None:
    answer = stale(client)
    assert answer.status_code == 419
    form = parsed(answer).select_one(FORM)
    assert form is not None
    assert form.select_one("textarea").get_text().strip() == TEXT  # type: ignore[union-attr]
    assert client.send(form, "/ru/contact").status_code == 303
    assert db.session.query(Case).one().subject == "Где посылка"


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_it_is_refused_in_the_language_of_who_sent_it(
    client: Browser, app: Flask, lang: str
) -> None:
    """Not in that of the request before, which the same thread has served."""
    form = {"csrf_token": "old", "text": TEXT}
    i18n.set_locale("en" if lang == "ru" else "ru")
    answer = client.post("/me/requests/1001/reply", data=form, headers={"Accept-Language": lang})
    assert answer.status_code == 419
    assert parsed(answer).html["lang"] == lang  # type: ignore[index]


def test_what_another_site_sent_is_not_offered(client: Browser, app: Flask) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = stale(client, **headers)
        assert answer.status_code == 419
        assert TEXT.split("\n")[0] not in answer.get_data(as_text=True)


def test_numbers_that_no_id_can_be(client: Browser, app: Flask, ivan: Client) -> None:
    huge = "9" * 30
    sign_in(client, ivan)
    for address in (f"/ru/a/{huge}", f"/me/requests/{huge}", f"/me/files/{huge}"):
        assert client.get(address).status_code == 404


def test_what_staff_wrote_goes_through_a_sign_in(
    client: Browser, app: Flask, anton: Staff, ivan: Client
) -> None:
    with bus.unit_of_work():
        case = tickets.open_ticket(NewTicket("Где посылка", TEXT), requester=ivan)
        people.set_password(anton, "correct horse battery")
    shown, address = f"/agent/t/{case.id}", f"/agent/t/{case.id}/reply"
    sign_in(client, anton)
    written = {**filled(client.soup(shown).select_one("#reply-form")), "text": TEXT}
    client.delete_cookie("liniya")
    gate = client.post(address, data=written, headers={"Referer": f"http://localhost{shown}"})
    assert gate.status_code == 419
    page = parsed(gate)
    assert page.select("body.plain")
    assert page.select_one("textarea[readonly]").get_text() == TEXT  # type: ignore[union-attr]
    form = page.select_one("form[action='/signin']")
    assert form is not None
    entries = {"email": anton.email, "password": "wrong"}
    again = client.send(form, address, **entries)  # the wrong password loses nothing
    assert again.status_code == 422
    assert parsed(again).select("body.plain")
    form = parsed(again).select_one("form[action='/signin']")
    assert form is not None
    offered = client.send(form, address, email=anton.email, password="correct horse battery")
    assert offered.status_code == 200
    form = parsed(offered).select_one(f"form[action='{address}']")
    assert form is not None
    assert form.select_one("textarea").get_text().strip() == TEXT  # type: ignore[union-attr]
    assert client.send(form, address).status_code == 303
    assert db.session.query(Message).order_by(Message.id).all()[-1].text == TEXT


@pytest.mark.parametrize(
    "forged",
    ["", "{}", "[1, 2]", '["//evil.example", [], false]', '["/x", [["a"]], false]', "[" * 5000],
)
def test_a_forged_one_is_nothing(client: Browser, app: Flask, anton: Staff, forged: str) -> None:
    with bus.unit_of_work():
        people.set_password(anton, "correct horse battery")
    form = parsed(client.get("/signin")).select_one("form[action='/signin']")
    assert form is not None
    entries = {"email": anton.email, "password": "correct horse battery", "unsent": forged}
    answer = client.post("/signin", data={**filled(form), **entries})
    assert answer.headers["Location"] == "/agent/"


def test_another_text_under_the_same_key_is_kept(client: Browser, app: Flask) -> None:
    form = client.soup("/ru/contact").select_one(FORM)
    entries = {"email": "nina@orlova.example", "subject": "Где посылка", "text": TEXT}
    sent = client.send(form, "/ru/contact", **entries)
    assert client.send(form, "/ru/contact", **entries).location == sent.location
    other = client.send(form, "/ru/contact", **{**entries, "text": "Нашлась!\nСпасибо."})
    assert other.status_code == 409
    assert parsed(other).h1.get_text(strip=True) == "Эту форму уже отправляли"
    offered = parsed(other).select_one(FORM)
    assert client.send(offered, "/ru/contact").status_code == 303
    texts = db.session.scalars(select(Message.text).order_by(Message.id)).all()
    assert texts == [TEXT, "Нашлась!\nСпасибо."]


def test_another_text_of_a_fragment_is_refused(client: Browser, app: Flask) -> None:
    form = client.soup("/ru/contact").select_one(FORM)
    entries = {"email": "nina@orlova.example", "subject": "Где посылка", "text": TEXT}
    client.send(form, "/ru/contact", **entries)
    values = {**filled(form), **entries, "text": "Другое"}  # type: ignore[arg-type]
    answer = client.post("/ru/contact", data=values, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert db.session.query(Message).count() == 1


EDITORS = {
    "triggers": ("#trigger", "name_ru"),
    "counters": ("form.ed", "name_ru"),
    "calendars": (".pol-main", "name_ru"),
    "letters": ("#letter", "subject_ru"),
}


@pytest.mark.parametrize("kind", EDITORS)
def test_an_editor_is_drawn_again_with_all_that_was_in_it(
    client: Browser, app: Flask, anton: Staff, kind: str
) -> None:
    place = {
        "triggers": lambda: f"/admin/triggers/{given('Правило', 'ticket_created', [NOTE])}",
        "counters": lambda: f"/admin/counters/{given_counter('Ответ', anton)}/edit",
        "calendars": lambda: "/admin/calendars/1",
        "letters": lambda: "/admin/letters/created",
    }[kind]()
    css, name = EDITORS[kind]
    form = sign_in(client, anton).soup(place).select_one(css)
    before = filled(form)[name]  # type: ignore[arg-type]
    sent = {**filled(form), name: "Написано в срок", "do": "save"}  # type: ignore[arg-type]
    late = client.post(place, data={**sent, "csrf_token": "old"})
    assert late.status_code == 419
    offered = parsed(late).select_one("main form")
    drawn = client.send(offered, place)
    assert drawn.status_code == 200
    again = parsed(drawn).select_one(css)
    assert filled(again)[name] == "Написано в срок"  # type: ignore[arg-type]
    assert filled(client.soup(place).select_one(css))[name] == before  # type: ignore[arg-type]


def test_a_page_that_is_come_back_to_gets_the_token_of_its_own_reader(
    client: Browser, anton: Staff, masha: Staff
) -> None:
    place = f"/agent/me/token?of={anton.id}"
    assert client.get(place).location == f"/signin?next={quote(place)}"
    sign_in(client, masha)
    other = client.get(place)
    assert (other.status_code, other.headers.get("X-CSRFToken")) == (204, None)
    sign_in(client, anton)
    token = client.get(place).headers["X-CSRFToken"]
    sent = {"X-CSRFToken": token, "HX-Request": "true"}
    assert client.post("/admin/triggers/draw", headers=sent).status_code == 200


def test_a_piece_of_an_open_page_brings_the_new_token(client: Browser, anton: Staff) -> None:
    sign_in(client, anton)
    headers = {"HX-Request": "true", "X-CSRFToken": "old"}
    late = client.post("/admin/triggers/draw", headers=headers)
    assert late.status_code == 419
    headers["X-CSRFToken"] = late.headers["X-CSRFToken"]
    assert client.post("/admin/triggers/draw", headers=headers).status_code == 200


def test_a_piece_of_anothers_page_names_who_is_signed_in_now(
    client: Browser, masha: Staff, vera: Staff, ivan: Client
) -> None:
    """Its text is nobody else's draft, and goes out by a press that knows of it."""
    with bus.unit_of_work():
        number = tickets.open_ticket(NewTicket("Где посылка", TEXT), requester=ivan).id
    address, draft = f"/agent/t/{number}/reply", f"/agent/t/{number}/draft?kind=reply"
    sign_in(client, masha)
    written = {**filled(client.soup(f"/agent/t/{number}").select_one("#reply-form")), "text": TEXT}  # type: ignore[arg-type]
    del written["csrf_token"]
    headers = {"HX-Request": "true", "X-Page-Of": str(masha.id), "X-CSRFToken": "old"}
    again = client.post(address, data=written, headers=headers)
    assert "Страница обновлена. Нажмите" in parsed(again).get_text()
    sign_in(client, vera)
    late = client.post(address, data=written, headers=headers)
    assert late.status_code == 419
    assert "вход под именем «Вера»" in parsed(late).get_text()
    headers["X-CSRFToken"] = late.headers["X-CSRFToken"]
    assert client.put(draft, data={"text": TEXT}, headers=headers).status_code == 403
    assert db.session.query(Draft).count() == 0
    assert client.post(address, data=written, headers=headers).status_code < 400
    newest = db.session.query(Message).order_by(Message.id).all()[-1]
    assert (newest.text, newest.author_id) == (TEXT, vera.id)


def test_the_page_that_says_so_names_who_is_signed_in(client: Browser, ivan: Client) -> None:
    assert "вход под именем" not in parsed(stale(client)).get_text()
    assert "вход под именем «Иван Петров»" in parsed(stale(sign_in(client, ivan))).get_text()
