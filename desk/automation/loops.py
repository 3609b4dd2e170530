"""Rules that set each other off: the chain of those that a brake stopped, kept with the event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core import clock
from core.db import db
from core.i18n import N_, _, locale
from desk.automation.decision import TOO_DEEP, Run
from desk.automation.moment import Occurrence
from models import Decision, EventRecord, Rule, RuleRun

KEPT_AS = "loops"  # in the data of the event that was decided about: {rule id: loop}
DAYS = 7
LATEST = 500  # runs that were cut, looked at for the list

UNDO = "undo"
ITSELF = "itself"
EACH_OTHER = "each_other"
DEEP = "deep"
SAID = {
    UNDO: N_("They undo each other, so the chain was stopped:"),
    ITSELF: N_("It sets itself off, so the chain was stopped:"),
    EACH_OTHER: N_("They set each other off, so the chain was stopped:"),
    DEEP: N_("They set each other off for too long, so the chain was stopped:"),
}


@dataclass(frozen=True)
class Loop:
    """`rules` = (id, name) in the order in which they led to each other, the stopped one last."""

    kind: str
    rules: tuple[tuple[int, str], ...]
    case_id: int | None = None  # where it was seen last
    times: int = 1

    @property
    def said(self) -> str:
        return _(SAID[self.kind])

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(number for number, _name in self.rules)


def keep(runs: Iterable[Run], occurrence: Occurrence) -> None:
    """Write down with the event which rules led to each one that was cut."""
    found = {str(run.rule.id): _kept(run) for run in runs if run.state == "cut" and run.chain}
    if found:
        record = occurrence.events[0].record
        record.data = {**record.data, KEPT_AS: found}


def _kept(run: Run) -> dict[str, Any]:
    rows = [db.session.get_one(Rule, number) for number in (*run.chain, run.rule.id)]
    named = [{"id": row.id, "ru": row.name_ru, "en": row.name_en} for row in rows]
    return {"kind": kind_of(run), "rules": named}


def kind_of(run: Run) -> str:
    if run.error == TOO_DEEP:
        return DEEP
    if set(run.chain) == {run.rule.id}:
        return ITSELF
    return UNDO if run.undoes else EACH_OTHER


def loop_of(data: Mapping[str, Any], rule_id: int) -> Loop | None:
    """What stopped a rule, from the data of the event that was decided about."""
    kept = data.get(KEPT_AS, {}).get(str(rule_id))
    return Loop(kept["kind"], tuple(map(_named, kept["rules"]))) if kept else None


def _named(kept: Mapping[str, Any]) -> tuple[int, str]:
    return kept["id"], kept[locale()] or kept["ru"] or kept["en"]


def of_last_days() -> dict[int, Loop]:
    """By the id of each rule in it: the latest loop of several rules, and how often it was cut."""
    query = (
        select(RuleRun.rule_id, RuleRun.case_id, EventRecord.data)
        .join(Decision, Decision.id == RuleRun.decision_id)
        .join(EventRecord, EventRecord.id == Decision.event_id)
        .where(RuleRun.state == "cut", RuleRun.at > clock.now() - timedelta(days=DAYS))
        .order_by(RuleRun.at.desc(), RuleRun.id.desc())
        .limit(LATEST)
    )
    found: dict[int, Loop] = {}
    for rule_id, case_id, data in db.session.execute(query):
        loop = loop_of(data, rule_id)
        if loop and loop.kind != ITSELF:
            _count(found, replace(loop, case_id=case_id))
    return found


def _count(found: dict[int, Loop], loop: Loop) -> None:
    for number in loop.ids:
        known = found.get(number)
        if known is None:
            found[number] = loop
        elif known.ids == loop.ids:
            found[number] = replace(known, times=known.times + 1)
