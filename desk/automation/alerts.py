"""Triggers that run away: put on record, and switched off when it goes on.

Who hears of it stands in desk.notices.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from core import clock
from core.db import db
from core.i18n import N_
from desk import events, history, revision
from desk.automation import changes, loops
from desk.automation.decision import Run
from models import Case, Decision, EventRecord, Rule, RuleRun, RuleState

FAILURES_ALLOWED = 5  # in a row, before a rule is switched off
CUTS_ALLOWED = 10  # chains of several rules that ended in it, within WINDOW
WINDOW = timedelta(minutes=10)
SILENCE = timedelta(days=1)  # after one word about a rule that is part of a loop
RUNAWAY = N_("it and other triggers kept setting each other off")


def watch(runs: Iterable[Run], case: Case) -> None:
    """Look at what was just kept: rules that failed, and chains that were cut."""
    for run in runs:
        if run.state == "failed":
            _after_failure(run, case)
        elif run.state == "cut" and loops.kind_of(run) != loops.ITSELF:
            _after_cut(run, case)


def switched_off() -> list[Rule]:
    """Those that the product switched off and nobody has looked after since."""
    query = select(Rule).where(Rule.deleted_at.is_(None), Rule.broken != "").order_by(Rule.position)
    return list(db.session.scalars(query))


def _after_failure(run: Run, case: Case) -> None:
    query = (
        select(RuleRun.state)
        .where(RuleRun.rule_id == run.rule.id)
        .order_by(RuleRun.id.desc())
        .limit(FAILURES_ALLOWED)
    )
    db.session.flush()
    last = list(db.session.scalars(query))
    if len(last) == FAILURES_ALLOWED and set(last) == {"failed"}:
        _switch_off(run, case, run.error)


def _after_cut(run: Run, case: Case) -> None:
    """The first time they are told; when it goes on the rule is stopped. A chain that ends in a
    rule several times, as one that branches does, is one: what one transaction did."""
    query = (
        select(func.count(EventRecord.unit.distinct()))
        .join(Decision, Decision.event_id == EventRecord.id)
        .join(RuleRun, RuleRun.decision_id == Decision.id)
        .where(
            RuleRun.rule_id == run.rule.id,
            RuleRun.state == "cut",
            RuleRun.at > clock.now() - WINDOW,
        )
    )
    db.session.flush()
    if (db.session.scalar(query) or 0) >= CUTS_ALLOWED:
        _switch_off(run, case, RUNAWAY)
    elif not _told_lately(run.rule.id):
        rule = db.session.get_one(Rule, run.rule.id)
        history.record(events.RulesLooped, data=_facts(run, rule, case, ""))


def _told_lately(rule_id: int) -> bool:
    query = select(EventRecord.data).where(
        EventRecord.kind == events.RulesLooped.kind, EventRecord.at > clock.now() - SILENCE
    )
    return any(data["rule"] == rule_id for data in db.session.scalars(query))


def _switch_off(run: Run, case: Case, why: str) -> None:
    rule = db.session.get_one(Rule, run.rule.id)
    if rule.state == RuleState.OFF:
        return
    rule.state, rule.broken = RuleState.OFF, why
    history.record(events.RuleSwitchedOff, data=_facts(run, rule, case, why))
    revision.bump("rules")


def _facts(run: Run, rule: Rule, case: Case, why: str) -> dict[str, object]:
    chain = [db.session.get_one(Rule, number) for number in run.chain]
    named = [{"id": one.id, "ru": one.name_ru, "en": one.name_en} for one in (*chain, rule)]
    return {
        "rule": rule.id,
        **changes.named(rule),
        "why": why,
        "chain": named if chain else [],
        "case": case.id,
    }
