"""A form whose key has grown old: what was written is not lost, nothing is sent for others."""

from flask import Flask

from core.db import db
from models import Case, Client
from tests.support.client import Client as Browser
from tests.support.client import parsed
from tests.support.people import sign_in

TEXT = "Третий день жду посылку.\nПодскажите, где она?"
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
