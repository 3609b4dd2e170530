"""Letters worded anew by administrators: in force at once, never in the way of a letter."""

from typing import Any

import pytest
from flask import Flask

from channels.email.compose import compose
from channels.sending import Item
from core import bus
from core.db import db
from core.i18n import LOCALES, use_locale
from desk import settings, tickets
from desk.errors import Invalid
from desk.letters import drawing, saving
from desk.letters.catalogue import KINDS
from desk.letters.checks import checked
from desk.letters.to_clients import SENT_BY_TRIGGERS
from desk.notices import send_waiting
from models import Client, MailTemplate, OutboxItem, Staff
from tests.desk.test_letters_saved import changes
from tests.support.letters import last_to, letters_to, worded
from tests.support.notices import chooses
from tests.support.people import customer
from tests.support.rules import case, runs, status, without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened


def answer(number: int, said: str, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.reply(case(number), said, by=db.session.get_one(Staff, by.id))


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
    same_words = {"digest", "rule_stopped", "work_left", "to_read", "review"}  # only variables
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
    said = [message.get_all("Auto-Submitted") for message in composed]
    assert said == [["auto-generated"], ["no"]]  # the second is a colleague's own words
    for message in composed:
        assert message["In-Reply-To"] == message["References"] == "<case@b>"
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
