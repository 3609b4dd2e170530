"""What time alone brings: shifts, absences, overflow, unanswered dialogs; a process killed."""

from datetime import date, timedelta
from typing import Any

import pytest

from core import bus
from core.clock import Frozen, now
from core.db import db
from desk import catalog, dialogs, tickets
from desk.routing import staffing, sweeping, wanted
from desk.routing.leaving import Why, policy_of
from models import Absence, Case, Client, Group, Notice, Presence, Schedule, Staff, Waiting
from tests.support.people import hire
from tests.support.routing import agent, arrives, decisions, hands_out, holder, join, queued
from tests.support.tickets import opened

REPAIR = ("repair", "Ремонт", "Repair")
DAY_SHIFT = [[["09:00", "18:00"]]]


def works_by(person: Staff, cycle: list[Any], anchor: date = date(2026, 3, 2)) -> None:
    """A rotation that begins on the Monday of the tests."""
    with bus.unit_of_work():
        row = Schedule(key=f"s{person.id}", name_ru="Смены", cycle=cycle, anchor=anchor)
        row.zone = "Europe/Moscow"
        db.session.add(row)
        db.session.flush()
        db.session.get_one(Staff, person.id).schedule_id = row.id
        catalog.changed()
        staffing.changed()


def absent(person: Staff, stand_in: Staff | None = None, days: float | None = None) -> None:
    with bus.unit_of_work():
        ends = now() + timedelta(days=days) if days else None
        row = Absence(staff_id=person.id, kind="sick", starts_at=now(), ends_at=ends)
        row.created_at, row.created_by_id = now(), person.id
        row.stand_in_id = stand_in.id if stand_in else None
        db.session.add(row)
        staffing.changed()


def test_who_comes_on_shift_gets_what_waits(clock: Frozen, ivan: Client) -> None:
    masha = agent("Маша")
    works_by(masha, [[["12:00", "20:00"]]])
    group = hands_out()
    sweeping.sweep()
    number = arrives(ivan, group)
    assert (holder(number), queued()) == (None, [number])
    clock.advance(hours=2, minutes=59)
    sweeping.sweep()
    assert holder(number) is None
    clock.advance(minutes=1)
    sweeping.sweep()
    assert holder(number) == "Маша"


@pytest.mark.parametrize(
    ("policy", "has"), [("keep", "Маша"), ("hand_on", "Антон"), ("queue", "Антон")]
)
def test_what_becomes_of_work_at_the_end_of_a_shift(
    clock: Frozen, ivan: Client, policy: str, has: str
) -> None:
    masha = agent("Маша")
    works_by(masha, DAY_SHIFT)
    group = hands_out(at_shift_end=policy)
    sweeping.sweep()
    number = arrives(ivan, group)
    agent("Антон")
    clock.advance(hours=9)
    sweeping.sweep()
    assert (holder(number), queued()) == (has, [])


def test_a_stand_in_gets_the_work_of_who_is_absent_and_the_head_hears_of_it(
    ivan: Client,
) -> None:
    masha, head = agent("Маша"), agent("Яна", presence=Presence.OFF)
    stand_in = hire("Зоя", "zoya@kurier.example", group=REPAIR)
    group = hands_out(ticket_limit=5)
    with bus.unit_of_work():
        db.session.get_one(Group, group.id).head_id = head.id
        catalog.changed()
    sweeping.sweep()
    numbers = [arrives(ivan, group) for _ in range(3)]
    absent(masha, stand_in)
    sweeping.sweep()
    assert [holder(each) for each in numbers] == ["Зоя"] * 3
    (told,) = db.session.query(Notice).filter_by(occasion="work_left", staff_id=head.id)
    assert (told.data["hand_on"], told.data["who"]) == (3, "Маша")
    sweeping.sweep()
    assert db.session.query(Notice).filter_by(occasion="work_left").count() == 1


