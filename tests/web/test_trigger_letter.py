"""A trigger tried on a message that nobody wrote sees what it would see of a real one."""

import pytest
from flask import Flask

from models import Client, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.rules import cond, do, given, without_rules
from tests.support.tickets import opened

LIST = "/admin/triggers"


@pytest.fixture
def admin(app: Flask, client: Browser, anton: Staff) -> Browser:
    without_rules()
    return sign_in(client, anton)


def test_a_long_message_is_tried_as_far_as_a_live_one_is_looked_at(
    admin: Browser, ivan: Client
) -> None:
    then = [do("add_tag", ["длинное"])]
    asked = cond("text", "contains", "хвост"), cond("message_length", "gt", 30_000)
    number = given("Хвост", "ticket_created", then, *asked)
    form = admin.soup(f"{LIST}/{number}").select_one("form.ed")
    assert form is not None
    values = filled(form)
    for words, verdict in (("а " * 20_000, "Сработал бы"), ("а " * 50_000, "Не сработал бы")):
        wrote = {"letter_subject": "Лог", "letter_text": f"{words}хвост"}
        soup = parsed(admin.post(f"{LIST}/draw", data={**values, **wrote, "do": "letter"}))
        assert [verdict in one.get_text() for one in soup.select(".verdict")] == [True]
    assert opened(ivan, "Лог", f"{'а ' * 20_000}хвост").tag_names == ["длинное"]
