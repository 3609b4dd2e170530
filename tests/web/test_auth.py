"""Signing in by password, for clients and the staff; signing out."""

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen
from core.db import db
from desk import people
from models import Client as ClientPerson
from models import EventRecord, Staff
from tests.support.client import Client, filled, parsed
from tests.support.people import PASSWORD, sign_in

BY_PASSWORD = 'form[action="/signin"]'


def enter(client: Client, email: str, password: str = PASSWORD, page: str = "/signin"):  # noqa: ANN201
    return client.submit(page, BY_PASSWORD, email=email, password=password)


def is_inside(client: Client) -> bool:
    return client.get("/me/requests").status_code == 200


def test_client_enters_to_the_own_requests(client: Client, ivan: ClientPerson) -> None:
    response = enter(client, "ivan@sevsklad.example")

    assert (response.status_code, response.location) == (303, "/me/requests")
    assert is_inside(client)


def test_colleague_enters_to_the_workspace(client: Client, masha: Staff) -> None:
    assert enter(client, "Masha@Kurier.example ").location == "/agent/"


def test_next_leads_back_to_a_page_of_ours(client: Client, ivan: ClientPerson) -> None:
    response = enter(client, "ivan@sevsklad.example", page="/signin?next=/me/requests?status=you")

    assert response.location == "/me/requests?status=you"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\nx",
        "/agent/",
    ],
)
def test_next_leads_nowhere_else(client: Client, ivan: ClientPerson, target: str) -> None:
    form = client.soup("/signin").select_one(BY_PASSWORD)
    fields = filled(form) | {"email": "ivan@sevsklad.example", "password": PASSWORD, "next": target}

    assert client.post("/signin", data=fields).location == "/me/requests"


def test_guarded_page_sends_to_sign_in_and_back(client: Client, ivan: ClientPerson) -> None:
    asked = client.get("/me/requests?status=you")
    assert (asked.status_code, asked.location) == (303, "/signin?next=/me/requests%3Fstatus%3Dyou")

    response = enter(client, "ivan@sevsklad.example", page=asked.location)

    assert response.location == "/me/requests?status=you"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ivan@sevsklad.example", "wrong password"),
        ("nobody@nowhere.example", PASSWORD),
        ("not an address", PASSWORD),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("ivan@sevsklad.example\0", PASSWORD + "\0"),
        ("я" * 400 + "@example.ru", "x" * 999),
    ],
)
def test_wrong_ones_read_alike(
    client: Client, ivan: ClientPerson, email: str, password: str
) -> None:
    response = enter(client, email, password)

    page = parsed(response)
    assert response.status_code == 422
    assert page.title.get_text().startswith("Ошибка:")
    assert "Почта или пароль не подходят." in page.select_one("[data-error-summary]").get_text()
    assert "wrong password" not in response.get_data(as_text=True)
    assert not is_inside(client)


def test_empty_form_names_both_fields(client: Client) -> None:
    page = parsed(enter(client, "", ""))

    assert [a["href"] for a in page.select("[data-error-summary] a")] == [
        "#password-email",
        "#password",
    ]


def test_too_many_tries_are_stopped_and_counted_though_they_failed(
    client: Client, ivan: ClientPerson, clock: Frozen
) -> None:
    for _ in range(10):
        assert enter(client, "ivan@sevsklad.example", "wrong password").status_code == 422

    stopped = enter(client, "ivan@sevsklad.example")
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    clock.advance(minutes=16)
    assert enter(client, "ivan@sevsklad.example").status_code == 303


def test_the_same_form_may_be_sent_again_after_a_slip(client: Client, ivan: ClientPerson) -> None:
    form = client.soup("/signin").select_one(BY_PASSWORD)
    fields = filled(form) | {"email": "ivan@sevsklad.example"}

    assert client.post("/signin", data=fields | {"password": "slip"}).status_code == 422
    assert client.post("/signin", data=fields | {"password": PASSWORD}).location == "/me/requests"


def test_whoever_left_the_company_does_not_get_in(client: Client, masha: Staff) -> None:
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).deactivated_at = masha.created_at

    assert enter(client, "masha@kurier.example").status_code == 422


def test_session_is_a_new_one_after_sign_in(client: Client, ivan: ClientPerson) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"

    enter(client, "ivan@sevsklad.example")

    with client.session_transaction() as session:
        assert "planted" not in session


def test_cookie_can_be_read_by_no_script(client: Client, ivan: ClientPerson) -> None:
    cookies = enter(client, "ivan@sevsklad.example").headers.getlist("Set-Cookie")

    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_sign_in_is_in_the_log(client: Client, ivan: ClientPerson) -> None:
    enter(client, "ivan@sevsklad.example")

    kinds = [(row.kind, row.actor_id) for row in db.session.query(EventRecord)]
    assert ("signed_in", ivan.id) in kinds


def test_staying_signed_in_outlives_the_session(client: Client, ivan: ClientPerson) -> None:
    client.submit(
        "/signin", BY_PASSWORD, email="ivan@sevsklad.example", password=PASSWORD, keep="y"
    )
    client.delete_cookie("liniya")
    assert is_inside(client)

    client.submit("/me/requests", 'form[action="/signout"]')
    client.delete_cookie("liniya")
    assert not is_inside(client)


def test_sign_out_is_a_post(client: Client, ivan: ClientPerson) -> None:
    sign_in(client, ivan)

    assert client.get("/signout").status_code == 405
    response = client.submit("/me/requests", 'form[action="/signout"]')

    assert (response.status_code, response.location) == (303, "/ru/")
    assert not is_inside(client)


def test_who_is_inside_has_no_need_of_the_page(client: Client, masha: Staff) -> None:
    assert sign_in(client, masha).get("/signin").location == "/agent/"


def test_failed_and_successful_try_cost_the_same_hash(
    client: Client, app: Flask, ivan: ClientPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    real = people.security.is_password
    monkeypatch.setattr(people.security, "is_password", lambda a, b: calls.append(b) or real(a, b))

    enter(client, "nobody@nowhere.example")
    enter(Client(app), "ivan@sevsklad.example")

    assert len(calls) == 2


def test_forms_without_token_or_key_are_refused(client: Client) -> None:
    assert client.post("/signin", data={"email": "a@b.ru"}).status_code == 419
    form = client.soup("/signin").select_one(BY_PASSWORD)
    fields = filled(form) | {"form_key": "short"}
    assert client.post("/signin", data=fields).status_code == 422
