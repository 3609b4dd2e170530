"""Letters worded anew by administrators: in force at once, never in the way of a letter."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from channels.email.compose import compose
from channels.sending import Item
from core import bus
from core.db import db
from core.i18n import LOCALES, use_locale
from desk import settings, tickets
from desk.automation.placeholders import PLACEHOLDERS
from desk.errors import Invalid, Stale
from desk.letters import drawing, saving, stored
from desk.letters.catalogue import KINDS
from desk.letters.checks import checked
from desk.letters.kind import Words
from desk.letters.to_clients import CREATED, SENT_BY_TRIGGERS
from desk.notices import send_waiting
from models import Client, EventRecord, MailTemplate, OutboxItem, Staff
from tests.support.letters import last_to, letters_to, spoil, worded
from tests.support.notices import chooses
from tests.support.people import customer
from tests.support.rules import case, runs, status, without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened


def answer(number: int, said: str, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.reply(case(number), said, by=db.session.get_one(Staff, by.id))


def changes() -> list[dict[str, Any]]:
    rows = db.session.query(EventRecord).filter_by(kind="settings_changed")
    return [row.data for row in rows.order_by(EventRecord.id)]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("key", KINDS)
@pytest.mark.one_database
def test_every_built_in_text_is_one_that_could_be_saved_and_drawn(
    app: Flask, anton: Staff, ivan: Client, key: str, locale: str
) -> None:
    number = opened(ivan).number
    kind = KINDS[key]
    with bus.unit_of_work(writes=False), use_locale(locale):
        words = kind.built_in()
        assert checked(kind, words) == words
        drawn = drawing.draw(kind, words, kind.sample(case(number), anton))
        assert "{{" not in f"{drawn.subject}{drawn.title}{drawn.paragraphs}{drawn.quote}"
        assert kind.letter(drawn, kind.sample(case(number), anton)).button


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.one_database
def test_built_in_texts_are_told_in_two_languages(app: Flask, key: str) -> None:
    told = []
    for locale in LOCALES:
        with use_locale(locale):
            told.append((KINDS[key].built_in(), list(KINDS[key].variables.values())))
    same_words = {"digest", "rule_stopped"}  # nothing but variables
    assert (told[0][0] == told[1][0]) == (key in same_words)
    assert told[0][1] != told[1][1]


def test_a_letter_says_what_was_written_and_keeps_its_footer(
    app: Flask, ivan: Client, anton: Staff
) -> None:
    with bus.unit_of_work():
        settings.put("support_phone", "+7 495 000-00-00")
    body = "{{ greeting }}\n\nНомер {{ ticket.number }}.\n\n> {{ message }}\n\nДо скорого."
    worded("created", body, anton, subject="Получили № {{ ticket.number }}", title="Спасибо")
    number = opened(ivan, text="> Чек\n\n{{ company }} не печатается").number
    mail = last_to(ivan)
    assert mail.payload["subject"] == f"Получили № {number}"
    lines = mail.payload["text"]
    assert lines.startswith("Спасибо\n")
    assert f"Здравствуйте, Иван!\n\nНомер {number}.\n\n> > Чек\n>\n> {{{{ company }}}}" in lines
    assert "До скорого.\n\nОткрыть обращение: http://localhost/r/" in lines
    for part in (lines, mail.payload["html"]):
        assert "/r/" in part
        assert "+7 495 000-00-00" in part
        assert "Вы получили письмо" in part
    assert "&gt; Чек" in mail.payload["html"]
    assert mail.payload["headers"] == {"Auto-Submitted": "auto-generated"}


def test_the_other_language_stays_as_it_was(app: Flask, anton: Staff) -> None:
    john = customer("John Smith", "john@sevsklad.example", locale="en")
    worded("created", "По-русски", anton)
    opened(john)
    assert "Hello John,\n\nwe got your request" in last_to(john).payload["text"]


def test_headers_of_a_thread_are_as_before(app: Flask, ivan: Client, anton: Staff) -> None:
    number = opened(ivan).number
    before = last_to(ivan)
    worded("answered", "{{ greeting }}\n\n{{ message }}", anton)
    answer(number, "Готово", anton)
    composed = [
        compose(Item(1, m.recipient, m.message_id, m.payload, "a@b.example", "A", "<case@b>"))
        for m in (before, last_to(ivan))
    ]
    for message in composed:
        assert message["In-Reply-To"] == message["References"] == "<case@b>"
        assert set(message.get_all("Auto-Submitted")) == {"auto-generated"}
        kinds = [part.get_content_type() for part in message.walk()]
        assert kinds == ["multipart/alternative", "text/plain", "text/html"]


def test_answers(app: Flask, ivan: Client, anton: Staff, masha: Staff) -> None:
    number = opened(ivan).number
    worded("answered", "Пишет {{ answer.author }}:\n\n{{ message }}", anton)
    answer(number, "Первое\n\n{{ client.name }}", masha)
    said = last_to(ivan).payload
    assert said["subject"] == "Тема"
    assert "Пишет Маша:\n\nПервое\n\n{{ client.name }}\n" in said["text"]


def test_who_is_hidden_from_clients_goes_by_the_company(
    app: Flask, ivan: Client, anton: Staff, masha: Staff, vera: Staff
) -> None:
    number = opened(ivan).number
    with bus.unit_of_work():
        tickets.pass_to_line(case(number), 3, by=masha)
    answer(number, "Готово", vera)
    assert last_to(ivan).payload["text"].startswith(f"Ответ на обращение № {number}\n")
    worded("answered", "Пишет {{ answer.author }}:\n\n{{ message }}", anton)
    answer(number, "Готово", vera)
    assert "Пишет Линия:\n\nГотово" in last_to(ivan).payload["text"]
    assert "Вера" not in str([mail.payload for mail in letters_to(ivan)])


def test_a_long_answer_is_never_cut(app: Flask, ivan: Client, anton: Staff, masha: Staff) -> None:
    number = opened(ivan).number
    whole = "слово " * 8000
    answer(number, whole, masha)
    worded("answered", "{{ message }}" * 20, anton)
    answer(number, whole, masha)
    for mail in letters_to(ivan)[1:]:
        assert mail.payload["text"].count("слово") == 8000, "too long as worded: the built-in text"
    (row,) = db.session.query(MailTemplate).filter_by(key="answered")
    assert row.broken == "Письмо получается слишком длинным."


def test_letters_to_the_staff(app: Flask, ivan: Client, anton: Staff, masha: Staff) -> None:
    worded("assigned", "{{ reader.first_name }}, {{ notice }}\n\n> {{ words }}", anton)
    number = opened(ivan, text="Чек").number
    with bus.unit_of_work():
        tickets.assign(case(number), db.session.get_one(Staff, masha.id), by=anton)
    mail = last_to(masha)
    assert mail.payload["subject"] == "Тема"
    assert f"Маша, Новое обращение для вас: № {number}\n\n> Чек" in mail.payload["text"]
    assert "/agent/me/notices" in mail.payload["text"]
    assert mail.template == "staff"


def test_the_digest(app: Flask, ivan: Client, anton: Staff, masha: Staff, clock: Any) -> None:
    worded("digest", "Доброе утро, {{ reader.first_name }}!", anton, subject="Итого: {{ count }}")
    chooses(masha, digest="daily", digest_at="12:00")
    for _time in range(2):
        number = opened(ivan).number
        with bus.unit_of_work():
            tickets.assign(case(number), db.session.get_one(Staff, masha.id), by=anton)
    clock.advance(minutes=24 * 60)
    assert send_waiting()
    mail = last_to(masha)
    assert mail.payload["subject"] == "Итого: 2 уведомления"
    assert "Доброе утро, Маша!\n\n* Новое обращение" in mail.payload["text"]


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


@pytest.mark.parametrize("key", SENT_BY_TRIGGERS)
def test_a_letter_that_is_switched_off_is_not_written(
    app: Flask, ivan: Client, anton: Staff, masha: Staff, key: str
) -> None:
    with bus.unit_of_work():
        saving.switch(KINDS[key], on=False, by=anton)
    number = opened(ivan).number
    with bus.unit_of_work():
        tickets.change_status(case(number), status("solved"), by=masha)
    assert len(letters_to(ivan)) == 1, "the other one"
    left_out = [run for run in runs() if "this letter is switched off" in str(run.effects)]
    assert len(left_out) == 1, "the trigger tells why"
    assert changes()[-1]["after"] == {"letters_off": [key]}
    with bus.unit_of_work():
        saving.switch(KINDS[key], on=True, by=anton)
    opened(ivan)
    assert len(letters_to(ivan)) == 2


def test_answers_can_not_be_switched_off(app: Flask, anton: Staff) -> None:
    with bus.unit_of_work(), pytest.raises(Invalid):
        saving.switch(KINDS["answered"], on=False, by=anton)


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Иван Петров", "Здравствуйте, Иван!"),
        ("petrov1985", "Здравствуйте!"),
        ("sklad", "Здравствуйте!"),
        ("sklad@sevsklad.example", "Здравствуйте!"),
        ("+7 495 000", "Здравствуйте!"),
        ("", "Здравствуйте!"),
    ],
)
@pytest.mark.one_database
def test_greeting(app: Flask, name: str, greeting: str) -> None:
    person = customer(name, "sklad@sevsklad.example")
    opened(person)
    assert f"\n{greeting}\n" in last_to(person).payload["text"]


def test_it_costs_nothing_while_nothing_is_worded_anew(
    app: Flask, ivan: Client, anton: Staff, masha: Staff
) -> None:
    without_rules()
    number = opened(ivan).number
    answer(number, "Первый", masha)
    with statements() as seen:
        answer(number, "Второй", masha)
    assert not [said for said in seen if "mail_template" in said]
    worded("answered", "{{ message }}", anton)
    answer(number, "Третий", masha)
    with statements() as seen:
        answer(number, "Четвёртый", masha)
    assert not [said for said in seen if "mail_template" in said]
    assert not scans(seen)
    assert db.session.query(OutboxItem).count() == 4
