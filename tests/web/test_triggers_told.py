"""What the pages about triggers say: files, the audit, how often, what only is worth knowing."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from core import bus
from core.db import db
from desk.automation import exchange
from desk.automation.lint import Finding, stored
from models import Rule, Staff
from tests.support.client import Client as Browser
from tests.support.client import filled, parsed
from tests.support.people import sign_in
from tests.support.rules import cond, definition, do, given, rule, without_rules

LIST = "/admin/triggers"
HIGH = [do("set_priority", 3)]

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def admin(client: Browser, anton: Staff) -> Browser:
    return sign_in(client, anton)


def text(soup: BeautifulSoup, css: str) -> str:
    return " ".join(" ".join(one.get_text().split()) for one in soup.select(css))


def looked_at(admin: Browser, *rules: dict[str, Any]) -> BeautifulSoup:
    whole = json.dumps({"format": exchange.FORMAT, "version": 1, "triggers": rules})
    return parsed(admin.submit(f"{LIST}/file", "form.file-in", text=whole))


def in_file(name: str, value: str = "High") -> dict[str, Any]:
    return {"name": {"ru": name}, **definition("ticket_created", [do("set_priority", value)])}


def test_a_file_of_which_nothing_fits_is_not_called_the_same(admin: Browser) -> None:
    soup = looked_at(admin, in_file("Чужой", "нет такого"))
    assert text(soup, ".incoming h2") == "Ничего из этого принять нельзя"
    assert not soup.select(".incoming form")


def test_what_can_not_be_taken_over_is_counted_beside_the_rest(admin: Browser) -> None:
    given("Правило", "ticket_created", HIGH)
    bad = in_file("Чужой", "нет такого")
    soup = looked_at(admin, in_file("Правило"), bad)
    assert text(soup, ".incoming h2") == "В остальных отличий нет"
    soup = looked_at(admin, in_file("Правило"), in_file("Новый"), bad)
    assert text(soup, ".incoming h2") == "Изменится 1 триггер"
    assert "1 триггер принять нельзя" in text(soup, ".incoming > .error")
    assert text(looked_at(admin, in_file("Правило")), ".incoming h2") == "Отличий нет"


def test_where_a_file_stops_being_one_is_said_in_the_readers_language(admin: Browser) -> None:
    answer = admin.submit(f"{LIST}/file", "form.file-in", text='{"format":\n  oops}')
    said = text(parsed(answer), "[data-error-summary]")
    assert said.endswith("Это не файл триггеров: посмотрите строку 2, символ 3.")


def test_a_person_who_saves_it_as_off_has_taken_note(admin: Browser) -> None:
    number = given("Сам", "ticket_created", HIGH, state="off")
    with bus.unit_of_work():
        db.session.get_one(Rule, number).broken = "it failed five times in a row"
    assert "Отключены программой" in text(admin.soup(LIST), ".callout-danger")
    form = admin.soup(f"{LIST}/{number}").select_one("form.ed")
    assert form is not None
    assert admin.post(f"{LIST}/{number}", data=filled(form)).status_code == 303
    assert (rule(number).state, rule(number).broken) == ("off", "")
    assert not admin.soup(LIST).select(".callout-danger")


def test_how_often_stands_in_the_sentence(admin: Browser) -> None:
    given("Раз", "snoozed", HIGH, run="once")
    given("Всегда", "snoozed", HIGH)
    once, always = (one.get_text().strip() for one in admin.soup(LIST).select(".say-rule"))
    assert once == "КОГДА отложено ТОГДА приоритет Высокий (один раз на обращение)"
    assert always == "КОГДА отложено ТОГДА приоритет Высокий"


def test_the_audit_calls_a_trigger_what_it_was_called_then(admin: Browser) -> None:
    number = given("Старое", "ticket_created", HIGH)
    form = admin.soup(f"{LIST}/{number}").select_one("form.ed")
    assert form is not None
    sent = filled(form) | {"name_ru": "Новое"}
    assert admin.post(f"{LIST}/{number}", data=sent).status_code == 303
    newest, first = (one.get_text() for one in admin.soup(f"{LIST}/changes").select(".line p")[:2])
    assert newest.startswith("Новое: сохранён")
    assert first.startswith("Старое: создан")


@pytest.mark.parametrize(("is_quiet", "look"), [(True, "info"), (False, "warn")])
def test_what_only_is_worth_knowing_alarms_nobody(
    admin: Browser, is_quiet: bool, look: str
) -> None:
    number = given("Почта", "ticket_created", HIGH)
    found = Finding("mails", "then", "Примерно 1 письмо в день.", is_quiet=is_quiet)
    with (
        patch.object(stored, "of_all", lambda: {number: [found]}),
        patch.object(stored, "of_draft", lambda *asked, **more: [found]),
    ):
        listed, editor = admin.soup(LIST), admin.soup(f"{LIST}/{number}")
    assert bool(listed.select(".find-quiet[data-finding=mails]")) == is_quiet
    assert bool(listed.select("[name=doubtful]")) != is_quiet
    assert editor.select(f".callout-{look}[data-finding=mails]")


def test_who_only_reads_has_no_buttons_in_the_rows(client: Browser, masha: Staff) -> None:
    sought = cond("text", "words", {"phrases": ["задержка доставки"]})
    inner = {"any": [sought, cond("priority", "is", 2)]}
    number = given("Читать", "ticket_created", HIGH, inner)
    soup = sign_in(client, masha).soup(f"{LIST}/{number}")
    assert not soup.select("#parts button")
    assert text(soup, '[name="if.0.0.value.phrases"]') == "задержка доставки"
    usual = soup.select_one('[name="if.0.0.value.within"]')
    assert usual is not None
    assert usual["value"] == "3"
    assert soup.select('[name="if.0.0.value.guard"][checked]')
