"""Work passed between lines and departments, and given back: who has it, what is told."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.clock import Frozen, now
from core.db import db
from core.i18n import use_locale
from desk import catalog as reference
from desk import conversation, deadlines, passing, settings, tickets
from desk.catalog import catalog
from desk.errors import Invalid
from models import Case, Client, Direction, Group, Participant, Passing, RuleActor, Staff, Ticket
from tests.support.counters import fire_all, given_counter
from tests.support.people import hire
from tests.support.rules import cond, do, given, without_rules
from tests.support.tickets import opened

WHY = "перезагрузка не помогла"


@pytest.fixture
def ticket(app: Flask, ivan: Client, masha: Staff, sergey: Staff, vera: Staff) -> Ticket:
    """With Masha of the first line; Sergey's group is of line 2, Vera's of line 3."""
    without_rules()
    found = opened(ivan)
    with bus.unit_of_work():
        tickets.assign_group(case(found), group("first"), by=masha)
        tickets.assign(case(found), masha, by=masha)
    return found


def case(of: Ticket) -> Case:
    return db.session.get_one(Case, of.id)


def group(key: str) -> Group:
    found: Group = catalog().by_key("groups", key)
    return found


def key_of(number: int | None) -> str | None:
    return db.session.get_one(Group, number).key if number else None


def pass_on(of: Ticket, by: Participant, **more: Any) -> None:
    with bus.unit_of_work():
        if isinstance(more.get("group"), str):
            more["group"] = group(more["group"])
        passing.pass_on(case(of), by=by, **{"reason": WHY, **more})


def give_back(of: Ticket, by: Participant, reason: str = "не к нам") -> None:
    with bus.unit_of_work():
        passing.give_back(case(of), by=by, reason=reason)


def take(of: Ticket, who: Staff) -> None:
    with bus.unit_of_work():
        tickets.assign(case(of), who, by=who)


def place(of: Ticket) -> tuple[int, str | None, int | None]:
    found = case(of)
    return found.line, key_of(found.group_id), found.assignee_id


def rows(of: Ticket) -> list[Passing]:
    return db.session.query(Passing).filter_by(case_id=of.id).order_by(Passing.id).all()


def told(of: Ticket) -> list[str]:
    with bus.unit_of_work(writes=False), use_locale("en"):
        return [each.event.sentence() for each in reversed(conversation.history(case(of)))]


def test_up_to_a_line_with_all_that_is_known(ticket: Ticket, masha: Staff, clock: Frozen) -> None:
    pass_on(ticket, masha, line=2, tried=" лента\r\nновая ", found="0x41", needed="техник")
    assert place(ticket) == (2, "repair", None)
    (row,) = rows(ticket)
    assert (row.way, row.from_line, row.to_line) == ("up", 1, 2)
    assert (key_of(row.from_group_id), key_of(row.to_group_id)) == ("first", "repair")
    assert (row.from_assignee_id, row.by_id, row.reason) == (masha.id, masha.id, WHY)
    assert (row.tried, row.found, row.needed) == ("лента\nновая", "0x41", "техник")
    assert (row.at, row.ended_at) == (now(), None)


def test_the_timeline_tells_it_once(ticket: Ticket, masha: Staff) -> None:
    pass_on(ticket, masha, line=2)
    assert told(ticket)[-3:] == [
        f"Line: 1 · First line → 2 · Specialists. {WHY}",
        "Group: First line → Repair team, with the line",
        "Assignee: Маша → none",
    ]
    number = rows(ticket)[0].id
    with bus.unit_of_work(writes=False):
        happened = [each.event for each in conversation.history(case(ticket))[:3]]
        assert {each.data["passing"] for each in happened} == {number}
        assert len({each.record.at for each in happened}) == 1


def test_down_and_sideways(ticket: Ticket, masha: Staff, sergey: Staff) -> None:
    pass_on(ticket, masha, line=3)
    pass_on(ticket, sergey, line=2)
    assert place(ticket) == (2, "repair", None)
    hire("Нина", "nina@kurier.example", line=2, group=("tills", "Кассы", "Tills"))
    pass_on(ticket, sergey, group="tills")
    assert place(ticket) == (2, "tills", None)
    pass_on(ticket, sergey, group="experts")
    assert place(ticket) == (3, "experts", None)
    assert [row.way for row in rows(ticket)] == ["up", "down", "sideways", "sideways"]
    assert told(ticket)[-1] == "Group: Tills → Experts, with the line"
    assert f"Group: Repair team → Tills. {WHY}" in told(ticket)


def test_a_group_of_the_line_that_was_chosen(ticket: Ticket, masha: Staff) -> None:
    hire("Нина", "nina@kurier.example", line=2, group=("tills", "Кассы", "Tills"))
    pass_on(ticket, masha, line=2)
    assert place(ticket)[1] == "first", "nobody clearly gets it: it stays with its own group"
    pass_on(ticket, masha, line=2, group="tills")
    assert place(ticket) == (2, "tills", None)
    assert rows(ticket)[-1].way == "sideways"


@pytest.mark.parametrize(
    ("groups", "to"),
    [(["repair"], "repair"), (["repair", "tills"], "first"), (["mixed"], "first")],
)
def test_the_group_follows_the_line(
    app: Flask, ivan: Client, masha: Staff, groups: list[str], to: str
) -> None:
    """The only one there, unless its own has people of that line too."""
    for key in groups:
        its = "first" if key == "mixed" else key
        hire("Сергей", f"{key}@kurier.example", line=2, group=(its, its, its))
    found = opened(ivan)
    with bus.unit_of_work():
        tickets.assign_group(case(found), group("first"), by=masha)
    pass_on(found, masha, line=2)
    assert place(found)[:2] == (2, to)


def test_a_group_of_another_direction_does_not_follow(
    ticket: Ticket, masha: Staff, ivan: Client
) -> None:
    with bus.unit_of_work():
        other = Direction(key="couriers", name_ru="Курьеры", name_en="Couriers", position=9)
        db.session.add(other)
        db.session.flush()
        db.session.get_one(Group, group("repair").id).direction_id = other.id
        reference.changed()
    pass_on(ticket, masha, line=2)
    assert place(ticket)[:2] == (2, "first")


def test_who_works_there_too_keeps_it(ticket: Ticket, masha: Staff) -> None:
    both = hire("Нина", "nina@kurier.example", line=2, group=("repair", "", ""))
    take(ticket, both)
    pass_on(ticket, masha, line=2)
    assert place(ticket) == (2, "repair", both.id)


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("reason", {"line": 2, "reason": " \u200b "}),
        ("reason", {"line": 2, "reason": "я" * 1001}),
        ("tried", {"line": 2, "tried": "я" * 5001}),
        ("needed", {"line": 2, "needed": "я" * 5001}),
        ("line", {}),
        ("line", {"line": 0}),
        ("line", {"line": 7}),
        ("line", {"line": 1}),
        ("line", {"line": 1, "group": "first"}),
        ("line", {"group": "first"}),
    ],
)
def test_what_cannot_be_taken(
    ticket: Ticket, masha: Staff, field: str, more: dict[str, Any]
) -> None:
    before = case(ticket).version
    with pytest.raises(Invalid) as refused:
        pass_on(ticket, masha, **more)
    assert refused.value.field == field
    assert (case(ticket).version, rows(ticket)) == (before, [])


def test_the_company_may_want_all_three(ticket: Ticket, masha: Staff, anton: Staff) -> None:
    with bus.unit_of_work():
        settings.change({"passing_needs": True}, by=anton)
    parts = {"tried": "лента", "found": "0x41", "needed": "техник"}
    for name in parts:
        with pytest.raises(Invalid) as refused:
            pass_on(ticket, masha, line=2, **{**parts, name: "  "})
        assert refused.value.field == name
    pass_on(ticket, masha, line=2, **parts)
    give_back(ticket, masha)
    assert place(ticket)[0] == 1, "a return has nothing to sum up"


def test_back_to_who_passed_it(ticket: Ticket, masha: Staff, sergey: Staff) -> None:
    pass_on(ticket, masha, line=2)
    take(ticket, sergey)
    give_back(ticket, sergey, "это  к\nпервой линии")
    assert place(ticket) == (1, "first", masha.id)
    up, back = rows(ticket)
    assert (back.way, back.from_line, back.to_line) == ("back", 2, 1)
    assert (back.from_assignee_id, back.reason) == (sergey.id, "это к первой линии")
    assert told(ticket)[-3:] == [
        "Returned. Line: 2 · Specialists → 1 · First line. это к первой линии",
        "Group: Repair team → First line, with the line",
        "Assignee: Сергей → Маша",
    ]


def test_nothing_goes_to_and_fro(ticket: Ticket, masha: Staff, sergey: Staff, vera: Staff) -> None:
    """A return is no passing that could be returned: 1, 2, 3, back to 2, back to 1, no further."""
    pass_on(ticket, masha, line=2)
    take(ticket, sergey)
    pass_on(ticket, sergey, line=3)
    give_back(ticket, vera)
    assert place(ticket) == (2, "repair", sergey.id)
    give_back(ticket, sergey)
    assert place(ticket) == (1, "first", masha.id)
    with pytest.raises(Invalid, match="некому"):
        give_back(ticket, masha)


def test_back_to_the_queue_when_they_are_gone(
    ticket: Ticket, masha: Staff, sergey: Staff, clock: Frozen
) -> None:
    pass_on(ticket, masha, line=2)
    with bus.unit_of_work():
        db.session.get_one(Staff, masha.id).deactivated_at = now()
        reference.changed()
    give_back(ticket, sergey)
    assert place(ticket) == (1, "first", None)


def test_back_within_a_line(ticket: Ticket, masha: Staff) -> None:
    hire("Нина", "nina@kurier.example", group=("tills", "Кассы", "Tills"))
    pass_on(ticket, masha, group="tills")
    assert place(ticket) == (1, "tills", None)
    with bus.unit_of_work():
        tickets.assign_group(case(ticket), group("first"), by=masha)
    give_back(ticket, masha, "ошиблись")
    assert place(ticket) == (1, "first", masha.id)
    assert told(ticket)[-1] == "Returned. Assignee: none → Маша. ошиблись"
    with pytest.raises(Invalid, match="некому"):
        give_back(ticket, masha)


def test_a_return_needs_a_reason_and_something_to_return(ticket: Ticket, masha: Staff) -> None:
    with pytest.raises(Invalid, match="некому"):
        give_back(ticket, masha)
    pass_on(ticket, masha, line=2)
    for reason in (" ", "я" * 1001):
        with pytest.raises(Invalid) as refused:
            give_back(ticket, masha, reason)
        assert refused.value.field == "reason"
    assert place(ticket)[0] == 2


def test_each_stay_has_its_end(ticket: Ticket, masha: Staff, clock: Frozen) -> None:
    pass_on(ticket, masha, line=2)
    clock.advance(hours=3)
    pass_on(ticket, masha, line=3)
    clock.advance(hours=2)
    give_back(ticket, masha)
    clock.advance(hours=1)
    with bus.unit_of_work():
        tickets.solve(case(ticket), by=masha)
    held = [row.ended_at - row.at for row in rows(ticket)]
    assert held == [timedelta(hours=3), timedelta(hours=2), timedelta(hours=1)]
    with pytest.raises(Invalid, match="решено"):
        pass_on(ticket, masha, line=3)
    with pytest.raises(Invalid, match="решено"):
        give_back(ticket, masha)
    with bus.unit_of_work():
        tickets.reopen(case(ticket), by=masha)
    give_back(ticket, masha)
    assert place(ticket)[0] == 1


def test_a_trigger_leaves_its_passing(
    app: Flask, ivan: Client, masha: Staff, sergey: Staff
) -> None:
    """What it did in one go is one way: from where the ticket was to where it is after."""
    without_rules()
    number = opened(ivan).id
    actions = [
        do("assign_group", group_id("repair")),
        do("pass_to_line", 2, reason=""),
        do("assign_person", sergey.id),
    ]
    with bus.unit_of_work():
        tickets.assign_group(db.session.get_one(Case, number), group("first"), by=masha)
        tickets.assign(db.session.get_one(Case, number), masha, by=masha)
    given("Ремонт", "priority_changed", actions)
    with bus.unit_of_work():
        tickets.set_priority(db.session.get_one(Case, number), 4, by=masha)
    (row,) = db.session.query(Passing)
    assert (row.way, row.from_line, row.to_line, row.reason) == ("up", 1, 2, "")
    assert (key_of(row.from_group_id), key_of(row.to_group_id)) == ("first", "repair")
    assert row.from_assignee_id == masha.id
    assert isinstance(db.session.get_one(Participant, row.by_id), RuleActor)


def group_id(key: str) -> int:
    with bus.unit_of_work(writes=False):
        return group(key).id


def test_a_step_of_a_counter_leaves_its_passing(
    ticket: Ticket, anton: Staff, clock: Frozen, ivan: Client
) -> None:
    given_counter("Молчим", anton, (10, [do("pass_to_line", 2, reason="Молчим")]), kind="solution")
    number = opened(ivan).id
    clock.advance(minutes=11)
    fire_all()
    (row,) = db.session.query(Passing)
    assert (row.case_id, row.way, row.reason) == (number, "up", "Молчим")
    assert db.session.get_one(Participant, row.by_id).kind == "counter"


def test_a_counter_runs_on_when_work_is_passed(
    app: Flask, ivan: Client, masha: Staff, sergey: Staff, anton: Staff, clock: Frozen
) -> None:
    without_rules()
    given_counter(
        "Решение", anton, (120, [do("add_note", text="Пора")]), kind="solution", limit=120
    )
    found = opened(ivan)
    clock.advance(minutes=30)
    before = clock_of(found)
    pass_on(found, masha, line=2)
    clock.advance(minutes=30)
    after = clock_of(found)
    assert (after.limit_at, after.policy_id) == (before.limit_at, before.policy_id)
    assert (before.worked, after.worked) == (timedelta(minutes=30), timedelta(minutes=60))


def test_a_counter_of_the_line_takes_the_clock_over(
    app: Flask, ivan: Client, masha: Staff, sergey: Staff, anton: Staff, clock: Frozen
) -> None:
    """And hands it back; the timeline tells the passing, the ledger whose hours counted."""
    without_rules()
    note, more = [do("add_note", text="Пора")], {"kind": "solution"}
    second = {"all": [cond("line", "is", 2)]}
    there = given_counter("Вторая", anton, (240, note), limit=240, conditions=second, **more)
    here = given_counter("Первая", anton, (120, note), limit=120, **more)
    found = opened(ivan)
    clock.advance(minutes=30)
    pass_on(found, masha, line=2)
    view = clock_of(found)
    assert (view.policy_id, view.worked) == (there, timedelta(minutes=30))
    assert view.left == timedelta(minutes=210)
    give_back(found, sergey)
    view = clock_of(found)
    assert (view.policy_id, view.left) == (here, timedelta(minutes=90))
    assert any(each.startswith("Returned. Line: 2") for each in told(found))


def clock_of(found: Ticket) -> deadlines.CounterView:
    with bus.unit_of_work(writes=False), use_locale("ru", "Europe/Moscow"):
        return deadlines.summary(case(found))[0]
