"""What a person does about a run: let a failed one do its work once more."""

from sqlalchemy import select

from core import clock
from core.db import db
from core.i18n import _
from desk import access, events, history, settings
from desk.automation import memory
from desk.automation.changes import named
from desk.automation.conditions import Broken
from desk.automation.decision import Effect, Run
from desk.automation.live import applying, facts_of
from desk.automation.moment import occurrence_of
from desk.automation.planning import plan_of
from desk.automation.ruleset import CompiledRule, compiled_rule
from desk.automation.subjects import subject_of
from desk.errors import Invalid, NotFound, kept
from models import Case, Decision, EventRecord, Participant, RuleRun


def run_for(run_id: int, *, lock: bool = False) -> RuleRun:
    """NotFound for one that is not there."""
    query = select(RuleRun).where(RuleRun.id == run_id)
    run = db.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if run is None:
        raise NotFound(_("There is no such run."))
    return run


def retried(run: RuleRun) -> RuleRun | None:
    """The run that did its work once more."""
    return db.session.scalars(select(RuleRun).where(RuleRun.retry_of_id == run.id)).one_or_none()


def retry(run: RuleRun, *, by: Participant) -> RuleRun:
    """Carry out alone what a failed run left undone; asked twice, it is done once.

    Actions of a run are done all or none, so of a failed one all of them are left. They are those
    of the version that failed, looked at as the case is now. The failed run stays with its reason.
    """
    access.demand(by, "rules.edit")
    run = run_for(run.id, lock=True)
    done = retried(run)
    if done is not None:
        return done
    rule = _may_run(run)
    case = db.session.get_one(Case, run.case_id, with_for_update=True)
    result = _done(run, rule, case)
    row = RuleRun(**memory.run_values(result, case, clock.now()))
    row.decision_id, row.retry_of_id = run.decision_id, run.id
    db.session.add(row)
    data = {"rule": run.rule_id, **named(run.rule), "what": "retried"}
    data |= {"run": run.id, "case": case.id, "why": run.error, "state": result.state}
    history.record(events.RuleChanged, by=by, data=data)
    db.session.flush()
    return row


def _may_run(run: RuleRun) -> CompiledRule:
    if run.state != "failed" or not run.effects:
        raise Invalid(_("There is nothing here that could be done once more."))
    if run.rule.deleted_at is not None:
        raise Invalid(_("The trigger has been deleted."))
    if settings.get("rules_stopped"):
        raise Invalid(_("All triggers are stopped."))
    try:
        return compiled_rule(run.version.definition, run.rule_id, run.rule_version_id)
    except Broken as error:
        raise Invalid(str(error)) from error


def _done(run: RuleRun, rule: CompiledRule, case: Case) -> Run:
    decision = db.session.get_one(Decision, run.decision_id)
    event = events.of(db.session.get_one(EventRecord, decision.event_id))
    occurrence = occurrence_of([event], subject=subject_of(case))
    left = {effect["at"] for effect in run.effects if not effect.get("skipped")}
    try:
        planned = plan_of(rule.actions, facts_of(case, occurrence))
    except Exception as error:  # as the first time: it can be done once more
        undone = tuple(Effect(each["at"], rule.actions[each["at"]]) for each in run.effects)
        return Run(rule, undone, "failed", kept(error), event)
    effects = tuple(effect for effect in planned if effect.at in left)
    if not any(effect.acts for effect in effects):
        return Run(rule, effects, "skipped", trigger=event)
    return applying(case, occurrence)(Run(rule, effects, trigger=event))
