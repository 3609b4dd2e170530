"""Rules that set each other off: seen in what is written, and right about what happens."""

from typing import Any

import pytest
from flask import Flask

from core import bus
from core.db import db
from desk import catalog, tickets
from desk.automation import loops
from desk.automation.lint import Finding, Source, findings
from desk.tickets import NewTicket
from models import Client, Group, RuleRun
from tests.support.rules import cond, definition, do, given, without_rules

UP, DOWN = do("set_priority", 3), do("set_priority", 1)
PUT, TAKE = do("add_tag", ["горит"]), do("remove_tag", ["горит"])
CHANGED = "priority_changed"
HOT, COLD = cond("tags", "has_any", ["горит"]), cond("tags", "has_none", ["горит"])

Pair = tuple[dict[str, Any], dict[str, Any]]


def rule(on: str, action: dict[str, Any], *conditions: dict[str, Any], **more: Any) -> Any:
    return definition(f"ticket_created {on}", [action], *conditions, **more)


def noted(word: str, *words: str) -> dict[str, Any]:
    """Writes the word at a note that has any of these."""
    asked = [cond("text", "contains", each) for each in words]
    return definition("note_added client_replied", [do("add_note", text=f"Есть {word}")], *asked)


ROUND: list[Pair] = [
    (rule(CHANGED, UP), definition(CHANGED, [DOWN])),
    (rule("ticket_updated", UP), definition(CHANGED, [DOWN])),
    (
        rule(CHANGED, UP, cond("priority", "lt", 3)),
        definition(CHANGED, [DOWN], cond("priority", "is", 3)),
    ),
    (rule(CHANGED, UP), definition(CHANGED, [DOWN], cond("priority", "became", [3]))),
    (rule("tags_changed", PUT, COLD), definition("tags_changed", [TAKE], HOT)),
    (rule("tags_changed", PUT), definition("ticket_updated", [TAKE], cond("tags", "not_empty"))),
]
QUIET: list[Pair] = [
    (rule("client_replied", UP), definition(CHANGED, [DOWN])),
    (rule(CHANGED, UP), definition(CHANGED, [do("set_priority", 3)])),
    (rule(CHANGED, UP, run="once"), definition(CHANGED, [DOWN])),
    (rule(CHANGED, UP, cond("priority", "gt", 1)), definition(CHANGED, [DOWN])),
    (rule(CHANGED, UP), definition(CHANGED, [DOWN], cond("priority", "none_of", [3, 4]))),
    (
        rule(CHANGED, UP, cond("channel", "is", "portal")),
        definition(CHANGED, [DOWN], cond("channel", "is", "email")),
    ),
    (rule("tags_changed", PUT, HOT), definition("tags_changed", [TAKE])),
    (rule("tags_changed", PUT), definition("tags_changed", [do("remove_tag", ["другая"])])),
    (rule(CHANGED, UP), definition(CHANGED, [PUT])),
]


@pytest.fixture(autouse=True)
def _alone(app: Flask) -> None:
    without_rules()


def run_both(ivan: Client, pair: Pair) -> None:
    for at, one in enumerate(pair):
        given(f"Правило {at}", " ".join(one["on"]), one["then"], *one["if"]["all"], **_rest(one))
    with bus.unit_of_work():
        tickets.open_ticket(NewTicket("Терминал", "Не печатает"), requester=ivan)


def _rest(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in one if name not in ("on", "if", "then")}


def loops_of(*definitions: dict[str, Any]) -> dict[int, Finding]:
    """The loop that each rule is told of, by its place."""
    with bus.unit_of_work(writes=False):
        found = findings([Source(at, f"Правило {at}", one) for at, one in enumerate(definitions)])
    loops = {at: [one for one in its if one.kind == "loop"] for at, its in found.items()}
    return {at: its[0] for at, its in loops.items() if its}


@pytest.mark.one_database
@pytest.mark.parametrize("pair", ROUND)
def test_says_so_and_the_brake_stops_them(ivan: Client, pair: Pair) -> None:
    found = loops_of(*pair)
    assert {at: [row.id for row in one.others] for at, one in found.items()} == {0: [1], 1: [0]}
    assert loops_of(*reversed(pair)).keys() == {0, 1}
    run_both(ivan, pair)
    assert db.session.query(RuleRun).filter_by(state="cut").count()
    with bus.unit_of_work(writes=False):
        (first, second) = loops.of_last_days().values()
        assert first.kind == second.kind == "undo"


@pytest.mark.one_database
@pytest.mark.parametrize("pair", QUIET)
def test_says_nothing_and_nothing_is_stopped(ivan: Client, pair: Pair) -> None:
    assert not loops_of(*pair)
    assert not loops_of(*reversed(pair))
    run_both(ivan, pair)
    assert not db.session.query(RuleRun).filter_by(state="cut").count()


