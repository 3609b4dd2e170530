"""Rules on dialogs: their own events, what they may ask and do, a dialog that becomes a ticket."""

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import dialogs, tickets
from desk.automation import library, trial
from desk.automation.actions.turn_into_ticket import ALREADY
from desk.automation.definition import event_kinds, problems_in
from desk.automation.library import BadRule, NewVersion
from desk.catalog import catalog
from desk.catalog import changed as catalog_changed
from desk.dialogs import NewDialog
from desk.errors import Invalid
from desk.tickets import NewTicket
from models import CaseLink, Client, EventRecord, Message, OutboxItem, Staff, Status, Ticket
from tests.support.rules import case, cond, definition, do, given, mail, outbox, runs, without_rules

BEGAN = "dialog_created"


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def began(ivan: Client, text: str = "Терминал не печатает чек") -> int:
    with bus.unit_of_work():
        return dialogs.open_dialog(NewDialog("Терминал", text), requester=ivan).number


def test_acts_on_a_new_dialog_and_leaves_tickets_alone(ivan: Client, sergey: Staff) -> None:
    with bus.unit_of_work():
        group = catalog().by_key("groups", "repair").id
    then = [do("assign_group", group), do("add_tag", ["касса"]), do("add_note", text="Чат")]
    given("Диалог", BEGAN, [*then, mail()], cond("text", "contains", "чек"))
    number = began(ivan)
    assert (case(number).group_id, case(number).tag_names) == (group, ["касса"])
    assert [item.recipient for item in outbox()] == [ivan.email]
    with bus.unit_of_work():
        ticket = tickets.open_ticket(NewTicket("Терминал", "Не печатает чек"), requester=ivan)
        ticket_number = ticket.number
    assert case(ticket_number).tag_names == []
    assert len(runs()) == 1


def test_rules_on_tickets_leave_dialogs_alone(ivan: Client, masha: Staff) -> None:
    for kind in ("ticket_created", "ticket_updated", "client_replied", "status_changed"):
        given(kind, kind, [do("add_tag", ["зря"])])
    number = began(ivan)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    with bus.unit_of_work():
        dialogs.close(case(number), by=masha)
    assert case(number).tag_names == []


def test_each_event_of_a_dialog(ivan: Client, masha: Staff, sergey: Staff) -> None:
    for kind in event_kinds("dialog"):
        given(kind, kind, [do("add_tag", [kind])])
    number = began(ivan)
    assert case(number).tag_names == ["dialog_created"]
    seen = ["dialog_created"]
    with bus.unit_of_work():
        group = catalog().groups[catalog().by_key("groups", "repair").id]
    for kind, act in (
        ("dialog_message", lambda: tickets.client_reply(case(number), "Ау", by=ivan)),
        ("dialog_assignee_changed", lambda: tickets.assign(case(number), masha, by=masha)),
        ("dialog_group_changed", lambda: tickets.assign_group(case(number), group, by=masha)),
        ("dialog_closed", lambda: dialogs.close(case(number), by=masha)),
    ):
        with bus.unit_of_work():
            act()
        seen.append(kind)
        assert kind in case(number).tag_names, kind
    assert set(case(number).tag_names) == set(event_kinds("dialog")) == set(seen)
    assert not case(number).is_open


def test_an_answer_is_a_message_and_not_mailed(ivan: Client, masha: Staff) -> None:
    given("Ответ", "dialog_message", [do("add_tag", ["слово"])])
    number = began(ivan)
    with bus.unit_of_work():
        tickets.reply(case(number), "Смотрю", by=masha)
    assert case(number).tag_names == ["слово"]
    assert db.session.query(OutboxItem).filter_by(recipient=ivan.email).count() == 0


def test_a_dialog_becomes_one_ticket(ivan: Client, masha: Staff) -> None:
    rule = given("Стать", "dialog_message", [{"do": "turn_into_ticket"}])
    given("Новое", "ticket_created", [do("set_priority", 3)])
    number = began(ivan)
    for words in ("Ау", "Вы тут?"):
        with bus.unit_of_work():
            tickets.client_reply(case(number), words, by=ivan)
    ticket = db.session.query(Ticket).one()
    told = sorted(run.effects[0]["receipts"][0] for run in runs(rule))
    assert told == [[f"№ {ticket.number}", ""], [f"№ {ticket.number}", ALREADY]]
    assert (ticket.subject, ticket.priority, ticket.requester_id) == ("Терминал", 3, ivan.id)
    first = db.session.query(Message).filter_by(case_id=ticket.id).one()
    assert first.text == "Иван Петров: Терминал не печатает чек\n\nИван Петров: Ау"
    link = db.session.query(CaseLink).one()
    assert (link.case_id, link.other_id, link.kind) == (ticket.id, number, "dialog")
    opened = db.session.query(EventRecord).filter_by(case_id=ticket.id, kind="ticket_created").one()
    assert opened.cause_rule_version_id
    assert opened.depth == 1


def test_a_mix_of_tickets_and_dialogs_is_refused(app: Flask, anton: Staff) -> None:
    mixed = definition("dialog_created ticket_created", [do("add_tag", ["х"])])
    with bus.unit_of_work(), pytest.raises(BadRule) as refused:
        library.create(NewVersion(mixed, "Смесь"), by=anton)
    assert refused.value.problems[0].where == "on"


def test_what_does_not_fit_the_subject_is_refused(app: Flask) -> None:
    with bus.unit_of_work(writes=False):
        on_dialog = definition(BEGAN, [do("set_priority", 3)], cond("line", "is", 1))
        assert [one.where for one in problems_in(on_dialog)] == ["if.0", "then.0"]
        on_ticket = definition("ticket_created", [{"do": "turn_into_ticket"}])
        assert [one.where for one in problems_in(on_ticket)] == ["then.0"]
        sound = definition(BEGAN, [{"do": "turn_into_ticket"}], cond("priority", "is", 2))
        assert problems_in(sound) == []


def test_trying_on_a_dialog_leaves_nothing(ivan: Client, masha: Staff) -> None:
    number = began(ivan)
    with bus.unit_of_work():
        tickets.client_reply(case(number), "Ау", by=ivan)
    with bus.unit_of_work(), db.session.no_autoflush:
        wanted = definition("dialog_message", [do("add_tag", ["х"]), {"do": "turn_into_ticket"}])
        tried = trial.try_on(wanted, case(number))
        assert tried.holds
        assert tried.event is not None
        assert tried.event.kind == "client_replied"
        assert len(tried.effects) == 2
    assert case(number).tag_names == []
    assert db.session.query(Ticket).count() == 0


def test_status_must_be_for_dialogs(ivan: Client, masha: Staff) -> None:
    number = began(ivan)
    with bus.unit_of_work():
        waiting = catalog().by_key("statuses", "waiting").id
        db.session.get_one(Status, waiting).for_dialogs = False
        catalog_changed()
    with bus.unit_of_work(), pytest.raises(Invalid):
        tickets.change_status(case(number), waiting, by=masha)
