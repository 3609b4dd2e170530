"""Who of the staff is told what when something happens to a ticket."""

import pytest
from flask import Flask

from core import bus, clock
from core.db import db
from core.i18n import _, use_locale
from desk import catalog, tickets
from desk.notices import inbox, mentions
from desk.notices.occasions import OCCASIONS
from models import Client, Direction, EventRecord, Group, Membership, Notice, OutboxItem, Staff
from tests.support.notices import chooses, mailed, told
from tests.support.people import hire
from tests.support.rules import case, do, given, status, without_rules
from tests.support.statements import scans, statements
from tests.support.tickets import opened


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


@pytest.fixture
def number(ivan: Client) -> int:
    return opened(ivan).id


def give(number: int, person: Staff | None, by: Staff) -> None:
    with bus.unit_of_work():
        row = db.session.get_one(Staff, person.id) if person else None
        tickets.assign(case(number), row, by=by)


def note(number: int, text: str, by: Staff) -> None:
    with bus.unit_of_work():
        tickets.add_note(case(number), text, by=by)


def group_of(person: Staff) -> Group:
    return db.session.query(Group).join(Membership).filter_by(staff_id=person.id).one()


@pytest.mark.parametrize("key", OCCASIONS)
def test_each_is_named_in_both_languages(key: str) -> None:
    occasion = OCCASIONS[key]
    for text in filter(None, (occasion.label, occasion.explained, occasion.title)):
        with use_locale("ru"):
            assert _(text) != text


def test_assigned(number: int, masha: Staff, olga: Staff) -> None:
    give(number, masha, olga)
    assert told(masha) == [("assigned", number)]
    assert len(mailed(masha)) == 1
    assert told(olga) == []


def test_nobody_is_told_of_own_acts(number: int, masha: Staff) -> None:
    give(number, masha, masha)
    note(number, "Сама себе, @Маша", masha)
    assert (told(masha), mailed(masha)) == ([], [])


def test_new_in_my_group(number: int, masha: Staff, sergey: Staff, olga: Staff) -> None:
    with bus.unit_of_work():
        tickets.assign_group(case(number), group_of(sergey), by=olga)
    assert told(sergey) == [("group_work", number)]
    assert told(masha) == []


def test_the_client_answered(number: int, masha: Staff, sergey: Staff, ivan: Client) -> None:
    with bus.unit_of_work():
        tickets.assign_group(case(number), group_of(sergey), by=masha)
        tickets.client_reply(case(number), "Ау", by=ivan)
    assert told(sergey) == [("client_answered", number)], "one thing a unit of work"
    give(number, masha, sergey)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    assert told(masha) == [("assigned", number), ("client_answered", number)]
    assert len(told(sergey)) == 1


def test_a_note_and_a_mention(number: int, masha: Staff, sergey: Staff, olga: Staff) -> None:
    give(number, masha, olga)
    note(number, "Спросите у @Сергей, он знает. @Маша тоже", olga)
    assert told(sergey) == [("mentioned", number)]
    assert told(masha)[1:] == [("mentioned", number)], "the heavier of note and mention"
    note(number, "Просто заметка", olga)
    assert told(masha)[2:] == [("note", number)]
    (row,) = db.session.query(Notice).filter_by(staff_id=sergey.id)
    assert OCCASIONS[row.occasion].sentence(number, row.data) == f"Ольга упоминает вас: № {number}"


def test_names_in_notes(app: Flask, masha: Staff, sergey: Staff) -> None:
    other = hire("Маша Иванова", "ivanova@kurier.example")
    third = hire("Пётр Ёлкин", "petr@kurier.example")
    named = {
        "@Маша": [masha],  # her whole name
        "@Маша Иванова посмотри": [other],
        "@маша иванова": [other],
        "@Петр, посмотрите": [third],
        "@Пётр Елкин и @Сергей": [third, sergey],
        "ivan@Сергей.example": [],
        "@Сергеев": [],
        "@": [],
        "@Сергей @Сергей": [sergey],
    }
    with bus.unit_of_work(writes=False):
        for text, people in named.items():
            assert [one.id for one in mentions.named_in(text)] == [one.id for one in people], text
        assert [one.name for one in mentions.fitting("ива", 0)] == ["Маша Иванова"]
        assert [one.name for one in mentions.fitting("ма", masha.id)] == ["Маша Иванова"]


def test_who_may_not_see_a_ticket_hears_nothing_of_it(
    number: int, olga: Staff, masha: Staff, ivan: Client
) -> None:
    with bus.unit_of_work():
        crimea = Direction(key="crimea", name_ru="Крым", name_en="Crimea")
        db.session.add(crimea)
        catalog.changed()
    confined = hire("Артём", "artem@kurier.example", directions=[crimea])
    main = db.session.query(Direction).filter_by(key="main").one().id
    elsewhere = opened(ivan, direction_id=main).id
    note(elsewhere, "@Артём, взгляни", olga)
    assert (told(confined), mailed(confined)) == ([], [])
    note(number, "@Артём, взгляни", olga)
    assert told(confined) == [("mentioned", number)]
    with bus.unit_of_work():
        tickets.set_direction(case(number), main, by=olga)
    with bus.unit_of_work(writes=False):
        assert inbox.unread(confined) == 0, "it was moved out of sight"
        assert inbox.page(confined) == []


def test_returned(number: int, masha: Staff, olga: Staff, ivan: Client) -> None:
    give(number, masha, olga)
    for _turn in range(2):
        with bus.unit_of_work():
            tickets.solve(case(number), by=masha)
        with bus.unit_of_work():
            tickets.reopen(case(number), by=olga)
    assert told(masha)[1:] == [("returned", number)]
    with bus.unit_of_work():
        tickets.solve(case(number), by=masha)
    before = len(mailed(masha))
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Не помогло", by=ivan)
    assert case(number).is_open
    assert told(masha)[2:] == [("client_answered", number)], "the words say that it is back"
    assert len(mailed(masha)) == before + 1


