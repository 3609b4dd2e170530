"""What is kept of each decision: every run, and of the other rules why they did not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from core.db import db
from desk import events, history, revision
from desk.automation import loops
from desk.automation.evaluator import Decision, Effect, Miss, Run
from desk.automation.moment import Occurrence
from desk.automation.ruleset import CompiledSet, stored_row
from models import Case, Rule, RuleRun, RuleState
from models import Decision as DecisionRow

FAILURES_ALLOWED = 5  # in a row, before a rule is switched off
SEEN_LENGTH = 120


def keep(
    decision: Decision, rules: CompiledSet, case: Case, occurrence: Occurrence, now: datetime
) -> None:
    row = DecisionRow(
        event_id=occurrence.event_id,
        case_id=case.id,
        ruleset_id=stored_row(rules),
        at=now,
        missed={str(miss.rule.version_id): miss.path for miss in decision.misses},
        seen=_seen(decision.misses),
        runs=[_run_row(run, case, now) for run in decision.runs],
    )
    db.session.add(row)
    loops.keep(decision.runs, occurrence)
    for run in decision.runs:
        if run.state == "failed":
            _stop_if_hopeless(run)


def packed(effect: Effect) -> dict[str, Any]:
    """An effect as it is stored."""
    kept: dict[str, Any] = {"do": effect.stored["do"], "at": effect.at}
    if effect.changes:
        kept["changes"] = {name: list(pair) for name, pair in effect.changes.items()}
    if effect.receipts:
        kept["receipts"] = [list(one) for one in effect.receipts]
    if effect.skipped:
        kept["skipped"] = effect.skipped
    return kept


def _run_row(run: Run, case: Case, now: datetime) -> RuleRun:
    return RuleRun(
        rule_id=run.rule.id,
        rule_version_id=run.rule.version_id,
        case_id=case.id,
        at=now,
        state=run.state,
        effects=[packed(effect) for effect in run.effects],
        error=run.error,
        ms=run.ms,
    )


def _seen(misses: list[Miss]) -> dict[str, Any]:
    """{field: value}; where rules in between changed it, {"<version id>": value} beside it."""
    kept: dict[str, Any] = {}
    for miss in misses:
        if miss.field:
            value = _short(miss.seen)
            if kept.setdefault(miss.field, value) != value:
                kept[str(miss.rule.version_id)] = value
    return kept


def _short(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, str) and len(value) > SEEN_LENGTH:
        return value[: SEEN_LENGTH - 1] + "…"
    return list(value) if isinstance(value, tuple) else value


def seen_by(row: DecisionRow, version_id: int, field: str) -> Any:
    """What a rule saw in the field that decided."""
    seen: Mapping[str, Any] = row.seen
    return seen[str(version_id)] if str(version_id) in seen else seen.get(field)


def _stop_if_hopeless(run: Run) -> None:
    """Switch off a rule that fails every time, and say so."""
    query = (
        select(RuleRun.state)
        .where(RuleRun.rule_id == run.rule.id)
        .order_by(RuleRun.id.desc())
        .limit(FAILURES_ALLOWED)
    )
    db.session.flush()
    last = list(db.session.scalars(query))
    if len(last) < FAILURES_ALLOWED or set(last) != {"failed"}:
        return
    rule = db.session.get_one(Rule, run.rule.id)
    rule.state, rule.broken = RuleState.OFF, run.error
    history.record(
        events.RuleSwitchedOff, data={"rule": rule.id, "name": rule.name_ru, "why": run.error}
    )
    revision.bump("rules")
