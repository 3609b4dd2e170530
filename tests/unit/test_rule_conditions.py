"""Conditions and operators, as pure functions of facts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desk.automation.conditions import compiled
from desk.automation.evaluator import evaluate
from desk.automation.facts import Facts
from desk.automation.moment import Moment, Occurrence, merged
from desk.automation.operators import OPERATORS
from desk.automation.ruleset import CompiledRule, CompiledSet
from desk.automation.verdicts import verdict

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def cond(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


def failing(group: dict[str, Any], facts: dict[str, Any], **changes: Any) -> str | None:
    """The path of what failed first; None when it holds. Compared with the whole verdict."""
    check, conditions = compiled(group)
    moment = Moment(Facts(facts), changes, NOW)
    failed = check(moment)
    assert verdict(group, conditions, moment).holds == (failed is None)
    return failed.path if failed else None


HOLDS: list[tuple[str, str, Any, Any]] = [
    ("is", "status", 1, 1),
    ("is_not", "status", 1, None),
    ("any_of", "status", [1, 2], 2),
    ("none_of", "status", [1, 2], None),
    ("has_any", "tags", ["а", "б"], ["б"]),
    ("has_all", "tags", ["а", "б"], ["а", "б", "в"]),
    ("has_none", "tags", ["а"], ["б"]),
    ("contains", "subject", "ЧЁК", "где чек?"),
    ("not_contains", "subject", "чек", None),
    ("starts_with", "subject", "re:", "RE: чек"),
    ("ends_with", "subject", "чёк?", "где ЧЕК? "),
    ("matches", "subject", r"\bзаказ[аы]?\b.*№ ?\d{4}", "Мои Заказы: № 4512"),
    ("between", "priority", {"from": 2, "to": 3}, 3),
    ("words", "subject", {"phrases": ["задержка доставки"]}, "с доставкой опять задержки"),
    ("gt", "priority", 2, 3),
    ("lt", "priority", 2, 1),
    ("empty", "assignee", None, None),
    ("not_empty", "assignee", None, 7),
    ("was", "status", [1], 1),
    ("changed", "status", None, (1, 2)),
    ("became", "status", [2], (1, 2)),
    ("changed_from_to", "status", {"from": [1], "to": []}, (1, 2)),
    ("not_changed", "status", None, None),
]
FAILS: list[tuple[str, str, Any, Any]] = [
    ("is", "status", 1, None),
    ("is_not", "status", 1, 1),
    ("any_of", "status", [1, 2], None),
    ("none_of", "status", [1, 2], 2),
    ("has_any", "tags", ["а"], None),
    ("has_all", "tags", ["а", "б"], ["а"]),
    ("has_none", "tags", ["а"], ["а"]),
    ("contains", "subject", "чек", None),
    ("not_contains", "subject", "чек", "ЧЕК"),
    ("starts_with", "subject", "re:", "про RE: чек"),
    ("ends_with", "subject", "чек", "чек где"),
    ("matches", "subject", r"\bзаказ\b", "заказчик"),
    ("between", "priority", {"from": 2, "to": 3}, None),
    ("words", "subject", {"phrases": ["задержка доставки"]}, "доставили без задержек"),
    ("gt", "priority", 2, None),
    ("lt", "priority", 2, 2),
    ("empty", "tags", None, ["а"]),
    ("not_empty", "tags", None, []),
    ("was", "status", [1], 2),
    ("changed", "status", None, None),
    ("became", "status", [2], (2, 1)),
    ("changed_from_to", "status", {"from": [1], "to": [3]}, (1, 2)),
    ("not_changed", "status", None, (1, 2)),
]
CHANGES = ("changed", "became", "changed_from_to", "not_changed")


def ask(op: str, field: str, value: Any, seen: Any) -> str | None:
    changes = {field: seen} if op in CHANGES and seen is not None else {}
    facts = {} if op in CHANGES else {field: seen}
    return failing({"all": [cond(field, op, value)]}, facts, **changes)


@pytest.mark.parametrize(("op", "field", "value", "seen"), HOLDS)
def test_holds(op: str, field: str, value: Any, seen: Any) -> None:
    assert ask(op, field, value, seen) is None


@pytest.mark.parametrize(("op", "field", "value", "seen"), FAILS)
def test_fails(op: str, field: str, value: Any, seen: Any) -> None:
    assert ask(op, field, value, seen) == "if.0"


def test_every_operator_was_asked_both_ways() -> None:
    asked = {op for op, *_rest in HOLDS} & {op for op, *_rest in FAILS}
    assert set(OPERATORS) - asked == {"inside", "outside", "older_than"}  # they need rows


@pytest.mark.parametrize(
    ("group", "failed"),
    [
        ({"all": []}, None),
        ({"any": []}, None),
        ({"none": []}, None),
        ({"all": [cond("status", "is", 1), cond("line", "is", 9)]}, "if.1"),
        ({"any": [cond("status", "is", 9), cond("line", "is", 2)]}, None),
        ({"any": [cond("status", "is", 9), cond("line", "is", 9)]}, "if"),
        ({"none": [cond("status", "is", 9), cond("line", "is", 2)]}, "if.1"),
        ({"all": [cond("line", "is", 2), {"any": [cond("status", "is", 1)]}]}, None),
        ({"all": [{"none": [{"all": [cond("line", "is", 2)]}]}]}, "if.0.0"),
    ],
)
def test_groups(group: dict[str, Any], failed: str | None) -> None:
    assert failing(group, {"status": 1, "line": 2}) == failed


def test_time_since() -> None:
    facts = {"created_at": NOW - timedelta(hours=5)}
    assert failing({"all": [cond("hours_since_created", "gt", 4)]}, facts) is None
    assert failing({"all": [cond("hours_since_client", "gt", 4)]}, facts) == "if.0"


def test_first_old_and_last_new() -> None:
    changes = [{"status": (1, 2), "line": (1, 2)}, {"status": (2, 3)}, {"line": (2, 1)}]
    assert merged(changes) == {"status": (1, 3)}


def plain_rule(number: int, group: dict[str, Any], value: int, **more: Any) -> CompiledRule:
    check, conditions = compiled(group)
    return CompiledRule(
        id=number,
        version_id=number,
        is_shadow=False,
        kinds=frozenset(["ticket_updated"]),
        tree=group,
        check=check,
        conditions=conditions,
        actions=({"do": "set_priority", "value": value},),
        run="every",
        stop=False,
        overwrite=False,
        **more,
    )


def test_evaluation_by_itself_changes_nothing() -> None:
    rules = CompiledSet(
        (
            plain_rule(1, {"all": [cond("priority", "is", 2)]}, 3),
            plain_rule(2, {"all": [cond("priority", "was", [2])]}, 4),
            plain_rule(3, {"all": [cond("priority", "is", 3)]}, 1),
        )
    )
    facts = {"priority": 2}
    occurrence = Occurrence(kinds=frozenset(["ticket_updated"]))
    decision = evaluate(rules, facts, occurrence, NOW)
    assert facts == {"priority": 2}
    assert [run.changes for run in decision.runs] == [{"priority": 3}, {"priority": 4}]
    assert [(miss.path, miss.seen) for miss in decision.misses] == [("if.0", 4)]
