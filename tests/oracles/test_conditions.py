"""Random trees of conditions, whose truth another program has told, asked in both of our ways.

The cases are not part of this repository: LINIYA_ORACLES names their folder.
"""

import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from core.text import fold
from desk.automation.conditions import Check, Condition, compiled
from desk.automation.facts import Facts
from desk.automation.moment import Moment
from desk.automation.scan import scan_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "reliability"
CASES = Path(os.environ.get("LINIYA_ORACLES", SHARED)) / "conditions"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

if not CASES.is_dir():
    pytest.skip(f"no oracle cases in {CASES} (set LINIYA_ORACLES)", allow_module_level=True)

# Their name -> a field of ours whose values are of the same kind.
FIELDS = {
    **{name: name for name in ("status", "priority", "group", "channel", "tags", "assignee")},
    "customer.category": "topic",
    "customer.orders": "client_tickets",
    "minutes_waiting": "message_length",
    "subject": "subject",
}
SAME = ("is", "is_not", "empty", "not_empty", "gt", "lt", "contains", "not_contains")
OPERATORS = {"in": "any_of", "not_in": "none_of", **{name: name for name in SAME}}
OR_EQUAL = {"gte": "lt", "lte": "gt"}  # what must not hold; their numbers are never missing


class Rule(NamedTuple):
    """As much of a rule as the scan needs."""

    tree: dict[str, Any]
    check: Check
    conditions: dict[str, Condition]


def cases() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / "jsonlogic_differential.json").read_text())
    return found


def ours(node: dict[str, Any], subject: str) -> dict[str, Any]:
    """Their tree in our words."""
    if "not" in node:
        return {"none": [ours(node["not"], subject)]}
    for kind in ("all", "any"):
        if kind in node:
            return {kind: [ours(each, subject) for each in node[kind]]}
    field, op, value = FIELDS[node["field"]], node["op"], node.get("value")
    if op in OR_EQUAL:
        return {"none": [{"field": field, "op": OR_EQUAL[op], "value": value}]}
    if op.endswith("contains") and not value:
        # To them every text but an empty one has nothing in it; with us nothing can't be sought.
        return {"field": field, "op": "not_empty" if op == "contains" else "empty", "value": None}
    if op.endswith("contains") and value not in subject and fold(value) in fold(subject):
        # Letter case matters to them: our way to ask for that is an expression.
        asked = {"field": field, "op": "matches", "value": f"(?-i){re.escape(value)}"}
        return asked if op == "contains" else {"none": [asked]}
    if op == "has_tag":
        return {"field": field, "op": "has_any", "value": [value]}
    return {"field": field, "op": OPERATORS[op], "value": value}


def facts(ticket: dict[str, Any]) -> Facts:
    flat = {**ticket, **{f"customer.{key}": each for key, each in ticket["customer"].items()}}
    return Facts({FIELDS[name]: each for name, each in flat.items() if name in FIELDS})


def rule(case: dict[str, Any]) -> Rule:
    tree = {"all": [ours(case["condition"], case["ticket"]["subject"])]}
    return Rule(tree, *compiled(tree))


def test_the_closures_say_what_the_oracle_says() -> None:
    found = cases()
    for case in found:
        said = rule(case).check(Moment(facts(case["ticket"]), {}, NOW)) is None
        assert said == case["expected"], case["id"]
    assert len(found) >= 972


def never(place: int) -> bool:
    """No rule that holds has nothing to do."""
    return False


def test_the_scan_says_what_the_oracle_says() -> None:
    for case in cases():
        scan = scan_of([rule(case)])
        holds = scan(Moment(facts(case["ticket"]), {}, NOW), 0, lambda failed: None, never) == 0
        assert holds == case["expected"], case["id"]


def test_the_scan_of_all_trees_at_once_says_the_same() -> None:
    rules = [rule(case) for case in cases()]
    scan = scan_of(rules)
    for case in cases()[::40]:
        moment = Moment(facts(case["ticket"]), {}, NOW)
        held, at = set(), 0
        while (at := scan(moment, at, lambda failed: None, never)) < len(rules):
            held.add(at)
            at += 1
        assert held == {n for n, each in enumerate(rules) if each.check(moment) is None}
