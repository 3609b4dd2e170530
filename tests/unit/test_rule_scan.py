"""The rules of a set written out as one function say what each says by itself."""

from datetime import UTC, datetime
from typing import Any, NamedTuple
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from desk.automation.conditions import Check, Condition, compiled
from desk.automation.facts import Facts
from desk.automation.moment import Moment
from desk.automation.scan import Failed, scan_of
from desk.automation.word_index import Likely

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
    while (at := scan(moment, at, failed.append, lambda _at: False)) < len(rules):
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


PHRASES = ("нет чека", "чек", "где", "терминал сломался", "курьер", "сказал нет", "receipt", "нет")
SAID = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=3)
TOGETHER = {"any": [cond("subject", "words", {"phrases": list(PHRASES)})]}  # enough for an index
WORDS = st.builds(
    cond,
    st.sampled_from(["subject", "text"]),
    st.just("words"),
    st.fixed_dictionaries(
        {
            "phrases": SAID,
            "mode": st.sampled_from(["any", "all", "phrase", "exact", "none"]),
            "within": st.integers(0, 2),
            "guard_negation": st.booleans(),
        }
    ),
)
SPOKEN = groups(st.one_of(WORDS, LEAVES, groups(WORDS)))
TEXTS = st.one_of(
    st.none(),
    st.lists(st.sampled_from([*PHRASES, "не", "без", ", а", "ещё"]), max_size=6).map(" ".join),
)


@given(st.lists(SPOKEN, max_size=6), TEXTS, TEXTS, FACTS)
def test_words_looked_for_together_are_found_as_one_by_one(
    trees: list[dict[str, Any]], subject: str | None, text: str | None, facts: dict[str, Any]
) -> None:
    rules = [rule(tree) for tree in (TOGETHER, *trees)]
    moment = Moment(Facts({**facts, "subject": subject, "text": text}), {}, NOW)
    alone = [each.check(moment) for each in rules]
    assert said(rules, moment) == [one.path if one else None for one in alone]


def test_words_that_do_not_stand_in_the_text_are_not_looked_for() -> None:
    rules = [rule({"all": [cond("text", "words", {"phrases": [each]})]}) for each in PHRASES]
    with patch.object(Likely, "holds", autospec=True, side_effect=Likely.holds) as looked:
        moment = Moment(Facts({"text": "Где же ваш терминал, когда он придёт?"}), {}, NOW)
        assert said(rules, moment).count(None) == 1
    assert [call.args[1] for call in looked.mock_calls] == [PHRASES.index("где")]


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
