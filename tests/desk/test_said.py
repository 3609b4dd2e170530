"""Messages as pages read them."""

import pytest
from flask import Flask
from sqlalchemy import select

from core import bus
from core.db import db
from desk import said, tickets
from desk.files import Upload
from models import Case, Client, Message, Staff
from tests.support.statements import statements
from tests.support.tickets import opened


@pytest.fixture
def case(app: Flask, masha: Staff, ivan: Client) -> Case:
    """Three messages: of the client, a note, an answer with two files."""
    number = opened(ivan, text="Не печатает").id
    files = [Upload("0" * 64, "чек.png", 12), Upload("1" * 64, "акт.pdf", 34)]
    with bus.unit_of_work():
        ticket = db.session.get_one(Case, number)
        tickets.add_note(ticket, "Посмотрю", by=masha)
        tickets.reply(ticket, "Готово", by=masha, uploads=files)
    return db.session.get_one(Case, number)


def test_they_say_what_the_rows_say(case: Case) -> None:
    rows = db.session.scalars(select(Message).order_by(Message.id.desc())).all()
    read = said.last_of(case, 50)
    for field in said._FIELDS:
        assert [getattr(one, field) for one in read] == [getattr(row, field) for row in rows]
    authors = [(row.author.kind, row.author.name, row.author.initials) for row in rows]
    assert [(one.author.kind, one.author.name, one.author.initials) for one in read] == authors
    assert [one.author.is_staff for one in read] == [True, True, False]


def test_a_message_with_two_files_is_one(case: Case) -> None:
    with statements() as asked:
        read = said.last_of(case, 50)
    assert len(asked) == 1
    assert [[file.name for file in one.attachments] for one in read] == [
        ["чек.png", "акт.pdf"],
        [],
        [],
    ]
    assert read[0].attachments[0].content_type == "image/png"
    assert read[0].attachments[1].size == 34


def test_a_stretch_of_them(case: Case) -> None:
    answer, note, first = said.last_of(case, 50)
    assert said.last_of(case, 1) == [answer]  # its files do not use up the number
    assert said.last_of(case, 50, before=answer.id) == [note, first]
    assert said.last_of(case, 50, since=note.id) == [answer, note]
    assert said.last_of(case, 50, before=answer.id, since=note.id) == [note]
    assert said.these([first.id, answer.id]) == [answer, first]
