"""Trying a rule on a ticket: everything happens, and then it has never happened."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from core import bus, clock
from core.db import db
from desk import errors, events
from desk.automation.decision import Effect
from desk.automation.definition import root_of
from desk.automation.evaluator import ran_already
from desk.automation.live import applying, by_person, facts_of
from desk.automation.memory import packed
from desk.automation.moment import Moment, Occurrence, occurrence_of
from desk.automation.planning import planned
from desk.automation.ruleset import CompiledRule, compiled_rule
from desk.automation.subjects import (
    NOT_AN_UPDATE,
    TICKET,
    UPDATED,
    kinds_of,
    logged,
    subject_of,
)
from desk.automation.told import Told, told
from desk.automation.verdicts import Verdict, verdict
from desk.mails import harmless
from models import Case, EventRecord, Message, MessageKind, OutboxItem

LOOKED_AT = 20  # events of the right kinds
FIELDS = (events.FieldChange, events.CustomFieldChanged)


@dataclass(frozen=True)
class Letter:
    recipient: str
    subject: str
    text: str


@dataclass(frozen=True)
class Trial:
    """What a rule would do to a case. `event` is the one that it was tried on, if there was any."""

    case: Case
    verdict: Verdict
    effects: tuple[Effect, ...] = ()
    letters: tuple[Letter, ...] = ()
    event: events.Event | None = None
    error: str = ""
    notes: tuple[str, ...] = ()  # as they would read
    has_run: bool = False  # and does so once only: live it would not act again

    @property
    def holds(self) -> bool:
        return self.verdict.holds

    @property
    def acts(self) -> bool:
        """Whether it would act now, live."""
        return self.holds and not self.error and not self.has_run

    @property
    def told(self) -> list[Told]:
        """What it would do, in words."""
        return [
            line
            for each in self.effects
            for line in told([packed(each) | {"at": 0}], [each.stored])
        ]


class Over(Exception):  # noqa: N818 - not an error: the end of every trial
    """Takes everything back."""

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.trial = trial


def try_on(definition: dict[str, Any], case: Case, rule_id: int = 0) -> Trial:
    """Ask and do as live, on the last event of the case that the rule listens to. Broken.

    Nothing stays: the trial runs in a savepoint that is always rolled back. `rule_id` of one that
    is kept already: it may have had its run.
    """
    rule = compiled_rule(definition, 0, 0)
    occurrence = _as_if(case, rule, _last_event(case, rule))
    found = tried(definition, rule, case, occurrence)
    moment = Moment(facts_of(case, occurrence), occurrence.changes, clock.now())
    has_run = ran_already(replace(rule, id=rule_id), moment)
    return replace(found, has_run=found.holds and has_run)


def tried(
    definition: dict[str, Any], rule: CompiledRule, case: Case, occurrence: Occurrence
) -> Trial:
    """The same, as if this happened to the case."""
    moment = Moment(facts_of(case, occurrence), occurrence.changes, clock.now())
    asked = verdict(root_of(definition), rule.conditions, moment)
    if not asked.holds:
        return Trial(case, asked, event=next(iter(occurrence.events), None))
    try:
        with bus.savepoint():
            raise Over(_done(rule, case, occurrence, asked, moment))
    except Over as over:
        return over.trial


def _done(
    rule: CompiledRule, case: Case, occurrence: Occurrence, asked: Verdict, moment: Moment
) -> Trial:
    before = _last(OutboxItem)
    said = _last(Message)
    event = occurrence.events[0] if occurrence.events else None
    try:
        run = planned(rule, moment.facts, occurrence)
    except Exception as error:  # live it would be a failed run
        return Trial(case, asked, event=event, error=errors.kept(error))
    if run.state == "done":
        run = applying(case, occurrence)(run)
    bus.write_now()
    mails = db.session.scalars(
        select(OutboxItem).where(OutboxItem.id > before).order_by(OutboxItem.id)
    )
    letters = tuple(
        Letter(
            row.recipient,
            harmless(row.payload["subject"], case),
            harmless(row.payload["text"], case),
        )
        for row in mails
    )
    written = select(Message.text).where(
        Message.id > said, Message.case_id == case.id, Message.kind == MessageKind.NOTE
    )
    notes = tuple(db.session.scalars(written.order_by(Message.id)))
    return Trial(case, asked, run.effects, letters, event, run.error, notes)


def _last(table: type[OutboxItem] | type[Message]) -> int:
    """The highest number in use."""
    return db.session.scalar(select(func.max(table.id))) or 0


def _last_event(case: Case, rule: CompiledRule) -> events.Event | None:
    """The last one that it listens to: by the kind first, then as the rule calls it."""
    subject = subject_of(case)
    query = select(EventRecord).where(EventRecord.case_id == case.id)
    if UPDATED in rule.kinds:
        query = query.where(EventRecord.kind.not_in(set(NOT_AN_UPDATE) - rule.kinds))
    else:
        kinds = rule.kinds if subject == TICKET else logged(rule.kinds)
        query = query.where(EventRecord.kind.in_(kinds))
    for record in db.session.scalars(query.order_by(EventRecord.id.desc()).limit(LOOKED_AT)):
        event = events.of(record)
        if not rule.kinds.isdisjoint(kinds_of(event, subject)):
            return event
    return None


def _as_if(case: Case, rule: CompiledRule, event: events.Event | None) -> Occurrence:
    """The last such event once more; without one, as if it happened and changed nothing. What a
    person set with it is theirs, as live."""
    subject = subject_of(case)
    if event is None:
        return Occurrence(kinds=rule.kinds, subject=subject)
    is_theirs = isinstance(event, FIELDS) and by_person(event)
    return occurrence_of([event], frozenset(event.changes if is_theirs else ()), subject)
