"""Colleagues: made, changed, refused, deactivated; the last administrator stays one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from core import bus
from core.db import db
from desk import catalog
from desk.errors import Invalid, NotFound, Stale
from desk.routing import leaving
from desk.team import people, skills
from desk.team.leavers import left_by
from desk.team.person_said import PersonSaid
from models import Case, Client, EventRecord, Group, Membership, Skill, Staff
from tests.support.people import PASSWORD
from tests.support.routing import agent, arrives, hands_out, holder, queued
from tests.support.tickets import opened

T = TypeVar("T")


def read(ask: Callable[[], T]) -> T:
    """What a page would be told now."""
    with bus.unit_of_work(writes=False):
        return ask()


def group_of(key: str = "support") -> Group:
    return db.session.query(Group).filter_by(key=key).populate_existing().one()


def edit(person: Staff, by: Staff, **more: Any) -> None:
    with bus.unit_of_work():
        row = people.person_for(person.id, lock=True)
        said = replace(people.said_of(row), **more)
        people.change(row, said, based_on=people.fingerprint(row), by=by)


def now_said(person: Staff) -> PersonSaid:
    return read(lambda: people.said_of(people.person_for(person.id)))


def last_change() -> dict[str, Any]:
    rows = db.session.query(EventRecord).filter_by(kind="settings_changed")
    return dict(rows.order_by(EventRecord.id.desc()).first().data)  # type: ignore[union-attr]


def a_skill(by: Staff, name: str = "Терминалы") -> Skill:
    with bus.unit_of_work():
        return skills.create({"name_ru": name, "name_en": ""}, by=by)


def test_a_change_is_recorded_in_words(anton: Staff) -> None:
    masha = agent("Маша")
    skill = a_skill(anton)
    edit(masha, anton, groups=[], levels={skill.id: 4}, languages=["en", "de"], weight=3)
    data = last_change()
    assert (data["what"], data["name"]) == ("person", "Маша")
    before = {"groups": ["Поддержка"], "levels": {}, "languages": [], "weight": 1}
    after = {"groups": [], "levels": {"Терминалы": 4}, "languages": ["de", "en"], "weight": 3}
    assert (data["before"], data["after"]) == (before, after)
    count = db.session.query(EventRecord).filter_by(kind="settings_changed").count()
    edit(masha, anton)
    assert db.session.query(EventRecord).filter_by(kind="settings_changed").count() == count


def test_the_dispatcher_knows_at_once(anton: Staff, ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out(ticket_limit=1)
    numbers = [arrives(ivan, group) for _ in range(2)]
    assert [holder(each) for each in numbers] == ["Маша", None]
    edit(masha, anton, ticket_limit=2)
    assert (holder(numbers[1]), queued()) == ("Маша", [])


def test_who_stays_in_a_group_keeps_the_day_of_joining(anton: Staff, clock: Any) -> None:
    masha = agent("Маша")
    agent("Сергей", group=("spare", "Запасная", "Spare"))
    began = db.session.get_one(Membership, (masha.id, group_of().id)).since
    clock.advance(hours=3)
    edit(masha, anton, groups=[group_of().id, group_of("spare").id])
    db.session.expire_all()
    assert db.session.get_one(Membership, (masha.id, group_of().id)).since == began
    assert db.session.get_one(Membership, (masha.id, group_of("spare").id)).since > began
    assert set(read(lambda: catalog.catalog().groups_of(masha.id))) == {
        group_of().id,
        group_of("spare").id,
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "\u200b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"title": "x" * 121}, "title"),
        ({"role": "king"}, "role"),
        ({"line": 0}, "line"),
        ({"groups": [999]}, "groups"),
        ({"directions": [999]}, "directions"),
        ({"serves": [999]}, "serves"),
        ({"languages": ["xx"]}, "languages"),
        ({"levels": {999: 1}}, "levels"),
        ({"schedule_id": 999}, "schedule_id"),
        ({"ticket_limit": -1}, "ticket_limit"),
        ({"dialog_limit": 100}, "dialog_limit"),
        ({"weight": 101}, "weight"),
    ],
)
def test_what_can_not_be(anton: Staff, wrong: dict[str, Any], field: str) -> None:
    masha = agent("Маша")
    with pytest.raises(Invalid) as refused:
        edit(masha, anton, **wrong)
    assert refused.value.field == field


@pytest.mark.parametrize("level", [0, 6])
def test_levels_are_from_1_to_5(anton: Staff, level: int) -> None:
    masha, skill = agent("Маша"), a_skill(anton)
    with pytest.raises(Invalid) as refused:
        edit(masha, anton, levels={skill.id: level})
    assert refused.value.field == "levels"


def test_of_two_editors_the_second_is_told(anton: Staff) -> None:
    masha = agent("Маша")
    seen = people.fingerprint(masha)
    edit(masha, anton, title="Оператор")
    with bus.unit_of_work(), pytest.raises(Stale):
        row = people.person_for(masha.id, lock=True)
        people.change(row, people.said_of(row), based_on=seen, by=anton)


def test_a_new_one_can_be_given_work(anton: Staff) -> None:
    agent("Маша")
    said = PersonSaid("Лена", title="Стажёр", groups=[group_of().id], languages=["kk"], weight=0)
    with bus.unit_of_work():
        person = people.hire(said, email=" Lena@Kurier.example ", password=PASSWORD, by=anton)
    assert replace(now_said(person), directions=(), serves=()) == said
    assert last_change()["after"]["email"] == "lena@kurier.example"


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("anton@kurier.example", PASSWORD, "email"),
        ("nobody", PASSWORD, "email"),
        ("lena@kurier.example", "short", "password"),
    ],
)
def test_a_new_one_is_refused(anton: Staff, email: str, password: str, field: str) -> None:
    with bus.unit_of_work(), pytest.raises(Invalid) as refused:
        people.hire(PersonSaid("Лена"), email=email, password=password, by=anton)
    assert refused.value.field == field


def test_the_last_administrator_stays_one(anton: Staff) -> None:
    with pytest.raises(Invalid) as refused:
        edit(anton, anton, role="agent")
    assert refused.value.field == "role"
    masha = agent("Маша")
    edit(masha, anton, role="admin")
    edit(anton, masha, role="supervisor")
    with pytest.raises(Invalid):
        edit(masha, masha, role="agent")


def deactivate(person: Staff, by: Staff) -> None:
    with bus.unit_of_work():
        people.deactivate(people.person_for(person.id, lock=True), by=by)


def test_nobody_deactivates_themselves_or_the_last_administrator(anton: Staff) -> None:
    masha = agent("Маша")
    with pytest.raises(Invalid, match="Себя"):
        deactivate(anton, anton)
    with pytest.raises(Invalid, match="последний"):
        deactivate(anton, masha)
    edit(masha, anton, role="admin")
    deactivate(anton, masha)
    assert not read(lambda: people.person_for(anton.id)).is_active


def test_one_who_goes_gets_nothing_and_their_work_is_handed_on(anton: Staff, ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out()
    number = arrives(ivan, group)
    agent("Сергей")
    assert read(lambda: left_by(masha)).work == {"hand_on": 1}
    key = masha.session_key
    deactivate(masha, anton)
    assert read(lambda: people.person_for(masha.id)).session_key != key
    leaving.look_around()
    assert holder(number) == "Сергей"
    with bus.unit_of_work():
        assert people.reactivate(people.person_for(masha.id, lock=True), by=anton)
    assert now_said(masha).groups == [group.id]
    assert last_change()["what"] == "person_reactivated"


def test_what_stands_open_is_told_by_the_policy_of_its_group(anton: Staff, ivan: Client) -> None:
    masha = agent("Маша")
    group = hands_out(at_absence="keep", head_id=masha.id)
    arrives(ivan, group)
    with bus.unit_of_work():
        opened(ivan)
    left = read(lambda: left_by(masha))
    assert (left.work, left.total) == ({"queue": 1}, 1), "what is of nobody is not theirs"
    assert [each.id for each in left.heads] == [group.id]
    assert db.session.query(Case).count() == 2


def test_who_is_not_there(anton: Staff) -> None:
    with pytest.raises(NotFound):
        read(lambda: people.person_for(99999))
