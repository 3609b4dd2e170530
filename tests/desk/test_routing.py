"""The dispatcher at work: arrivals, full house, freed slots, presence, what is written down."""

from core import bus
from core.clock import now
from core.db import db
from desk import dispatcher, events, tickets
from desk.routing import handing
from models import Case, Client, Duty, EventRecord, Presence, Staff
from tests.support.routing import (
    agent,
    arrives,
    be,
    decisions,
    hands_out,
    holder,
    queued,
    solve,
)


def test_an_arrival_goes_to_the_least_loaded_then_by_the_alphabet(ivan: Client) -> None:
    agent("Маша")
    agent("Антон")
    group = hands_out()
    numbers = [arrives(ivan, group) for _ in range(4)]
    assert [holder(each) for each in numbers] == ["Антон", "Маша", "Антон", "Маша"]
    assert queued() == []


def test_a_full_house_waits_and_who_gets_a_slot_gets_the_first(ivan: Client) -> None:
    masha, anton = agent("Маша"), agent("Антон")
    group = hands_out(ticket_limit=1)
    first, second, third, fourth = (arrives(ivan, group) for _ in range(4))
    assert (holder(first), holder(second)) == ("Антон", "Маша")
    assert queued() == [third, fourth]
    solve(second, masha)
    assert (holder(third), queued()) == ("Маша", [fourth])
    solve(first, anton)
    assert (holder(fourth), queued()) == ("Антон", [])


def test_the_queue_goes_by_priority_then_due_time_then_age(ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out(ticket_limit=1)
    taken = arrives(ivan, group)
    old, urgent, due = (arrives(ivan, group) for _ in range(3))
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, urgent), 4, by=masha)
        db.session.get_one(Case, due).due_at = db.session.get_one(Case, due).created_at
    order = []
    for _ in range(4):
        order.append(taken)
        solve(taken, masha)
        taken = next((each for each in (old, urgent, due) if holder(each) and each not in order), 0)
    assert order[1:] == [urgent, due, old]


def test_who_comes_back_gets_what_waits(ivan: Client) -> None:
    masha = agent("Маша", presence=Presence.AWAY)
    group = hands_out()
    number = arrives(ivan, group)
    assert queued() == [number]
    (waits,) = decisions(number)
    assert waits.chosen_id is None
    assert dispatcher.unpacked(waits.packed).excluded[0].reasons[0].key == "present"
    be(masha, "available")
    assert (holder(number), queued()) == ("Маша", [])


def test_what_was_decided_is_written_down(ivan: Client) -> None:
    masha, anton = agent("Маша"), agent("Антон", presence=Presence.OFF)
    group = hands_out()
    number = arrives(ivan, group)
    (row,) = decisions(number)
    decision = dispatcher.unpacked(row.packed)
    assert (row.chosen_id, decision.chosen) == (masha.id, masha.id)
    assert [one.agent_id for one in decision.excluded] == [anton.id]
    assert decision.at == now() == row.since
    event = db.session.query(EventRecord).filter_by(kind="assignee_changed").one()
    assert event.data["routing"] == row.id
    with bus.unit_of_work(writes=False):
        said = events.of(event).sentence()
    assert said == ("Исполнитель: нет → Маша. загрузка 0 из 2, выдано за день: 0")
    assert event.actor.kind == "dispatcher"
    duty = db.session.get_one(Duty, masha.id)
    assert (duty.given, duty.last_given) == (1, row.id)


def test_people_may_take_what_waits_and_more_than_the_limit(ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out(ticket_limit=1)
    arrives(ivan, group)
    second = arrives(ivan, group)
    with bus.unit_of_work():
        person = db.session.get_one(Staff, masha.id)
        tickets.assign(db.session.get_one(Case, second), person, by=person)
    assert (holder(second), queued()) == ("Маша", [])
    third = arrives(ivan, group)
    solve(second, masha)
    assert queued() == [third]  # one of one is in hand still


def test_what_waits_for_the_client_is_no_work_to_give(ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out(ticket_limit=1)
    first, second = arrives(ivan, group), arrives(ivan, group)
    with bus.unit_of_work():
        pending = next(
            row for row in handing.catalog().statuses.values() if row.category == "pending"
        )
        tickets.change_status(db.session.get_one(Case, first), pending.id, by=masha)
    assert (holder(second), queued()) == ("Маша", [])
    with bus.unit_of_work():
        tickets.assign(db.session.get_one(Case, first), None, by=masha)
    assert queued() == []


def test_a_group_without_a_mode_keeps_no_queue(ivan: Client) -> None:
    agent("Маша")
    group = hands_out("")
    number = arrives(ivan, group)
    assert (holder(number), queued(), decisions(number)) == (None, [], [])


def test_a_case_given_in_circles_is_left_to_people(ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out()
    number = arrives(ivan, group)
    for _ in range(12):
        with bus.unit_of_work():
            tickets.assign(db.session.get_one(Case, number), None, by=masha)
    assert holder(number) is None
    assert len(decisions(number)) == 10
    assert db.session.query(EventRecord).filter_by(kind="dispatcher_held").count() >= 1
