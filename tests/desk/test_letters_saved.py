"""Words of letters as they are saved: what is refused, versions, what can not be drawn."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from core import bus
from core.db import db
from core.i18n import use_locale
from desk.automation.placeholders import PLACEHOLDERS
from desk.errors import Invalid, Stale
from desk.letters import drawing, saving, stored
from desk.letters.checks import checked
from desk.letters.kind import Words
from desk.letters.to_clients import CREATED
from models import Client, EventRecord, MailTemplate, Staff
from tests.support.letters import last_to, letters_to, spoil, worded
from tests.support.rules import case, runs
from tests.support.tickets import opened


def changes() -> list[dict[str, Any]]:
    rows = db.session.query(EventRecord).filter_by(kind="settings_changed")
    return [row.data for row in rows.order_by(EventRecord.id)]


@pytest.mark.parametrize(
    ("part", "said", "problem"),
    [
        ("body", "Одна\n{{ client.frist_name }}", "Строка 2: Переменной {{ client.frist_name }} "),
        ("body", "{{ client.frist_name }}", "Может быть, {{ client.first_name }}?"),
        ("body", "{{ ''.__class__ }}", "Строка 1: Переменной"),
        ("body", "{{ counter.late }}", "{{ counter.late }} не подходит"),
        ("body", "{{ words }}", "{{ words }} не подходит"),
        ("body", "Раз\n\nдва {{ company", "Строка 3: «{{» без пары"),
        ("body", "{% for x in y %}", "«{%» без пары"),
        ("body", "а" * 10_001, "10000"),
        ("body", "  ", "Напишите текст."),
        ("subject", " \n", "Напишите тему."),
        ("subject", "{{ secret }}", "Переменной {{ secret }} нет."),
        ("title", "а" * 251, "250"),
    ],
)
@pytest.mark.one_database
def test_what_is_refused(app: Flask, part: str, said: str, problem: str) -> None:
    words = Words(**{"subject": "Тема", "body": "Текст", "title": "", part: said})
    with use_locale("ru"), pytest.raises(Invalid) as refused:
        checked(CREATED, words)
    assert problem in str(refused.value)
    assert refused.value.field == part


def test_versions_are_kept_and_the_built_in_text_comes_back(
    app: Flask, ivan: Client, anton: Staff
) -> None:
    worded("created", "Первый", anton)
    worded("created", "Второй", anton)
    with bus.unit_of_work():
        anton_now = db.session.get_one(Staff, anton.id)
        with pytest.raises(Stale):
            saving.save(CREATED, "ru", Words("Тема", "Третий"), base=1, by=anton_now)
        assert not saving.save(CREATED, "ru", Words("Тема", "Второй"), base=2, by=anton_now)
        assert saving.give_back(CREATED, "ru", base=2, by=anton_now)
        assert not saving.give_back(CREATED, "ru", base=3, by=anton_now)
    opened(ivan)
    assert "Мы получили обращение" in last_to(ivan).payload["text"]
    rows = db.session.query(MailTemplate).order_by(MailTemplate.version).all()
    assert [(row.version, row.body, row.is_built_in) for row in rows[:2]] == [
        (1, "Первый", False),
        (2, "Второй", False),
    ]
    assert rows[2].is_built_in
    assert [(d["what"], d["key"], d["after"]["body"][:6]) for d in changes()] == [
        ("letter", "created", "Первый"),
        ("letter", "created", "Второй"),
        ("letter", "created", "{{ gre"),
    ]


def test_writing_the_built_in_text_is_no_change(app: Flask, anton: Staff) -> None:
    with bus.unit_of_work():
        words = stored.words_of(CREATED, "ru")
        assert not saving.save(CREATED, "ru", words, base=0, by=anton)
    worded("created", "Иначе", anton)
    worded("created", words.body, anton, subject=words.subject)
    with bus.unit_of_work(writes=False):
        assert stored.in_force("created", "ru") is None


def test_what_can_not_be_drawn_gives_way_and_is_named(
    app: Flask, ivan: Client, anton: Staff
) -> None:
    worded("created", "Текст", anton)
    spoil("created", "{{ client.shoe_size }}")
    for _time in range(2):
        opened(ivan)
    assert len(letters_to(ivan)) == 2
    assert "Мы получили обращение" in last_to(ivan).payload["text"]
    assert all(run.state == "done" for run in runs())
    with bus.unit_of_work(writes=False):
        (row,) = stored.broken()
        assert (row.key, row.locale) == ("created", "ru")
        assert row.broken == "Переменной {{ client.shoe_size }} нет."
    worded("created", "Снова текст", anton)
    with bus.unit_of_work(writes=False):
        assert stored.broken() == []


def test_a_text_that_broke_is_tried_again_when_saved_as_it_is(
    app: Flask, ivan: Client, anton: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded("created", "{{ status }}", anton)
    with monkeypatch.context() as patched:
        patched.setattr(PLACEHOLDERS["status"], "value", broken_value)
        opened(ivan)
    assert "Мы получили обращение" in last_to(ivan).payload["text"]
    with bus.unit_of_work(writes=False):
        assert [row.key for row in stored.broken()] == ["created"]
    worded("created", "{{ status }}", anton)
    opened(ivan)
    with bus.unit_of_work(writes=False):
        assert stored.broken() == []
    assert "Новое" in last_to(ivan).payload["text"]


def broken_value(_scene: Any) -> str:
    """Spoils the transaction too, where the database has such a thing."""
    db.session.execute(text("SELECT * FROM there_is_none"))
    return ""


def test_no_letter_is_lost_for_a_placeholder_that_fails(
    app: Flask, ivan: Client, anton: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded("created", "{{ promise }}", anton)
    monkeypatch.setattr(PLACEHOLDERS["promise"], "value", failing)
    number = opened(ivan).number
    mail = last_to(ivan)
    assert mail.payload["subject"] == f"Приняли ваше обращение № {number}"
    assert "Срок ответа: ." in mail.payload["text"]
    with bus.unit_of_work(writes=False):
        assert [row.broken for row in stored.broken()] == ["no such thing"]


def failing(_scene: Any) -> str:
    raise LookupError("no such thing")


def test_looking_names_nothing(app: Flask, ivan: Client, anton: Staff) -> None:
    number = opened(ivan).number
    worded("created", "Текст", anton)
    spoil("created", "{{ client.shoe_size }}")
    with bus.unit_of_work(), use_locale("ru"):
        given = CREATED.sample(case(number), anton)
        assert drawing.drawn(CREATED, given, keeps=False).paragraphs[0] == "Здравствуйте, Иван!"
        assert stored.broken() == []