@pytest.mark.one_database
def test_notes_are_known_by_their_words(app: Flask) -> None:
    assert not loops_of(noted("бета", "альфа"))
    assert loops_of(noted("альфа и бета", "альфа")).keys() == {0}
    (first, second) = loops_of(noted("бета", "альфа"), noted("альфа", "бета")).values()
    assert [row.id for row in first.others] == [1]
    assert [row.id for row in second.others] == [0]
    assert not loops_of(noted("бета", "альфа"), noted("гамма", "бета"))


@pytest.mark.one_database
def test_the_steps_are_those_that_the_ticket_shown_goes_through(ivan: Client) -> None:
    """The upper one undoes at once what the lower one does first: that way there is no loop."""
    ping, pong = cond("tags", "has_any", ["ping"]), cond("tags", "has_any", ["pong"])
    swap = [do("remove_tag", ["ping"]), do("add_tag", ["pong"])]
    back = [do("remove_tag", ["pong"]), do("add_tag", ["ping"])]
    pair = definition("tags_changed", swap, ping), definition("tags_changed", back, pong)
    found = loops_of(*pair)[0]
    assert "pong" in found.event
    assert [step.partition(":")[0] for step in found.steps] == [
        "«Правило 1»",
        "«Правило 0»",
        "«Правило 1»",
    ]
    for tag, stopped in (("ping", False), ("pong", True)):
        without_rules()
        run_both(ivan, (definition("ticket_created", [do("add_tag", [tag])]), *pair))
        assert bool(db.session.query(RuleRun).filter_by(state="cut").count()) == stopped


def in_dialog(number: int, *conditions: dict[str, Any], on: str = "group") -> dict[str, Any]:
    return definition(f"dialog_{on}_changed", [do("assign_group", number)], *conditions)


@pytest.mark.one_database
def test_dialogs_have_loops_too(app: Flask) -> None:
    with bus.unit_of_work():
        db.session.add(Group(key="x", name_ru="Курьеры", line=1))
        catalog.changed()
    first, second = (row.id for row in db.session.query(Group).order_by(Group.id))
    there, back = cond("group", "is", first), cond("group", "is", second)
    found = loops_of(in_dialog(second, there), in_dialog(first, back))
    assert {at: [row.id for row in one.others] for at, one in found.items()} == {0: [1], 1: [0]}
    assert not loops_of(in_dialog(second, there), in_dialog(first, there))
    tickets_ = definition("group_changed", [do("assign_group", first)], back)
    assert not loops_of(in_dialog(second, there), tickets_)


@pytest.mark.one_database
def test_a_group_that_may_hold_does_not_rule_it_out(app: Flask) -> None:
    either = {"any": [cond("priority", "is", 4), cond("text", "contains", "чек")]}
    one = {"on": [CHANGED], "if": either, "then": [UP]}
    assert loops_of(one, definition(CHANGED, [DOWN]))
    neither = {"none": [cond("priority", "is", 1), cond("text", "contains", "чек")]}
    assert not loops_of(one | {"if": neither}, definition(CHANGED, [DOWN]))


@pytest.mark.one_database
def test_a_long_one_names_its_rules_the_ticket_and_the_steps(app: Flask) -> None:
    line = [cond("channel", "is", "email"), cond("line", "is", 2)]
    found = loops_of(
        definition("tags_changed", [do("set_priority", 4)], cond("tags", "has_any", ["а"]), *line),
        definition(CHANGED, [do("add_note", text="Срочно")], cond("priority", "became", [4])),
        definition("note_added", [do("set_priority", 1)], cond("priority", "gt", 2)),
        definition(CHANGED, [do("remove_tag", ["а"])], cond("priority", "is", 1), line[1]),
        definition("tags_changed", [do("add_tag", ["а"])], cond("tags", "has_none", ["а"])),
        definition("tags_changed", [do("set_priority", 4)], cond("line", "is", 3)),
    )
    assert found.keys() == {0, 1, 2, 3, 4}
    told = found[0]
    assert [row.id for row in told.others] == [1, 2, 3, 4]
    seen = {one.name: one.value for one in told.ticket}
    assert (seen["Канал"], seen["Линия"]) == ("Почта", "2 · Специалисты")
    assert len(told.steps) == 6
    assert told.event


def test_a_loop_counts_how_often_it_was_stopped(ivan: Client) -> None:
    run_both(ivan, ROUND[2])
    with bus.unit_of_work():
        number = tickets.open_ticket(NewTicket("Чек", "Не печатает"), requester=ivan).number
    with bus.unit_of_work(writes=False):
        assert {(each.times, each.case_id) for each in loops.of_last_days().values()} == {
            (2, number)
        }
