"""Groups: made, changed, refused, deleted only when nothing refers to them; what is doubtful."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from core import bus, clock
from core.db import db
from desk import catalog, tickets
from desk.automation import library
from desk.automation.library import NewVersion
from desk.errors import Invalid, Stale
from desk.routing import staffing
from desk.team import groups
from desk.team.doubts import Doubt, doubts
from desk.team.group_said import GroupSaid
from models import Case, Client, EventRecord, Group, Membership, Schedule, Staff
from tests.support.counters import given_counter
from tests.support.routing import agent, arrives, hands_out, holder, queued, solve
from tests.support.rules import do

SPARE = ("spare", "Запасная", "Spare")


def group_of(key: str = "support") -> Group:
    return db.session.query(Group).filter_by(key=key).populate_existing().one()


def edit(group: Group, by: Staff, **more: Any) -> None:
    with bus.unit_of_work():
        row = groups.group_for(group.id, lock=True)
        said = replace(groups.said_of(row), **more)
        groups.change(row, said, based_on=groups.fingerprint(row), by=by)


def last_change() -> dict[str, Any]:
    rows = db.session.query(EventRecord).filter_by(kind="settings_changed")
    return dict(rows.order_by(EventRecord.id.desc()).first().data)  # type: ignore[union-attr]


def test_a_change_is_recorded_with_what_differs(anton: Staff) -> None:
    masha, sergey = agent("Маша"), agent("Сергей")
    edit(group_of(), anton, mode="round_robin", members=[masha.id])
    assert last_change() == {
        "what": "group",
        "id": group_of().id,
        "name": "Поддержка",
        "before": {"mode": "", "members": sorted([masha.id, sergey.id])},
        "after": {"mode": "round_robin", "members": [masha.id]},
    }
    count = db.session.query(EventRecord).filter_by(kind="settings_changed").count()
    edit(group_of(), anton)
    assert db.session.query(EventRecord).filter_by(kind="settings_changed").count() == count


def test_who_stays_keeps_the_day_of_joining(anton: Staff, clock: Any) -> None:
    masha, sergey = agent("Маша"), agent("Сергей", group=SPARE)
    began = db.session.get_one(Membership, (masha.id, group_of().id)).since
    clock.advance(hours=5)
    edit(group_of(), anton, members=[masha.id, sergey.id])
    db.session.expire_all()
    assert db.session.get_one(Membership, (masha.id, group_of().id)).since == began
    assert db.session.get_one(Membership, (sergey.id, group_of().id)).since > began


def test_who_joins_gets_what_waits(ivan: Client, anton: Staff) -> None:
    masha, sergey = agent("Маша"), agent("Сергей", group=SPARE)
    group = hands_out(ticket_limit=1)
    numbers = [arrives(ivan, group) for _ in range(2)]
    assert [holder(each) for each in numbers] == ["Маша", None]
    edit(group, anton, members=[masha.id, sergey.id])
    assert (holder(numbers[1]), queued()) == ("Сергей", [])


def test_who_leaves_gets_nothing_more_and_keeps_the_work(ivan: Client, anton: Staff) -> None:
    agent("Маша")
    group = hands_out()
    first = arrives(ivan, group)
    edit(group, anton, members=[])
    second = arrives(ivan, group)
    assert (holder(first), holder(second), queued()) == ("Маша", None, [second])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_ru": "\u200b"}, "name_ru"),
        ({"name_ru": "x" * 121}, "name_ru"),
        ({"name_en": "spare"}, "name_en"),
        ({"line": 0}, "line"),
        ({"line": 9}, "line"),
        ({"direction_id": 999}, "direction_id"),
        ({"head_id": 999}, "head_id"),
        ({"members": [999]}, "members"),
        ({"mode": "random"}, "mode"),
        ({"ticket_limit": 0}, "ticket_limit"),
        ({"dialog_limit": 100}, "dialog_limit"),
        ({"overflow_minutes": 5}, "overflow_to_id"),
        ({"overflow_minutes": 0}, "overflow_minutes"),
        ({"overflow_minutes": 10081}, "overflow_minutes"),
        ({"overflow_to_id": "spare"}, "overflow_minutes"),
        ({"overflow_minutes": 5, "overflow_to_id": "support"}, "overflow_to_id"),
        ({"overflow_minutes": 5, "overflow_to_id": 999}, "overflow_to_id"),
        ({"answer_seconds": 9}, "answer_seconds"),
        ({"answer_seconds": 3601}, "answer_seconds"),
        ({"at_shift_end": ""}, "at_shift_end"),
        ({"at_absence": "burn"}, "at_absence"),
    ],
)
def test_what_can_not_be(anton: Staff, wrong: dict[str, Any], field: str) -> None:
    agent("Маша")
    agent("Сергей", group=SPARE)
    to = wrong.get("overflow_to_id")
    wrong = wrong | ({"overflow_to_id": group_of(to).id} if isinstance(to, str) else {})
    with pytest.raises(Invalid) as refused:
        edit(group_of(), anton, **wrong)
    assert refused.value.field == field


def test_who_left_the_company_stays_and_is_not_put_anew(anton: Staff) -> None:
    masha, sergey = agent("Маша"), agent("Сергей", group=SPARE)
    with bus.unit_of_work():
        for one in (masha, sergey):
            db.session.get_one(Staff, one.id).deactivated_at = clock.now()
        catalog.changed()
    edit(group_of(), anton, ticket_limit=3)
    assert db.session.get(Membership, (masha.id, group_of().id)) is not None
    with pytest.raises(Invalid, match="больше не работает"):
        edit(group_of(), anton, members=[masha.id, sergey.id])


def test_of_two_editors_the_second_is_told(anton: Staff) -> None:
    masha = agent("Маша")
    seen = groups.fingerprint(group_of())
    edit(group_of(), anton, members=[])
    with bus.unit_of_work(), pytest.raises(Stale):
        row = groups.group_for(group_of().id, lock=True)
        said = replace(groups.said_of(row), members=[masha.id])
        groups.change(row, said, based_on=seen, by=anton)


def delete(key: str, by: Staff) -> str:
    """Why not; empty when it is gone."""
    try:
        with bus.unit_of_work():
            groups.delete(group_of(key), by=by)
    except Invalid as error:
        return str(error)
    return ""


def test_an_empty_one_is_deleted_with_its_memberships(anton: Staff) -> None:
    agent("Сергей", group=SPARE)
    assert delete("spare", anton) == ""
    assert db.session.query(Group).filter_by(key="spare").count() == 0
    assert last_change()["before"]["name_ru"] == "Запасная"


def test_what_refers_to_it_is_named(ivan: Client, anton: Staff) -> None:
    agent("Маша")
    agent("Сергей", group=SPARE)
    spare = group_of("spare")
    edit(group_of(), anton, overflow_minutes=5, overflow_to_id=spare.id)
    said = {
        "on": ["ticket_created"],
        "if": {"none": [{"field": "group", "op": "any_of", "value": [spare.id]}]},
        "then": [do("set_priority", value=4)],
    }
    with bus.unit_of_work():
        library.create(NewVersion(said, "Срочно"), by=anton)
    given_counter("Решение", anton, (60, [do("assign_group", value=spare.id)]), kind="solution")
    number = arrives(ivan, spare)
    why = delete("spare", anton)
    for part in ("1 обращение в ней", "группа «Поддержка»", "триггер «Срочно»", "«Решение»"):
        assert part in why
    assert db.session.get(Case, number) is not None


def test_its_past_keeps_it(ivan: Client, anton: Staff) -> None:
    """Its name stands in the history of tickets that have gone elsewhere since."""
    agent("Маша")
    agent("Сергей", group=SPARE)
    number = arrives(ivan, group_of("spare"))
    with bus.unit_of_work():
        tickets.assign_group(db.session.get_one(Case, number), group_of(), by=anton)
    assert "история обращений" in delete("spare", anton)


def told(quiet: bool = False) -> list[Doubt]:
    with bus.unit_of_work(writes=False):
        return [each for each in doubts() if each.is_quiet == quiet]


def paths(found: list[Doubt]) -> list[list[str]]:
    return [[address for _name, address in each.ways] for each in found]


def test_nothing_is_doubtful_where_all_is_well(masha: Staff, anton: Staff) -> None:
    agent("Аня")
    agent("Боря")
    hands_out(at_absence="queue")
    edit(group_of("first"), anton, at_absence="keep")
    assert told() == told(quiet=True) == []


def test_without_members(app: Flask) -> None:
    (found,) = told()
    assert "никого нет" in found.told
    assert paths([found]) == [[f"/admin/groups/{group_of('first').id}#members"]]


def test_nobody_ever_on_shift(masha: Staff) -> None:
    one = agent("Аня")
    with bus.unit_of_work():
        row = Schedule(key="never", name_ru="Никогда", zone="Europe/Moscow", cycle=[[]])
        row.anchor = clock.today("Europe/Moscow")
        db.session.add(row)
        db.session.flush()
        db.session.get_one(Staff, one.id).schedule_id = row.id
        catalog.changed()
        staffing.changed()
    (found,) = told()
    assert "ни одного рабочего часа" in found.told
    assert paths([found]) == [[f"/admin/people?group={group_of().id}", "/admin/schedules"]]
    agent("Боря")
    assert told() == [], "one who works is enough"


def test_all_weights_are_zero(masha: Staff) -> None:
    agent("Аня", weight=0)
    agent("Боря", weight=0)
    assert told() == [], "nobody asks for weights"
    hands_out("by_weight")
    (found,) = told()
    assert "все веса равны 0" in found.told


def test_circles_and_dead_ends(masha: Staff, anton: Staff) -> None:
    agent("Аня")
    agent("Боря", group=SPARE)
    support, spare = hands_out(), group_of("spare")
    edit(support, anton, overflow_minutes=5, overflow_to_id=spare.id)
    (dead_end,) = told()
    assert "ничего не раздаётся" in dead_end.told
    ways = [f"/admin/groups/{support.id}#overflow_to_id", f"/admin/groups/{spare.id}#mode"]
    assert paths([dead_end]) == [ways]
    edit(spare, anton, mode="round_robin", overflow_minutes=9, overflow_to_id=support.id)
    (circle,) = told()
    assert "Поддержка → Запасная → Поддержка" in circle.told
    assert len(circle.ways) == 2


def test_handed_on_where_nothing_is_handed_out(masha: Staff, anton: Staff) -> None:
    """The policy is that of a new group, so it is told once, and quietly."""
    agent("Аня")
    (found,) = told(quiet=True)
    assert [name for name, _address in found.ways] == ["Первая линия", "Поддержка"]
    edit(group_of(), anton, mode="least_loaded")
    alone, found = told(quiet=True)
    assert "только один человек" in alone.told
    assert [name for name, _address in found.ways] == ["Первая линия"]
    edit(group_of("first"), anton, at_shift_end="hand_on")
    assert len(told(quiet=True)) == 3


def test_of_a_new_group(ivan: Client, anton: Staff) -> None:
    masha = agent("Маша")
    said = GroupSaid("Возвраты", mode="alphabetical", members=[masha.id], ticket_limit=1)
    with bus.unit_of_work():
        group = groups.create(said, by=anton)
    number = arrives(ivan, group)
    assert holder(number) == "Маша"
    assert group.position > group_of().position
    solve(number, masha)
    assert delete(group.key, anton) != ""
