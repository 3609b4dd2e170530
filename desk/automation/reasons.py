"""Why rules had no effect: a small number for each rule of the set, written and read back.

The number says that the rule ran, that all was so already, that it had its run, that a rule before
it said stop, that it has acted on the same cause; or which condition of its tree decided, counted
from the root on. 0: not asked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.automation import decision as evaluated
from desk.automation import packing
from desk.automation.decision import Decision, Miss
from desk.automation.definition import Node, nodes_in, root_of
from desk.automation.ruleset import CompiledSet
from models import Decision as DecisionRow
from models import RuleVersion

RAN, SO_ALREADY, ONCE, STOPPED, ACTED = 1, 2, 3, 4, 5
FIRST = 8  # the root of the conditions; its nodes follow
LAST = 255  # whatever does not fit: nothing that can be saved gets there
NUMBERS = {evaluated.SO_ALREADY: SO_ALREADY, evaluated.ONCE: ONCE, evaluated.ACTED: ACTED}
SAID = {**{number: word for word, number in NUMBERS.items()}, STOPPED: evaluated.STOPPED_BY}
SEEN_LENGTH = 32


def packed(decision: Decision, rules: CompiledSet) -> bytes:
    """What is kept of a decision beside its runs."""
    codes = bytearray(len(rules.version_ids))
    for run in decision.runs:
        codes[rules.places[run.rule.version_id]] = RAN
    for _moment, noted in decision.pages():
        for one in noted:
            codes[rules.places[one.rule.version_id]] = _code(one)
    return packing.packed(bytes(codes), _seen(decision))


def _code(one: Any) -> int:
    if isinstance(one, Miss):
        return NUMBERS.get(one.path, STOPPED)
    return min(FIRST + int(one.rule.order[one.condition.path]), LAST)


def _seen(decision: Decision) -> dict[str, Any]:
    """{field: value}; where rules in between changed it, {"<version id>": value} beside it."""
    kept: dict[str, Any] = {}
    for moment, noted in decision.pages():
        facts: dict[str, Any] = {}  # of this page, made short
        for one in noted:
            if isinstance(one, Miss) or not one.condition.field:
                continue
            condition = one.condition
            if not condition.fact or condition.fact not in facts:
                value = _short(condition.see(moment))
                facts[condition.fact] = value
            else:
                value = facts[condition.fact]
            known = kept.setdefault(condition.field, value)
            if known is not value and known != value:
                kept[str(one.rule.version_id)] = value
    return kept


def _short(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, str) and len(value) > SEEN_LENGTH:
        return value[: SEEN_LENGTH - 1] + "…"
    return [_short(one) for one in value] if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Reasons:
    """Of each rule version that listened and had no effect: the number, or an older row's path."""

    codes: Mapping[int, int | str]
    seen: Mapping[str, Any]

    def path(self, version: RuleVersion) -> str:
        """The row of the editor that decided; else one of the words of the evaluator."""
        code = self.codes[version.id]
        if isinstance(code, str):
            return code
        if code in SAID:
            return SAID[code]
        return _paths(root_of(version.definition), code - FIRST)

    def value(self, version_id: int, field: str) -> Any:
        """What a rule saw in the field that decided."""
        own = str(version_id)
        return self.seen[own] if own in self.seen else self.seen.get(field)


def reasons_of(row: DecisionRow) -> Reasons:
    if row.packed[0] == packing.OLDER:
        kept = json.loads(row.packed)
        return Reasons({int(number): path for number, path in kept["missed"].items()}, kept["seen"])
    codes, seen = packing.unpacked(row.packed)
    ids = row.ruleset.version_ids
    return Reasons({ids[at]: code for at, code in enumerate(codes) if code > RAN}, seen)


def _paths(root: Node, at: int) -> str:
    return next((path for number, (path, _n) in enumerate(nodes_in(root)) if number == at), "")
