"""What is kept of each decision: every run, and of the other rules why they did not."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from core.db import db, put_rows, table
from desk.automation import alerts, loops, reasons
from desk.automation.decision import Decision, Effect, Run
from desk.automation.moment import Occurrence
from desk.automation.ruleset import CompiledSet, stored_row
from models import Case, RuleRun
from models import Decision as DecisionRow


def keep(
    decision: Decision, rules: CompiledSet, case: Case, occurrence: Occurrence, now: datetime
) -> None:
    row = {
        "event_id": occurrence.event_id,
        "case_id": case.id,
        "ruleset_id": stored_row(rules),
        "at": now,
        "packed": reasons.packed(decision, rules),
    }
    number = db.session.scalar(_KEEP, row)
    runs = [{"decision_id": number, **run_values(run, case, now)} for run in decision.runs]
    put_rows(_KEEP_RUNS, runs)
    loops.keep(decision.runs, occurrence)
    alerts.watch(decision.runs, case)


_KEEP = insert(table(DecisionRow)).returning(table(DecisionRow).c.id)
_KEEP_RUNS = insert(table(RuleRun))


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


def run_values(run: Run, case: Case, now: datetime) -> dict[str, Any]:
    return {
        "rule_id": run.rule.id,
        "rule_version_id": run.rule.version_id,
        "case_id": case.id,
        "at": now,
        "state": run.state,
        "effects": [packed(effect) for effect in run.effects],
        "error": run.error,
        "ms": run.ms,
    }
