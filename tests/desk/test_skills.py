"""Skills: names, order, removed from people and types in one go."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from core import bus
from core.db import db
from desk.errors import Invalid, NotFound, Stale
from desk.routing import staffing
from desk.team import skills
from models import EventRecord, Skill, Staff, StaffSkill, TicketType, TypeNeed
from tests.support.routing import agent

T = TypeVar("T")


def read(ask: Callable[[], T]) -> T:
    """What a page would be told now."""
    with bus.unit_of_work(writes=False):
        return ask()


def a_skill(by: Staff, ru: str = "Терминалы", en: str = "") -> Skill:
    with bus.unit_of_work():
        return skills.create({"name_ru": ru, "name_en": en}, by=by)


def give(skill: Skill, person: Staff, level: int = 3) -> TicketType:
    with bus.unit_of_work():
        kind = db.session.query(TicketType).order_by(TicketType.id).first()
        assert kind is not None
        db.session.add(StaffSkill(staff_id=person.id, skill_id=skill.id, level=level))
        db.session.add(TypeNeed(type_id=kind.id, skill_id=skill.id, level=2))
        staffing.changed()
    return kind


def last_change() -> dict[str, Any]:
    rows = db.session.query(EventRecord).filter_by(kind="settings_changed")
    return dict(rows.order_by(EventRecord.id.desc()).first().data)  # type: ignore[union-attr]


def test_names(anton: Staff) -> None:
    skill = a_skill(anton, "Терминалы", "Terminals")
    other = a_skill(anton, "Касса")
    for names, field in (
        ({"name_ru": " ", "name_en": ""}, "name_ru"),
        ({"name_ru": "терминалы", "name_en": ""}, "name_ru"),
        ({"name_ru": "Касса", "name_en": "TERMINALS"}, "name_en"),
        ({"name_ru": "x" * 121, "name_en": ""}, "name_ru"),
    ):
        with bus.unit_of_work(), pytest.raises(Invalid) as refused:
            skills.rename(skills.skill_for(other.id, lock=True), names, by=anton)
        assert refused.value.field == field
    with bus.unit_of_work():
        same = {"name_ru": "Терминалы", "name_en": "Terminals"}
        assert not skills.rename(skills.skill_for(skill.id, lock=True), same, by=anton)
        new = {"name_ru": "Кассы и терминалы", "name_en": ""}
        assert skills.rename(skills.skill_for(skill.id, lock=True), new, by=anton)
    assert last_change()["before"] == same
    assert [each.name_ru for each in read(skills.skills)] == ["Кассы и терминалы", "Касса"]


def test_order(anton: Staff) -> None:
    for name in ("А", "Б", "В"):
        a_skill(anton, name)
    last = read(skills.skills)[-1]
    with bus.unit_of_work():
        assert skills.move(skills.skill_for(last.id, lock=True), -1, by=anton)
    assert [each.name_ru for each in read(skills.skills)] == ["А", "В", "Б"]
    with bus.unit_of_work():
        first = skills.skills()[0]
        assert not skills.move(skills.skill_for(first.id, lock=True), -1, by=anton)


def test_removed_in_use(anton: Staff) -> None:
    skill, masha = a_skill(anton), agent("Маша")
    kind = give(skill, masha)
    users = read(lambda: skills.users_of(skill))
    assert ([*users.people.values()], [*users.types.values()]) == ([3], [2])
    with bus.unit_of_work():
        skills.remove(skills.skill_for(skill.id, lock=True), seen=users.mark, by=anton)
    known = read(staffing.staffing)
    assert (read(skills.skills), known.levels, known.needs) == ([], {}, {})
    before = last_change()["before"]
    assert (before["people"], before["types"]) == ({"Маша": 3}, {kind.name_ru: 2})
    with pytest.raises(NotFound):
        skills.skill_for(skill.id)
    assert a_skill(anton).id != skill.id, "its name is free again"


def test_who_has_it_must_have_been_seen(anton: Staff) -> None:
    skill = a_skill(anton)
    seen = read(lambda: skills.users_of(skill)).mark
    give(skill, agent("Маша"))
    with bus.unit_of_work(), pytest.raises(Stale):
        skills.remove(skills.skill_for(skill.id, lock=True), seen=seen, by=anton)
    assert len(read(skills.skills)) == 1
