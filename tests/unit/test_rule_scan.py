"""The rules of a set written out as one function say what each says by itself."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from desk.automation.conditions import Check, Condition, compiled
from desk.automation.facts import Facts
from desk.automation.moment import Moment
from desk.automation.scan import Failed, scan_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Rule(NamedTuple):
    """As much of a rule as the scan needs."""

    tree: dict[str, Any]
    check: Check
    conditions: dict[str, Condition]


def rule(tree: dict[str, Any]) -> Rule:
    return Rule(tree, *compiled(tree))


def cond(field: str, op: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "op": op, "value": value}


LEAVES = st.one_of(
    st.builds(cond, st.just("line"), st.sampled_from(["is", "is_not"]), st.integers(1, 3)),
    st.builds(cond, st.just("priority"), st.sampled_from(["gt", "lt"]), st.integers(1, 4)),
    st.builds(cond, st.just("status"), st.just("became"), st.lists(st.integers(1, 2), min_size=1)),
    st.builds(cond, st.just("status"), st.just("was"), st.lists(st.integers(1, 2), min_size=1)),
    st.builds(
        cond, st.just("tags"), st.sampled_from(["has_any", "has_none"]), st.just(["a', 1) #"])
    ),
    st.builds(cond, st.just("subject"), st.just("contains"), st.sampled_from(["чек", '"""'])),
)


def groups(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    inside = st.lists(children, max_size=3)
    return st.one_of(*(inside.map(lambda each, k=kind: {k: each}) for kind in KINDS))


KINDS = ("all", "any", "none")
TREES = groups(st.one_of(LEAVES, groups(LEAVES), groups(groups(LEAVES))))
FACTS = st.fixed_dictionaries(
    {
        "line": st.sampled_from([None, 1, 2, 3]),
        "priority": st.sampled_from([None, 1, 2, 3, 4]),
        "status": st.sampled_from([None, 1, 2]),
        "tags": st.sampled_from([None, [], ["a', 1) #"]]),
        "subject": st.sampled_from([None, "", "Где чек?", 'сказал """нет"""']),
    }
)
CHANGES = st.sampled_from([{}, {"status": (1, 2)}, {"status": (2, 1)}])


def said(rules: list[Rule], moment: Moment) -> list[str | None]:
    """The path that failed of each rule, None where it holds, by the scan."""
    scan = scan_of(rules)
    failed: list[Failed] = []
    holding = []
    at = 0
    while (at := scan(moment, at, failed.append)) < len(rules):
        holding.append(at)
        at += 1
    paths = {id(one.rule): one.condition.path for one in failed}
    assert len(failed) + len(holding) == len(rules)
    return [None if at in holding else paths[id(each)] for at, each in enumerate(rules)]


@given(st.lists(TREES, max_size=6), FACTS, CHANGES)
def test_the_scan_says_what_each_rule_says(
    trees: list[dict[str, Any]], facts: dict[str, Any], changes: dict[str, Any]
) -> None:
    rules = [rule(tree) for tree in trees]
    moment = Moment(Facts(facts), changes, NOW)
    alone = [each.check(moment) for each in rules]
    assert said(rules, moment) == [one.path if one else None for one in alone]


def test_facts_are_read_only_when_a_rule_comes_to_them() -> None:
    read: list[str] = []

    def source(name: str) -> Any:
        read.append(name)
        return 1

    rules = [rule({"all": [cond("line", "is", 2), cond("company", "is", "Север")]})] * 2
    said(rules, Moment(Facts(source=source), {}, NOW))
    assert read == ["line"]


def test_a_shared_condition_is_asked_once() -> None:
    asked = []
    rules = [rule({"all": [cond("subject", "contains", "чек")]}) for _one in range(3)]
    for each in rules:
        condition = each.conditions["if.0"]
        counting = Condition(
            condition.path,
            condition.field,
            condition.see,
            lambda seen: bool(asked.append(seen)),
            condition.fact,
            condition.asks,
        )
        each.conditions["if.0"] = counting
    said(rules, Moment(Facts({"subject": "нет"}), {}, NOW))
    assert asked == ["нет"]
