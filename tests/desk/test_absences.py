"""Absences and single shifts: entered, refused, ended early, taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from core import bus
from core import clock as core_clock
from core.db import db
from desk.errors import Forbidden, Invalid, NotFound
from desk.routing import leaving
from desk.routing.staffing import staffing
from desk.team import absences, people, shifts
from desk.team.absences import AbsenceSaid
from models import Absence, Client, EventRecord, Shift, Staff
from tests.support.routing import agent, arrives, hands_out, holder

T = TypeVar("T")


def read(ask: Callable[[], T]) -> T:
    """What a page would be told now."""
    with bus.unit_of_work(writes=False):
        return ask()


DAY = timedelta(days=1)


def enter(person: Staff, by: Staff, start: float, end: float | None, **more: Any) -> Absence:
    """From and until in days from now."""
    now = core_clock.now()
    ends = None if end is None else now + end * DAY
    with bus.unit_of_work():
        held = people.person_for(person.id, lock=True)
        said = AbsenceSaid(more.pop("kind", "planned"), now + start * DAY, ends, **more)
        return absences.enter(held, said, by=db.session.get_one(Staff, by.id))


def end(row: Absence, by: Staff) -> None:
    with bus.unit_of_work():
        absences.end(absences.absence_for(row.id), by=db.session.get_one(Staff, by.id))


def last_change() -> dict[str, Any]:
    rows = db.session.query(EventRecord).filter_by(kind="settings_changed")
    return dict(rows.order_by(EventRecord.id.desc()).first().data)  # type: ignore[union-attr]


def test_who_is_absent_gets_nothing_and_the_stand_in_has_it(anton: Staff, ivan: Client) -> None:
    masha, sergey = agent("Маша"), agent("Сергей")
    group = hands_out("alphabetical")
    number = arrives(ivan, group)
    assert holder(number) == "Маша"
    leaving.look_around()
    row = enter(masha, anton, -0.1, 3, stand_in_id=sergey.id, note="Отпуск")
    leaving.look_around()
    assert holder(number) == "Сергей"
    assert holder(arrives(ivan, group)) == "Сергей"
    data = last_change()
    assert (data["name"], data["after"]["stand_in"]) == ("Маша", "Сергей")
    end(row, anton)
    assert read(staffing).absences == {}
    assert holder(arrives(ivan, group)) == "Маша"
    assert last_change()["what"] == "absence_ended"


@pytest.mark.parametrize(
    ("start", "until"), [(1, 2), (-1, 1.5), (2.5, None), (0.5, 9), (2.9, 3.1), (-2, None)]
)
def test_overlapping_ones_are_refused(anton: Staff, start: float, until: float | None) -> None:
    masha = agent("Маша")
    enter(masha, anton, 1, 3)
    with pytest.raises(Invalid, match="уже есть") as refused:
        enter(masha, anton, start, until)
    assert refused.value.field == "starts_at"


def test_one_may_begin_when_another_ends(anton: Staff) -> None:
    masha = agent("Маша")
    enter(masha, anton, 3, None, kind="sick")
    enter(masha, anton, 1, 3)
    enter(agent("Сергей"), anton, 1, 4)
    found = read(absences.coming)
    assert [(row.staff_id == masha.id, row.kind) for row in found[-1:]] == [(True, "sick")]
    assert len(read(lambda: absences.coming(masha.id))) == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"start": 2, "end": 1}, "ends_at"),
        ({"start": -2, "end": -1}, "ends_at"),
        ({"start": 2000, "end": None}, "starts_at"),
        ({"start": 0, "end": 2000}, "ends_at"),
        ({"start": 0, "end": 1, "kind": "party"}, "kind"),
        ({"start": 0, "end": 1, "note": "x" * 251}, "note"),
        ({"start": 0, "end": 1, "stand_in_id": 999}, "stand_in_id"),
        ({"start": 0, "end": 1, "stand_in_id": "self"}, "stand_in_id"),
    ],
)
def test_what_can_not_be(anton: Staff, given: dict[str, Any], field: str) -> None:
    masha, given = agent("Маша"), dict(given)
    if given.get("stand_in_id") == "self":
        given["stand_in_id"] = masha.id
    with pytest.raises(Invalid) as refused:
        enter(masha, anton, given.pop("start"), given.pop("end"), **given)
    assert refused.value.field == field


def test_a_stand_in_who_is_absent_is_told(anton: Staff) -> None:
    masha, sergey = agent("Маша"), agent("Сергей")
    enter(sergey, anton, 2, 5)
    with bus.unit_of_work(writes=False):
        assert absences.stand_in_is_absent(absences.coming(sergey.id)[0]) == ""
    row = enter(masha, anton, 1, 3, stand_in_id=sergey.id)
    apart = enter(masha, anton, 6, 7, stand_in_id=sergey.id)
    with bus.unit_of_work(writes=False):
        assert "Сергей" in absences.stand_in_is_absent(row)
        assert absences.stand_in_is_absent(apart) == ""


def test_one_that_has_not_begun_is_taken_back(anton: Staff) -> None:
    masha = agent("Маша")
    row = enter(masha, anton, 1, 3)
    end(row, anton)
    assert db.session.query(Absence).count() == 0
    assert last_change()["what"] == "absence_removed"


def test_one_that_is_over_stays(anton: Staff, clock: Any) -> None:
    masha = agent("Маша")
    row = enter(masha, anton, 0, 1)
    clock.advance(days=2)
    with pytest.raises(Invalid):
        end(row, anton)
    assert read(absences.coming) == []


def test_others_need_the_right(anton: Staff) -> None:
    masha, sergey = agent("Маша"), agent("Сергей")
    row = enter(masha, masha, 1, 2)
    with pytest.raises(Forbidden):
        enter(masha, sergey, 3, 4)
    with pytest.raises(Forbidden):
        end(row, sergey)
    with pytest.raises(NotFound):
        read(lambda: absences.absence_for(row.id, of=sergey))
    end(row, masha)


def add_shift(person: Staff, by: Staff, start: float, until: float) -> Shift:
    now = core_clock.now()
    with bus.unit_of_work():
        held = people.person_for(person.id, lock=True)
        return shifts.add(held, now + start * DAY, now + until * DAY, by=by)


@pytest.mark.parametrize(
    ("start", "until", "field"),
    [
        (1, 1, "ends_at"),
        (-1, -0.5, "ends_at"),
        (0, 8, "ends_at"),
        (400, 400.5, "starts_at"),
        (0.1, 0.3, "starts_at"),
    ],
)
def test_shifts_that_can_not_be(anton: Staff, start: float, until: float, field: str) -> None:
    masha = agent("Маша")
    add_shift(masha, anton, 0.2, 0.5)
    with pytest.raises(Invalid) as refused:
        add_shift(masha, anton, start, until)
    assert refused.value.field == field


def test_a_single_shift_opens_the_hours(anton: Staff, ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out()
    later = add_shift(masha, anton, 1, 2)
    number = arrives(ivan, group)
    assert holder(number) is None
    add_shift(masha, anton, 0, 0.5)
    assert holder(number) == "Маша"
    assert len(read(lambda: shifts.coming(masha))) == 2
    with bus.unit_of_work():
        person = people.person_for(masha.id, lock=True)
        shifts.remove(shifts.shift_for(later.id, of=person), person, by=anton)
    assert len(read(lambda: shifts.coming(masha))) == 1
    assert last_change()["what"] == "shift_removed"
    with pytest.raises(NotFound):
        read(lambda: shifts.shift_for(later.id, of=masha))
