"""Schedules: rotations and calendars, what they come to, deleted with a word on their people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import catalog
from desk.errors import Invalid, Stale
from desk.routing.shifts import shift_of
from desk.routing.staffing import staffing
from desk.team import schedules
from desk.team.schedule_said import PRESETS, ScheduleSaid, ahead, never_opens, of_preset
from models import Calendar, EventRecord, Schedule, Staff
from tests.support.routing import agent

T = TypeVar("T")


def read(ask: Callable[[], T]) -> T:
    """What a page would be told now."""
    with bus.unit_of_work(writes=False):
        return ask()


TWO_TWO = ScheduleSaid(
    "2 через 2",
    days=("09:00–21:00", "9-21", "–", ""),
    anchor=date(2026, 3, 2),
    zone="Europe/Moscow",
)


def create(said: ScheduleSaid, by: Staff) -> Schedule:
    with bus.unit_of_work():
        return schedules.create(said, by=by)


def last_change() -> dict[str, Any]:
    rows = db.session.query(EventRecord).filter_by(kind="settings_changed")
    return dict(rows.order_by(EventRecord.id.desc()).first().data)  # type: ignore[union-attr]


def works_by(person: Staff, row: Schedule) -> None:
    with bus.unit_of_work():
        db.session.get_one(Staff, person.id).schedule_id = row.id
        catalog.changed()


def test_a_rotation_goes_round(anton: Staff, clock: Any) -> None:
    clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC))
    row = create(TWO_TWO, anton)
    hours = [each.hours for each in read(lambda: ahead(row))]
    assert hours == ["9:00–21:00", "9:00–21:00", "", ""] * 3 + ["9:00–21:00"] * 2
    masha = agent("Маша")
    works_by(masha, row)
    assert read(lambda: shift_of(masha.id, staffing(), clock.at)).is_on
    free = datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert not read(lambda: shift_of(masha.id, staffing(), free)).is_on


def test_by_a_calendar(anton: Staff) -> None:
    calendar = db.session.query(Calendar).first()
    assert calendar is not None
    row = create(ScheduleSaid("Офис", calendar_id=calendar.id), anton)
    assert (row.cycle, row.anchor) == ([], None)
    assert any(each.hours for each in read(lambda: ahead(row)))
    assert last_change()["after"]["calendar_id"] == calendar.name_ru


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_can_be_saved(anton: Staff, key: str) -> None:
    row = create(replace(read(lambda: of_preset(key)), name_ru=key), anton)
    assert not read(lambda: never_opens(row))
    assert len(row.cycle) == len(PRESETS[key].days)


def test_a_week_begins_on_a_monday(app: Flask) -> None:
    anchor = read(lambda: of_preset("5-2")).anchor
    assert anchor is not None
    assert anchor.weekday() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_ru": " "}, "name_ru"),
        ({"name_en": "x" * 121}, "name_en"),
        ({"name_ru": "сменный"}, "name_ru"),
        ({"days": ()}, "days"),
        ({"days": ("–",) * 57}, "days"),
        ({"days": ("9-21", "утром")}, "days"),
        ({"days": ("21:00-09:00",)}, "days"),
        ({"anchor": None}, "anchor"),
        ({"anchor": date(1, 1, 1)}, "anchor"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"calendar_id": 999}, "calendar_id"),
    ],
)
def test_what_can_not_be(anton: Staff, wrong: dict[str, Any], field: str) -> None:
    create(replace(TWO_TWO, name_ru="Сменный"), anton)
    with pytest.raises(Invalid) as refused:
        create(replace(TWO_TWO, **wrong), anton)
    assert refused.value.field == field


def test_the_line_that_is_not_clear_is_named(anton: Staff) -> None:
    with pytest.raises(Invalid, match="День 2:"):
        create(replace(TWO_TWO, days=("9-21", "утром")), anton)


def test_one_that_never_opens(anton: Staff) -> None:
    row = create(replace(TWO_TWO, days=("–", "–")), anton)
    assert read(lambda: never_opens(row))


def test_a_change_is_recorded_and_of_two_the_second_is_told(anton: Staff) -> None:
    row = create(TWO_TWO, anton)
    seen = read(lambda: schedules.fingerprint(row))
    with bus.unit_of_work():
        held = schedules.schedule_for(row.id, lock=True)
        said = replace(schedules.said_of(held), days=("8-20", "–"))
        assert schedules.change(held, said, based_on=seen, by=anton)
    assert last_change()["after"] == {"days": ["08:00–20:00", "–"]}
    with bus.unit_of_work(), pytest.raises(Stale):
        held = schedules.schedule_for(row.id, lock=True)
        schedules.change(held, said, based_on=seen, by=anton)
    with bus.unit_of_work():
        held = schedules.schedule_for(row.id, lock=True)
        same = schedules.said_of(held)
        assert not schedules.change(held, same, based_on=schedules.fingerprint(held), by=anton)


def delete(row: Schedule, by: Staff, to: int | None, seen: list[int]) -> None:
    with bus.unit_of_work():
        schedules.delete(schedules.schedule_for(row.id, lock=True), to=to, seen=seen, by=by)


def test_deleted_with_its_people_moved(anton: Staff) -> None:
    row, other = create(TWO_TWO, anton), create(replace(TWO_TWO, name_ru="Другой"), anton)
    masha = agent("Маша")
    works_by(masha, row)
    with pytest.raises(Stale):
        delete(row, anton, other.id, [])
    with pytest.raises(Invalid):
        delete(row, anton, row.id, [masha.id])
    with pytest.raises(Invalid):
        delete(row, anton, 999, [masha.id])
    delete(row, anton, other.id, [masha.id])
    assert read(catalog.catalog).staff[masha.id].schedule_id == other.id
    assert [*read(staffing).schedules] == [other.id]
    data = last_change()
    assert data["before"]["people"] == ["Маша"]
    assert data["after"] == {"people_go_to": "Другой"}
    delete(other, anton, None, [masha.id])
    assert read(catalog.catalog).staff[masha.id].schedule_id is None
