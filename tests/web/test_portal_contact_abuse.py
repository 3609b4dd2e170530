"""Requests that are too many, too long, doubled, forged or meant to do harm."""

import json
from pathlib import Path

import pytest

from core.clock import Frozen
from tests.support.client import Client, filled, parsed
from tests.support.contact import FORM, GOOD, cases, write

NAUGHTY = Path(__file__).parents[3] / "shared/data/reliability/naughty/blns.json"


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
