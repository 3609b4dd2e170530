"""Strings that break programs, through every text an agent can write: stored, shown as text."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from core.db import db
from desk import texts
from models import Case, Client, Message, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.tickets import opened

FILE = Path(__file__).parents[3] / "shared/data/reliability/naughty/blns.json"
OWN = ["\0", "a\0b", "\ud7ff", "‮oof", "<svg onload=alert(1)>", "{{ 7*7 }}", "%(name)s", "'\"><b>"]


def strings() -> list[str]:
    kept = json.loads(FILE.read_text()) if FILE.exists() else []
    return [each for each in [*kept, *OWN] if len(each) < texts.MAX_TEXT]


@pytest.mark.slow
def test_naughty_strings_are_only_text(client: Browser, masha: Staff, ivan: Client) -> None:
    ticket = opened(ivan)
    url = f"/agent/t/{ticket.id}"
    sign_in(client, masha)
    page = client.soup(url)
    forms = {
        name: page.select_one(f'form[action$="{name}?view=mine"]')
        for name in ("reply", "note", "subject", "tags")
    }
    fields = {"reply": "text", "note": "text", "subject": "subject", "tags": "add_tag"}
    for number, text in enumerate(strings()):
        for name, form in forms.items():
            data = {**filled(form), fields[name]: text, "form_key": f"{name:0>8}{number:08}"}
            answer = client.post(str(form["action"]), data=data)
            assert answer.status_code in (303, 409, 422), f"{name}: {text!r}"
    kept = {m.text for m in db.session.scalars(select(Message))}
    wanted = [text.replace("\0", "").replace("\r\n", "\n").strip() for text in strings()]
    wanted = [text for text in wanted if text.strip("\ufeff")]  # what nobody sees is refused
    assert [text for text in wanted if text not in kept] == []
    for shown in (f"{url}?tab=history", "/agent/inbox/mine", f"/agent/palette?q={ticket.id}"):
        answer = client.get(shown)
        assert answer.status_code == 200
        clean = parsed(answer)
        assert not clean.select("main script, main svg[onload], main img, main [onerror]")


def test_naughty_words_in_addresses(client: Browser, masha: Staff, ivan: Client) -> None:
    opened(ivan)
    sign_in(client, masha)
    for text in [*OWN, "x" * 5_000, "-1", "1e9", "٣", "' OR 1=1 --"]:
        for path in ("/agent/inbox/all", "/agent/search", "/agent/palette", "/agent/poll"):
            query = dict.fromkeys(("q", "sort", "cursor", "after", "case", "view", "tab"), text)
            code = client.get(path, query_string=query).status_code
            assert code in (200, 303, 404), f"{path}: {text!r}"
    assert client.get(f"/agent/t/{10**20}").status_code == 404
    assert db.session.scalar(select(Case.id)) is not None
