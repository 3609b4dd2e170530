"""Verbs on a ticket."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import tags, tickets
from desk.catalog import catalog
from desk.errors import Invalid
from desk.tickets import NewTicket
from models import Case, Client, Group, Message, Staff, StatusCategory


@pytest.fixture
def ticket(app: Flask, ivan: Client) -> int:
    with bus.unit_of_work():
        return tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan).number


def case(number: int) -> Case:
    return db.session.get_one(Case, number)


def test_numbers_begin_at_1001(ticket: int) -> None:
    assert ticket == 1001


def test_first_reply_takes_the_ticket(ticket: int, masha: Staff) -> None:
    with bus.unit_of_work():
        tickets.reply(case(ticket), "Здравствуйте! Смотрю.", by=masha)
    assert case(ticket).assignee_id == masha.id
    assert case(ticket).first_answer_at == case(ticket).last_agent_at is not None
    assert case(ticket).preview == "Здравствуйте! Смотрю."


def test_note_is_no_answer_and_no_preview(ticket: int, masha: Staff) -> None:
    with bus.unit_of_work():
        tickets.add_note(case(ticket), "Секрет", by=masha)
    assert case(ticket).first_answer_at is None
    assert case(ticket).preview == "Не печатает"


def test_passing_to_a_line_takes_it_from_who_is_not_there(
    ticket: int, masha: Staff, sergey: Staff
) -> None:
    with bus.unit_of_work():
        tickets.assign(case(ticket), masha, by=masha)
        assert tickets.pass_to_line(case(ticket), 2, reason="перезагрузка не помогла", by=masha)
        assert case(ticket).assignee_id is None
        tickets.assign(case(ticket), sergey, by=sergey)
        assert not tickets.pass_to_line(case(ticket), 2, by=masha)
        assert case(ticket).assignee_id == sergey.id


def test_group_takes_it_from_who_is_not_in_it(ticket: int, masha: Staff, sergey: Staff) -> None:
    repair = catalog_group("repair")
    with bus.unit_of_work():
        tickets.assign(case(ticket), masha, by=masha)
        tickets.assign_group(case(ticket), repair, by=masha)
        assert case(ticket).assignee_id is None
        tickets.assign(case(ticket), sergey, by=masha)
        tickets.assign_group(case(ticket), None, by=masha)
        tickets.assign_group(case(ticket), repair, by=masha)
        assert case(ticket).assignee_id == sergey.id


def catalog_group(key: str) -> Group:
    return db.session.query(Group).filter_by(key=key).one()


def test_solve_and_reopen(ticket: int, masha: Staff) -> None:
    with bus.unit_of_work():
        assert tickets.solve(case(ticket), by=masha)
        assert not tickets.solve(case(ticket), by=masha)
        assert case(ticket).solved_at is not None
        assert tickets.reopen(case(ticket), by=masha)
        assert case(ticket).solved_at is None
        assert case(ticket).category == StatusCategory.OPEN


@pytest.mark.parametrize(
    ("subject", "text", "field"),
    [
        ("", "слова", "subject"),
        (" \n\t ", "слова", "subject"),
        ("т" * 251, "слова", "subject"),
        ("тема", "", "text"),
        ("тема", "\0 \r\n", "text"),
        ("тема", "с" * 50_001, "text"),
    ],
)
def test_what_cannot_be_taken_is_named(
    ticket: int, ivan: Client, subject: str, text: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused, bus.unit_of_work():
        tickets.open_ticket(NewTicket(subject, text), requester=ivan)
    assert refused.value.field == field
    assert str(refused.value)
    assert db.session.query(Case).count() == 1


def test_subject_is_one_line_and_text_keeps_its_lines(app: Flask, ivan: Client) -> None:
    with bus.unit_of_work():
        new = NewTicket("Где\r\nBcc: x@example.com", "раз\r\nдва\0\n\n")
        number = tickets.open_ticket(new, requester=ivan).number
    assert case(number).subject == "Где Bcc: x@example.com"
    assert db.session.query(Message).one().text == "раз\nдва"


def test_tags_are_cleaned_and_limited(ticket: int, masha: Staff) -> None:
    with bus.unit_of_work():
        tags.add_tags(case(ticket), ["#Доставка", " VIP  клиент ", "доставка", ""], by=masha)
    assert case(ticket).tag_names == ["vip-клиент", "доставка"]
    with pytest.raises(Invalid), bus.unit_of_work():
        tags.add_tags(case(ticket), ["д" * 65], by=masha)
    with pytest.raises(Invalid), bus.unit_of_work():
        tags.add_tags(case(ticket), [f"t{n}" for n in range(41)], by=masha)


def test_unknown_values_are_refused(ticket: int, masha: Staff) -> None:
    for verb, value in (
        (tickets.change_status, 999),
        (tickets.pass_to_line, 0),
        (tickets.pass_to_line, 9),
        (tickets.set_priority, 7),
        (tickets.set_type, 999),
        (tickets.set_topic, 999),
        (tickets.set_direction, 999),
    ):
        with pytest.raises(Invalid), bus.unit_of_work():
            verb(case(ticket), value, by=masha)  # type: ignore[operator]


def test_catalog_is_seen_by_the_unit_that_changes_it(app: Flask, masha: Staff) -> None:
    with bus.unit_of_work():
        assert masha.id in catalog().staff
        assert catalog().groups_of(masha.id)
