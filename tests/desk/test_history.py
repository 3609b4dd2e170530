"""A case's row equals the fold of its events, whatever is done to it and in what order."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import bus
from core.clock import Frozen
from core.db import db
from desk import access, history, tags, tickets
from desk.catalog import catalog
from desk.tickets import NewTicket
from models import Case, Client, EventRecord, Group, Priority, Staff

ACTS = ("status", "assignee", "group", "line", "type", "priority", "tags", "subject", "field")


def open_one(requester: Client, subject: str = "Где посылка") -> int:
    with bus.unit_of_work():
        new = NewTicket(subject, "Третий день жду")
        return tickets.open_ticket(new, requester=requester).number


def records(number: int) -> list[EventRecord]:
    return db.session.query(EventRecord).filter_by(case_id=number).order_by(EventRecord.id).all()


def act(case: Case, by: Staff, what: str, pick: int) -> None:
    """Do one thing to the case, chosen by a number."""
    names = catalog()

    def one_of(rows: Any) -> Any:
        return list(rows)[pick % len(rows)]

    if what == "status":
        tickets.change_status(case, one_of(names.statuses), by=by)
    elif what == "assignee":
        tickets.assign(case, by if pick % 2 else None, by=by)
    elif what == "group":
        group = db.session.get(Group, one_of(names.groups)) if pick % 3 else None
        tickets.assign_group(case, group, by=by)
    elif what == "line":
        tickets.pass_to_line(case, 1 + pick % 4, reason="так надо", by=by)
    elif what == "type":
        tickets.set_type(case, one_of([None, *names.types]), by=by)
    elif what == "priority":
        tickets.set_priority(case, one_of(list(Priority)), by=by)
    elif what == "tags":
        tags.set_tags(case, ["a", "б", "в г"][: pick % 4], by=by)
    elif what == "subject":
        tickets.set_subject(case, f"Тема {pick % 3}", by=by)
    else:
        history.change(case, by=by, fields={"model": str(pick % 3)})


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(script=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 50)), max_size=12))
def test_row_equals_fold_of_events(
    app: Flask, masha: Staff, ivan: Client, script: list[tuple[str, int]]
) -> None:
    number = open_one(db.session.merge(ivan))
    with bus.unit_of_work():
        case = access.case_for(db.session.merge(masha), number, lock=True)
        for what, pick in script:
            act(case, db.session.merge(masha), what, pick)
    with bus.unit_of_work(writes=False):
        case = db.session.get_one(Case, number)
        assert history.fold(records(number)) == history.snapshot(case)
        assert case.category == catalog().statuses[case.status_id].category
        assert case.is_open == (case.solved_at is None)
        assert case.version == len(records(number))


def test_same_value_again_is_no_event(app: Flask, masha: Staff, ivan: Client) -> None:
    number = open_one(ivan)
    with bus.unit_of_work():
        case = db.session.get_one(Case, number)
        assert tickets.set_priority(case, Priority.HIGH, by=masha)
        assert not tickets.set_priority(case, Priority.HIGH, by=masha)
        assert not tags.add_tags(case, [], by=masha)
    kinds = [record.kind for record in records(number)]
    assert kinds == ["ticket_created", "priority_changed"]


def test_events_know_actor_unit_and_time(
    app: Flask, masha: Staff, ivan: Client, clock: Frozen
) -> None:
    number = open_one(ivan)
    clock.advance(minutes=5)
    with bus.unit_of_work() as unit:
        case = db.session.get_one(Case, number)
        tickets.set_priority(case, Priority.LOW, by=masha)
        tickets.set_subject(case, "Потерялась", by=masha)
        number_of_unit = unit.id
    created, *changes = records(number)
    assert created.actor_id == ivan.id
    assert {record.unit for record in changes} == {number_of_unit} != {created.unit}
    assert all(record.at - created.at == timedelta(minutes=5) for record in changes)
    assert changes[0].changes == {"priority": [2, 1]}


def test_a_failed_unit_leaves_nothing(app: Flask, masha: Staff, ivan: Client) -> None:
    number = open_one(ivan)
    with pytest.raises(ZeroDivisionError), bus.unit_of_work():
        tickets.add_note(db.session.get_one(Case, number), "Проверяю", by=masha)
        raise ZeroDivisionError
    assert [record.kind for record in records(number)] == ["ticket_created"]