def test_without_a_stand_in_the_dispatcher_looks_for_somebody(ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out()
    sweeping.sweep()
    number = arrives(ivan, group)
    absent(masha)
    sweeping.sweep()
    assert (holder(number), queued()) == (None, [number])
    agent("Антон")
    sweeping.sweep()
    assert holder(number) == "Антон"


def test_work_of_who_is_gone_is_never_kept(ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out("", at_absence="keep", at_shift_end="keep")
    number = arrives(ivan, group)
    with bus.unit_of_work():
        person = db.session.get_one(Staff, masha.id)
        tickets.assign(db.session.get_one(Case, number), person, by=person)
    sweeping.sweep()
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).deactivated_at = now()
        catalog.changed()
    sweeping.sweep()
    assert holder(number) is None


def test_what_waits_too_long_overflows_and_a_circle_ends(clock: Frozen, ivan: Client) -> None:
    agent("Маша", presence=Presence.OFF)
    agent("Сергей", group=REPAIR, presence=Presence.OFF)
    support, repair = hands_out(), hands_out(group=REPAIR[0])
    hands_out(overflow_minutes=10, overflow_to_id=repair.id)
    hands_out(group=REPAIR[0], overflow_minutes=5, overflow_to_id=support.id)
    number = arrives(ivan, support)
    groups = []
    for _minute in range(40):
        clock.advance(minutes=1)
        sweeping.sweep()
        groups.append(db.session.get_one(Case, number, populate_existing=True).group_id)
    moved = [a for a, b in zip(groups, groups[1:], strict=False) if a != b]
    assert (groups[8], groups[9], groups[-1]) == (support.id, repair.id, repair.id)
    assert len(moved) == 1
    assert db.session.get_one(Waiting, number).been == [support.id]


def test_a_free_colleague_of_the_other_group_gets_what_overflows(
    clock: Frozen, ivan: Client
) -> None:
    agent("Маша", presence=Presence.OFF)
    agent("Сергей", group=REPAIR)
    support, repair = hands_out(), hands_out(group=REPAIR[0])
    hands_out(overflow_minutes=10, overflow_to_id=repair.id)
    number = arrives(ivan, support)
    clock.advance(minutes=10)
    sweeping.sweep()
    assert holder(number) == "Сергей"


def test_a_dialog_without_an_answer_goes_to_somebody_else(clock: Frozen, ivan: Client) -> None:
    agent("Антон")
    agent("Маша")
    group = hands_out(answer_seconds=60)
    with bus.unit_of_work():
        new = dialogs.NewDialog(subject="Где посылка?", text="Жду третий день")
        talk = dialogs.open_dialog(new, requester=ivan)
        tickets.assign_group(talk, db.session.get_one(Group, group.id), by=ivan)
        number = talk.id
    who = [row.chosen_id for row in decisions(number)]
    clock.advance(seconds=59)
    sweeping.sweep()
    assert len(decisions(number)) == 1
    clock.advance(seconds=1)
    sweeping.sweep()
    first, second = decisions(number)
    assert first.given_back_at == now()
    assert second.chosen_id not in (None, *who)
    clock.advance(seconds=60)
    sweeping.sweep()
    assert decisions(number)[-1].chosen_id == who[0]  # everybody was asked: from the beginning


def test_the_sweep_catches_up_with_what_a_killed_process_left(
    ivan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent("Маша")
    group = hands_out()
    monkeypatch.setattr(wanted, "_hand_out", lambda asked: None)
    number = arrives(ivan, group)
    assert queued() == [number]
    sweeping.sweep()
    assert (holder(number), queued()) == ("Маша", [])


def test_a_group_that_begins_to_hand_out_takes_its_open_work(ivan: Client) -> None:
    agent("Маша", presence=Presence.OFF)
    group = hands_out("")
    number = arrives(ivan, group)
    sweeping.sweep()
    assert queued() == []
    hands_out()
    sweeping.sweep()
    assert queued() == [number]
    hands_out("")
    sweeping.sweep()
    assert queued() == []


def test_a_group_without_members_waits_and_says_so(ivan: Client) -> None:
    masha = agent("Маша", group=REPAIR)
    agent("Никто", presence=Presence.OFF)
    group = hands_out()
    with bus.unit_of_work():
        for row in db.session.get_one(Group, group.id).memberships:
            db.session.delete(row)
        catalog.changed()
    number = arrives(ivan, group)
    (row,) = decisions(number)
    assert (row.chosen_id, row.packed["fit"], row.packed["out"]) == (None, [], [])
    join(masha, group)
    sweeping.sweep()
    assert holder(number) == "Маша"


def test_policies_of_a_case_without_a_group(ivan: Client) -> None:
    with bus.unit_of_work():
        case = opened(ivan)
        assert (policy_of(case, Why.GONE), policy_of(case, Why.SHIFT)) == ("queue", "keep")
