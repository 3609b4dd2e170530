"""Types of tickets: what they weigh and ask for, and who gets them, kept as ordinary triggers."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import settings, tickets
from desk.automation import library
from desk.automation.library import NewVersion
from desk.catalog import catalog
from desk.errors import Invalid, NotFound, Stale
from desk.routing.staffing import staffing
from desk.team import type_triggers, types
from desk.team.type_said import TypeSaid
from desk.team.type_triggers import NOTHING, Binding, Bound, Wanted, definition_of, read
from models import (
    Case,
    Client,
    EventRecord,
    Group,
    Rule,
    RuleState,
    RuleVersion,
    Skill,
    Staff,
    TicketType,
)
from tests.support.routing import agent, arrives, hands_out, holder
from tests.support.tickets import opened


def kind(key: str = "repair") -> TicketType:
    return db.session.query(TicketType).filter_by(key=key).populate_existing().one()


def binding(key: str = "repair") -> Binding:
    with bus.unit_of_work(writes=False):
        return type_triggers.bindings()[kind(key).id]


def bind(by: Staff, bound: Bound, *, key: str = "repair", edition: str | None = None) -> int:
    seen = binding(key).edition if edition is None else edition
    with bus.unit_of_work():
        return type_triggers.bind({kind(key).id: Wanted(bound, seen)}, by=by)


def rule_of(key: str = "repair") -> Rule:
    rule = binding(key).rule
    assert rule is not None
    return rule


def group_of(key: str = "support") -> Group:
    return db.session.query(Group).filter_by(key=key).one()


def typed(who: Client, key: str | None = "repair") -> Case:
    """A ticket that comes without a type and gets one."""
    number = opened(who).id
    if key:
        with bus.unit_of_work():
            tickets.set_type(db.session.get_one(Case, number), kind(key).id)
    db.session.expire_all()
    return db.session.get_one(Case, number)


def test_it_is_an_ordinary_trigger(anton: Staff, sergey: Staff, ivan: Client) -> None:
    bound = Bound(line=2, group=group_of("repair").id, person=sergey.id)
    assert bind(anton, bound) == 1
    rule = rule_of()
    assert (rule.name_ru, rule.name_en, rule.state) == ("Тип: Ремонт", "Type: Repair", "on")
    version = db.session.query(RuleVersion).filter_by(rule_id=rule.id).one()
    assert version.author_id == anton.id
    assert version.definition == {
        "on": ["ticket_created", "type_changed"],
        "if": {"all": [{"field": "type", "op": "is", "value": kind().id}]},
        "then": [
            {"do": "pass_to_line", "value": 2, "reason": ""},
            {"do": "assign_group", "value": bound.group},
            {"do": "assign_person", "value": sergey.id},
        ],
        "run": "every",
        "stop": False,
        "overwrite": False,
    }
    recorded = db.session.query(EventRecord).filter_by(kind="rule_changed", actor_id=anton.id)
    assert recorded.one().data["what"] == "created"
    case = typed(ivan)
    assert (case.line, case.group_id, case.assignee_id) == (2, bound.group, sergey.id)
    assert typed(ivan, "question").group_id != bound.group


@pytest.mark.parametrize(
    "bound",
    [
        Bound(line=3),
        Bound(group=1),
        Bound(person=1),
        Bound(dispatcher=True),
        Bound(line=2, group=1, person=3),
        Bound(line=2, group=1, dispatcher=True),
    ],
)
def test_what_is_written_is_read_back(app: Flask, bound: Bound) -> None:
    assert read(definition_of(7, bound), 7) == bound
    assert read(definition_of(7, bound), 8) is None


@pytest.mark.parametrize(
    "more",
    [
        {"on": ["ticket_created"]},
        {"on": ["ticket_created", "type_changed", "status_changed"]},
        {"if": {"any": [{"field": "type", "op": "is", "value": 7}]}},
        {"if": {"all": [{"field": "type", "op": "is_not", "value": 7}]}},
        {"if": {"all": []}},
        {"then": [{"do": "assign_group", "value": None}]},
        {"then": [{"do": "assign_group", "value": 1}, {"do": "assign_group", "value": 2}]},
        {"then": [{"do": "assign_group", "value": 1}, {"do": "set_priority", "value": 4}]},
        {"then": [{"do": "run_dispatcher", "value": "again"}]},
        {"then": [{"do": "pass_to_line", "value": 2, "reason": "так надо"}]},
        {"run": "once"},
        {"stop": True},
        {"overwrite": True},
    ],
)
def test_what_says_more_or_less_is_not(app: Flask, more: dict[str, Any]) -> None:
    assert read({**definition_of(7, Bound(group=1)), **more}, 7) is None


def test_order_of_events_and_what_goes_without_saying(app: Flask) -> None:
    stored = definition_of(7, Bound(group=1))
    stored["on"].reverse()
    for usual in ("run", "stop", "overwrite"):
        del stored[usual]
    assert read(stored, 7) == Bound(group=1)


def test_changed_by_versions_and_taken_away(anton: Staff, sergey: Staff, ivan: Client) -> None:
    bind(anton, Bound(group=group_of("repair").id))
    number = rule_of().id
    bind(anton, Bound(line=2))
    assert (rule_of().id, rule_of().version_number) == (number, 2)
    assert (binding().bound, binding().is_foreign) == (Bound(line=2), False)
    assert bind(anton, Bound(line=2)) == 0
    assert rule_of().version_number == 2
    bind(anton, NOTHING)
    assert (binding().rule, binding().bound) == (None, NOTHING)
    assert db.session.get_one(Rule, number).deleted_at is not None
    assert typed(ivan).line == 1
    bind(anton, Bound(line=3))
    assert rule_of().id != number


def test_the_dispatcher_is_run_where_people_take_work_themselves(
    anton: Staff, ivan: Client
) -> None:
    agent("Маша")
    group = group_of()
    assert group.mode == ""
    bind(anton, Bound(group=group.id, dispatcher=True))
    assert holder(typed(ivan).id) == "Маша"
    assert holder(typed(ivan, "question").id) is None


def test_made_by_hand_and_alike_it_is_shown_and_changed(anton: Staff, sergey: Staff) -> None:
    bound = Bound(group=group_of("repair").id)
    with bus.unit_of_work():
        new = NewVersion(definition_of(kind().id, bound), "Чинить", "Mend")
        made = library.create(new, by=anton, state=RuleState.OFF).id
    assert (rule_of().id, binding().bound) == (made, bound)
    bind(anton, Bound(line=2))
    assert (rule_of().id, rule_of().name_ru, rule_of().state) == (made, "Чинить", "off")


def change_by_hand(by: Staff, **more: Any) -> None:
    with bus.unit_of_work():
        rule = library.rule_for(rule_of().id, lock=True)
        definition = {**library.version_of(rule).definition, **more}
        new = NewVersion(definition, rule.name_ru, rule.name_en)
        library.save(rule, new, base=rule.version_number, by=by)


def test_what_was_changed_in_the_editor_is_left_alone(anton: Staff, olga: Staff) -> None:
    bind(anton, Bound(line=2))
    change_by_hand(olga, stop=True)
    assert binding().is_foreign
    assert binding().bound == NOTHING
    with pytest.raises(Invalid, match="в редакторе") as refused:
        bind(anton, Bound(line=3))
    assert refused.value.field == str(kind().id)
    assert rule_of().version_number == 2
    change_by_hand(olga, stop=False)
    assert (binding().is_foreign, binding().bound) == (False, Bound(line=2))


def test_others_that_ask_for_the_type_are_named(anton: Staff) -> None:
    said = definition_of(kind().id, Bound(line=2))
    said["if"] = {"any": [{"field": "type", "op": "any_of", "value": [kind().id]}]}
    with bus.unit_of_work():
        other = library.create(NewVersion(said, "Другой"), by=anton).id
    assert [each.id for each in binding().others] == [other]
    assert binding().rule is None
    assert binding("question").others == ()


def test_a_trigger_that_can_not_be_read_breaks_nothing(anton: Staff) -> None:
    bind(anton, Bound(line=2))
    with bus.unit_of_work():
        version = library.version_of(library.rule_for(rule_of().id))
        version.definition = {"on": 7, "if": [], "then": "x"}
    assert binding().is_foreign
    assert binding("question") == Binding()


def test_saved_meanwhile(anton: Staff, olga: Staff) -> None:
    bind(anton, Bound(line=2))
    seen = binding().edition
    bind(olga, Bound(line=3))
    with pytest.raises(Stale, match="Ремонт"):
        bind(anton, Bound(line=1), edition=seen)
    assert bind(anton, Bound(line=2), edition=seen) == 0, "not touched: theirs stays"
    assert binding().bound == Bound(line=3)
    with pytest.raises(Stale):
        bind(anton, Bound(line=1), edition="")


@pytest.mark.parametrize("edition", ["x", "1", "1.x", "9" * 30 + ".1", "²."])
def test_editions_that_nobody_gave(anton: Staff, edition: str) -> None:
    bind(anton, Bound(line=2))
    with pytest.raises(Stale):
        bind(anton, Bound(line=1), edition=edition)


def test_what_is_gone_can_not_be_bound(anton: Staff) -> None:
    for wrong in (Bound(group=999), Bound(person=999), Bound(line=7)):
        with pytest.raises(Invalid) as refused:
            bind(anton, wrong)
        assert refused.value.field == str(kind().id)
    with pytest.raises(Invalid, match="Либо человек, либо диспетчер"):
        bind(anton, Bound(person=anton.id, dispatcher=True))
    assert db.session.query(Rule).filter(Rule.name_ru.startswith("Тип")).count() == 0
    with bus.unit_of_work(writes=False):
        assert settings.get("type_triggers") == {}


def edit(by: Staff, *, key: str = "repair", **more: Any) -> bool:
    with bus.unit_of_work():
        row = types.type_for(kind(key).id, lock=True)
        said = replace(types.said_of(row), **more)
        return types.change(row, said, based_on=types.fingerprint(row), by=by)


def skill(name: str, *, is_active: bool = True) -> int:
    with bus.unit_of_work():
        row = Skill(key=name, name_ru=name, is_active=is_active)
        db.session.add(row)
        db.session.flush()
        return row.id


def test_a_change_is_recorded_with_what_differs(anton: Staff) -> None:
    number = skill("Терминалы")
    assert edit(anton, slots=3, needs={number: 2})
    with bus.unit_of_work(writes=False):
        assert catalog().types[kind().id].slots == 3
        assert staffing().needs == {kind().id: {number: 2}}
    (event,) = db.session.query(EventRecord).filter_by(kind="settings_changed").all()
    assert event.data["before"] == {"slots": 1, "needs": {}}
    assert event.data["after"] == {"slots": 3, "needs": {str(number): 2}}
    assert not edit(anton)
    assert edit(anton, needs={})
    with bus.unit_of_work(writes=False):
        assert staffing().needs == {}


def test_who_has_not_learnt_it_gets_it_no_more(anton: Staff, ivan: Client) -> None:
    agent("Маша")
    group = hands_out()
    number = skill("Терминалы")
    edit(anton, needs={number: 1})
    first, second = arrives(ivan, group), arrives(ivan, group, type_id=kind().id)
    assert (holder(first), holder(second)) == ("Маша", None)
    edit(anton, needs={})
    assert holder(second) == "Маша", "handed out as soon as nothing is asked for"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_ru": " "}, "name_ru"),
        ({"name_ru": "x" * 121}, "name_ru"),
        ({"name_ru": "вопрос"}, "name_ru"),
        ({"name_en": "QUESTION"}, "name_en"),
        ({"slots": 0}, "slots"),
        ({"slots": 21}, "slots"),
        ({"needs": {999: 1}}, "needs"),
        ({"needs": {"known": 6}}, "needs"),
        ({"needs": {"known": 0}}, "needs"),
        ({"needs": {"retired": 1}}, "needs"),
    ],
)
def test_what_can_not_be(anton: Staff, wrong: dict[str, Any], field: str) -> None:
    numbers = {"known": skill("Терминалы"), "retired": skill("Факс", is_active=False)}
    if "needs" in wrong:
        wrong = {"needs": {numbers.get(key, key): level for key, level in wrong["needs"].items()}}
    with pytest.raises(Invalid) as refused:
        edit(anton, **wrong)
    assert refused.value.field == field


def test_of_two_editors_the_second_is_told(anton: Staff) -> None:
    seen = types.fingerprint(kind())
    edit(anton, slots=2)
    with bus.unit_of_work(), pytest.raises(Stale):
        row = types.type_for(kind().id)
        types.change(row, TypeSaid("Ремонт"), based_on=seen, by=anton)


def test_its_trigger_follows_its_name(anton: Staff) -> None:
    bind(anton, Bound(line=2))
    edit(anton, name_ru="Починка", name_en="")
    assert (rule_of().name_ru, rule_of().name_en) == ("Тип: Починка", "")
    with bus.unit_of_work():
        rule = library.rule_for(rule_of().id, lock=True)
        new = NewVersion(library.version_of(rule).definition, "По-своему")
        library.save(rule, new, base=rule.version_number, by=anton)
    edit(anton, name_ru="Ремонт")
    assert rule_of().name_ru == "По-своему"


def test_a_new_one_stands_last_and_moves(anton: Staff) -> None:
    with bus.unit_of_work():
        made = types.create(TypeSaid("Возврат", slots=20), by=anton).key

    def order() -> list[str]:
        with bus.unit_of_work(writes=False):
            return [each.key for each in catalog().types.values()]

    def move(key: str, places: int) -> bool:
        with bus.unit_of_work():
            return types.move(types.type_for(kind(key).id, lock=True), places, by=anton)

    assert order() == ["question", "problem", "repair", "payment", made]
    assert move(made, -2)
    assert order() == ["question", "problem", made, "repair", "payment"]
    assert not move("question", -1)
    assert move("question", 99)
    assert order()[-1] == "question"
    with bus.unit_of_work(writes=False), pytest.raises(NotFound):
        types.type_for(999)
