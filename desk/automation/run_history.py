"""Runs of all triggers, found by trigger, outcome, days and ticket; what one run led to."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from core import clock
from core.db import db
from desk.automation.firings import PAGE, RunSeen, with_lost
from models import Case, Decision, EventRecord, RuleRun

MOST_LED_TO = 50
Found = Select[RuleRun, Case, EventRecord]


@dataclass(frozen=True)
class Wanted:
    """Which runs; None and "" = any, 0 = what is no number: there is none such."""

    rule: int | None = None
    state: str = ""
    days: int | None = None
    case: int | None = None

    def __bool__(self) -> bool:
        return self != Wanted()


def runs(wanted: Wanted, *, before: int | None = None) -> tuple[list[RunSeen], int | None]:
    """The newest first, and where to go on when there are more."""
    query = _narrowed(_query(), wanted).order_by(RuleRun.id.desc()).limit(PAGE + 1)
    if before is not None:
        query = query.where(RuleRun.id < before)
    rows = _seen(query)
    return rows[:PAGE], rows[PAGE - 1].run.id if len(rows) > PAGE else None


def seen(run: RuleRun) -> RunSeen:
    """One run with its case and event."""
    return _seen(_query().where(RuleRun.id == run.id))[0]


def led_to(run: RuleRun) -> list[RunSeen]:
    """The runs that what it did set off, in their order."""
    own = _made_by(run)
    heard = select(EventRecord.cause_rule_version_id).where(EventRecord.cause_event_id.in_(own))
    query = _query().where(
        RuleRun.case_id == run.case_id,
        RuleRun.id > run.id,
        EventRecord.unit == _unit_of(run),
        or_(Decision.event_id.in_(own), RuleRun.rule_version_id.in_(heard)),
    )
    return _seen(query.order_by(RuleRun.id).limit(MOST_LED_TO))


def led_by(run: RuleRun) -> RunSeen | None:
    """The run that set this one off; None of a first link."""
    reacted_to = select(EventRecord.cause_event_id).where(EventRecord.id.in_(_made_by(run)))
    filed = select(Decision.event_id).where(Decision.id == run.decision_id)
    versions = select(EventRecord.cause_rule_version_id).where(
        or_(EventRecord.id.in_(reacted_to), EventRecord.id.in_(filed))
    )
    query = _query().where(
        RuleRun.case_id == run.case_id,
        RuleRun.id < run.id,
        EventRecord.unit == _unit_of(run),
        RuleRun.rule_version_id.in_(versions),
    )
    found = _seen(query.order_by(RuleRun.id.desc()).limit(1))
    return found[0] if found else None


def _made_by(run: RuleRun) -> Select[int]:
    """Ids of the events that it made. What a transaction did is one unit."""
    return select(EventRecord.id).where(
        EventRecord.case_id == run.case_id,
        EventRecord.unit == _unit_of(run),
        EventRecord.cause_rule_version_id == run.rule_version_id,
    )


def _unit_of(run: RuleRun) -> str:
    event = db.session.get_one(Decision, run.decision_id).event_id
    return db.session.get_one(EventRecord, event).unit


def _query() -> Found:
    return (
        select(RuleRun, Case, EventRecord)
        .join(Decision, Decision.id == RuleRun.decision_id)
        .join(EventRecord, EventRecord.id == Decision.event_id)
        .join(Case, Case.id == RuleRun.case_id)
        .options(joinedload(RuleRun.version), joinedload(RuleRun.rule))
    )


def _narrowed(query: Found, wanted: Wanted) -> Found:
    if wanted.rule is not None:
        query = query.where(RuleRun.rule_id == wanted.rule)
    if wanted.state:
        query = query.where(RuleRun.state == wanted.state)
    if wanted.days:
        query = query.where(RuleRun.at > clock.now() - timedelta(days=wanted.days))
    if wanted.case is not None:
        query = query.where(RuleRun.case_id == wanted.case)
    return query


def _seen(query: Found) -> list[RunSeen]:
    return with_lost(db.session.execute(query).all())
