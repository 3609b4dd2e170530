"""Rules at work: they hear what happened in a unit of work, and act inside of it."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from core import bus, clock
from core.db import db
from core.failpoints import failpoint
from desk import errors, events, settings
from desk.automation import memory, ruleset
from desk.automation.action import Doing
from desk.automation.actions import ACTIONS
from desk.automation.conditions import compiled
from desk.automation.decision import Effect, Run
from desk.automation.definition import Node
from desk.automation.evaluator import Apply, evaluate
from desk.automation.facts import Facts
from desk.automation.field import live_facts
from desk.automation.fields import field_named
from desk.automation.moment import Moment, Occurrence, occurrence_of
from desk.automation.planning import plan_of
from desk.automation.subjects import subject_of
from desk.history import Cause, because
from models import Case, Participant, ParticipantKind, RuleRun

log = logging.getLogger("liniya.rules")

PEOPLE = (ParticipantKind.STAFF, ParticipantKind.CLIENT, ParticipantKind.OUTSIDER)


@bus.on_events(stage=30)
def run_rules(batch: Sequence[events.Event]) -> None:
    """The events of one case in a batch are one occurrence."""
    by_case: dict[int, list[events.Event]] = defaultdict(list)
    for event in batch:
        if isinstance(event, events.CaseEvent) and event.case_id is not None:
            by_case[event.case_id].append(event)
    for number, happened in by_case.items():
        case = db.session.get_one(Case, number)
        protected = _note_people(number, happened)
        if not settings.get("rules_stopped"):
            acted = bus.unit().notes.setdefault("acted", defaultdict(set))[number]
            _decide(case, occurrence_of(happened, protected, subject_of(case), acted), acted)


def _decide(case: Case, occurrence: Occurrence, acted: set[int]) -> None:
    rules = ruleset.current()
    if not rules.listening(occurrence.kinds):
        return
    now = clock.now()
    facts = facts_of(case, occurrence)
    decision = evaluate(rules, facts, occurrence, now, applying(case, occurrence))
    acted |= decision.acted
    if not decision.is_empty:
        memory.keep(decision, rules, case, occurrence, now)
    failpoint("rules.decided")


def facts_of(case: Case, occurrence: Occurrence) -> Facts:
    """The facts of a case as its row holds them now, read when asked for."""
    facts = live_facts(case, occurrence, field_named)
    read = facts.source

    def source(name: str) -> Any:
        if name == "last_runs":
            return _last_runs(case)
        return read(name) if read else None

    facts.source = source
    return facts


def _last_runs(case: Case) -> dict[int, datetime]:
    query = (
        select(RuleRun.rule_id, func.max(RuleRun.at))
        .where(RuleRun.case_id == case.id, RuleRun.state == "done")
        .group_by(RuleRun.rule_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def applying(case: Case, occurrence: Occurrence) -> Apply:
    def apply(run: Run) -> Run:
        elapsed = clock.stopwatch()
        rule = run.rule  # without ids while it is only being tried
        cause = Cause(run.trigger, rule.version_id or None, rule.id or None, led_by=run.chain)
        key = f"{occurrence.event_id}:{rule.version_id}"
        doing = Doing(case, occurrence, cause, key)
        try:
            with bus.savepoint():
                effects = [_done(effect, doing) for effect in run.effects]
        except Exception as error:  # whatever a rule does, the client's message stays
            log.warning("rule %s failed on case %s", run.rule.id, case.id, exc_info=error)
            return run._replace(state="failed", error=errors.kept(error))
        failpoint("rules.applied")
        return run._replace(effects=tuple(effects), ms=round(elapsed(), 2))

    return apply


def _done(effect: Effect, doing: Doing) -> Effect:
    if not effect.acts:
        return effect
    action = ACTIONS[effect.stored["do"]]
    with because(doing.cause):
        receipts = action.run(effect.stored, replace(doing, key=f"{doing.key}:{effect.at}"))
    return effect._replace(receipts=receipts)


def _note_people(number: int, happened: Sequence[events.Event]) -> frozenset[str]:
    """The fields that a person has set in this unit of work; creating a case is not setting."""
    known: dict[int, set[str]] = bus.unit().notes.setdefault("set by people", {})
    fields = known.setdefault(number, set())
    for event in happened:
        if isinstance(event, events.FieldChange | events.CustomFieldChanged) and by_person(event):
            fields.update(event.changes)
    return frozenset(fields)


def by_person(event: events.Event) -> bool:
    """Whether a person did it, and neither a rule nor a counter."""
    record = event.record
    if record.cause_rule_version_id or record.cause_counter_id:
        return False
    return db.session.get_one(Participant, event.actor_id).kind in PEOPLE


def conditions_hold(group: Node, case: Case) -> bool:
    """Whether a case meets a group of conditions now; no conditions are met always.

    Conditions about changes look at nothing having changed. What can't be asked does not hold.
    """
    return conditions_hold_for(group, facts_of(case, Occurrence()))


def conditions_hold_for(group: Node, facts: Facts) -> bool:
    """The same of a case that is not there yet: what is not among the facts is empty."""
    if not group:
        return True
    try:
        check, _conditions = compiled(group)
        return check(Moment(facts, {}, clock.now())) is None
    except Exception as error:  # whoever asks has work of a client in hand
        log.warning("conditions can't be asked: %s", group, exc_info=error)
        return False


def run_actions(
    actions: Sequence[Mapping[str, Any]], case: Case, cause: Cause, *, apart: bool = True
) -> list[dict[str, Any]]:
    """Carry actions out for a counter. Each in a savepoint of its own: one that fails is named.

    Not `apart`: one that fails, fails the whole unit of work, which is cheaper and can be repeated.
    Gives one {"do", "at", "changes", "receipts" | "skipped"} for each that had something to do.
    """
    occurrence = occurrence_of([cause.event]) if cause.event else Occurrence()
    key = f"{cause.event.id if cause.event else 0}:counter{cause.counter_id or 0}"
    run = _tried if apart else _planned_and_done
    results = []
    for at, stored in enumerate(actions):
        doing = Doing(case, occurrence, cause, f"{key}:{at}")
        results += [memory.packed(effect._replace(at=at)) for effect in run(stored, doing)]
    return results


def _tried(stored: Mapping[str, Any], doing: Doing) -> list[Effect]:
    try:
        with bus.savepoint():
            return _planned_and_done(stored, doing)
    except OperationalError:  # a lock that others hold too long: the whole is tried again
        raise
    except Exception as error:  # the other actions of the step still count
        log.warning("action failed on case %s", doing.case.id, exc_info=error)
        return [Effect(0, {"do": "?", **stored}, skipped=errors.kept(error))]


def _planned_and_done(stored: Mapping[str, Any], doing: Doing) -> list[Effect]:
    planned = plan_of([stored], facts_of(doing.case, doing.occurrence))
    return [_done(effect, doing) for effect in planned]