def test_an_unread_one_makes_room(number: int, masha: Staff, olga: Staff, ivan: Client) -> None:
    give(number, masha, olga)
    for words in ("Раз", "Два", "Три"):
        with bus.unit_of_work():
            tickets.client_reply(case(number), words, by=ivan)
    assert told(masha) == [("assigned", number), ("client_answered", number)]
    row = db.session.query(Notice).filter_by(occasion="client_answered").one()
    assert (row.data["times"], row.data["words"]) == (3, "Три")
    with bus.unit_of_work():
        inbox.mark_all(masha)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Четыре", by=ivan)
    assert len(told(masha)) == 3


def test_a_choice_holds(number: int, masha: Staff, olga: Staff, ivan: Client) -> None:
    chooses(masha, {"assigned": [], "client_answered": ["mail"], "note": ["app"]})
    give(number, masha, olga)
    assert (told(masha), mailed(masha)) == ([], [])
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    assert (told(masha), len(mailed(masha))) == ([], 1)
    note(number, "Заметка", olga)
    assert (told(masha), len(mailed(masha))) == ([("note", number)], 1)


def test_the_app_tells_of_the_client_though_a_rule_left_a_note(
    number: int, masha: Staff, olga: Staff, ivan: Client
) -> None:
    given("Заметка", "client_replied", [do("add_note", text="Смотри")])
    give(number, masha, olga)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    assert told(masha)[1:] == [("client_answered", number)]
    assert mailed(masha)[-1].startswith("Новая заметка"), "by mail the last thing, as ever"


def test_a_note_tells_whose_it_is(number: int, masha: Staff, olga: Staff) -> None:
    """The client stands in the letter as the client, not as who wrote the note."""
    give(number, masha, olga)
    note(number, "Смотри акт", olga)
    assert mailed(masha)[-1].startswith(f"Новая заметка по № {number} (Ольга): ")
    mail = db.session.query(OutboxItem).order_by(OutboxItem.id.desc()).first()
    assert mail is not None
    assert "Клиент: Иван Петров" in mail.payload["text"]


def test_those_who_left_hear_nothing(number: int, masha: Staff, olga: Staff, ivan: Client) -> None:
    give(number, masha, olga)
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).deactivated_at = clock.now()
        catalog.changed()
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    assert len(told(masha)) == len(mailed(masha)) == 1


def test_a_trigger_switched_off(ivan: Client, anton: Staff, masha: Staff, olga: Staff) -> None:
    wrong = status("waiting")
    given("Сбой", "priority_changed", [do("set_status", wrong)])
    with bus.unit_of_work():
        db.session.merge(catalog.catalog().statuses[wrong]).for_tickets = False
        catalog.changed()
    chooses(anton, {"rule_stopped": ["app", "desktop"]})
    number = opened(ivan).id
    for turn in range(5):
        with bus.unit_of_work():
            tickets.set_priority(case(number), 3 + turn % 2, by=masha)
    assert told(anton) == [("rule_stopped", None)]
    assert mailed(anton) == []
    assert told(olga) == []
    row = db.session.query(Notice).one()
    assert OCCASIONS["rule_stopped"].sentence(None, row.data) == "Триггер «Сбой» отключён"


def test_mails_keep_their_headers_and_footer(number: int, masha: Staff, olga: Staff) -> None:
    give(number, masha, olga)
    (item,) = db.session.query(OutboxItem).filter_by(recipient=masha.email)
    assert item.case_id == number, "the thread goes by the ticket"
    assert "/agent/me/notices" in item.payload["text"]
    assert "/agent/me/notices" in item.payload["html"]


def test_a_large_group_costs_no_statement_each(
    number: int, masha: Staff, sergey: Staff, olga: Staff
) -> None:
    """In the app; each mail is a row with words of its own."""
    for n in range(20):
        person = hire(f"Техник {n}", f"t{n}@kurier.example", group=("repair", "Ремонт", "Repair"))
        chooses(person, {"group_work": ["app"]})
    chooses(sergey, {"group_work": ["app"]})
    with statements() as asked:
        with bus.unit_of_work():
            tickets.assign_group(case(number), group_of(sergey), by=olga)
        about = [one for one in asked if "notice" in one.lower()]
    assert db.session.query(Notice).count() == 21
    assert len([one for one in about if one.startswith("SELECT")]) <= 2, about
    assert not scans(asked)
    assert db.session.query(EventRecord).filter_by(kind="group_changed").count() == 1


def test_passed_up_a_line_is_new_for_those_who_may_take_it(
    number: int, masha: Staff, olga: Staff
) -> None:
    group = ("tills", "Кассы", "Tills")
    first = hire("Глеб", "gleb@kurier.example", group=group)
    second = hire("Нина", "nina@kurier.example", line=2, group=group)
    with bus.unit_of_work():
        tickets.assign_group(case(number), group_of(first), by=olga)
    give(number, first, olga)
    before = [len(mailed(each)) for each in (first, second)]
    with bus.unit_of_work():
        tickets.pass_to_line(case(number), 2, by=first)
    assert case(number).assignee_id is None
    assert told(second)[-1] == ("group_work", number)
    assert [len(mailed(each)) for each in (first, second)] == [before[0], before[1] + 1]
    with bus.unit_of_work():
        tickets.pass_to_line(case(number), 3, by=second)
    assert len(mailed(first)) == before[0] + 1, "nobody of that line: the whole group"
