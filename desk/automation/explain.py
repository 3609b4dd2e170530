"""Why a case is as it is: what each rule decided at each event, read from what was kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from desk import events
from desk.automation import undelivered
from desk.automation.causes import Cause, batches, causes_of, notices
from desk.automation.loops import Loop, loop_of
from desk.automation.not_run import NotRun, NotRuns
from desk.automation.reasons import Reasons, reasons_of
from desk.automation.standstill import Standstill, passed_over, standstills
from desk.automation.told import Told, told
from models import Case, CounterFiring, Decision, EventRecord, RuleRun, RuleVersion

PAGE = 8  # occurrences shown at once, each with every rule that listened


@dataclass(frozen=True)
class Ran:
    """A rule that ran, with all that came of it; `loop` = the chain that it was cut out of."""

    run: RuleRun
    effects: list[Told]
    loop: Loop | None = None


@dataclass(frozen=True)
class Story:
    """One occurrence: who did what, which rules ran then, which did not.

    `stop`: all of them were stopped then.
    """

    event: events.Event
    causes: list[Cause]
    runs: list[Ran]
    not_run: list[NotRun]
    stop: Standstill | None = None


@dataclass(frozen=True)
class Stories:
    """Newest first. `before` is where to go on, when there is more."""

    stories: list[Story]
    before: int | None = None


@dataclass(frozen=True)
class _Known:
    """Read once for all stories of a page."""

    versions: Mapping[int, RuleVersion]
    came_of_rules: Sequence[EventRecord]
    lost: undelivered.Lost


def why(case: Case, *, before: int | None = None) -> Stories:
    """What was decided about a case, before the event with this id when one is given."""
    decisions = _decisions(case, before)
    stops = standstills()
    heads = _heads(case, decisions, stops, before)
    shown = heads[:PAGE]
    happened, decided = _happened(case, shown, before)
    reasons = {head.id: _reasons(decisions.get(head.id)) for head in shown}
    versions = _versions(reasons.values(), happened)
    its_batch = batches(happened, decided | {head.id for head in shown})
    words = NotRuns()
    came_of_rules = [each for each in happened if each.cause_rule_version_id]
    known = _Known(versions, came_of_rules, undelivered.of_cases([case.id]))
    stories = [
        replace(
            _story(
                its_batch[head.id],
                decisions.get(head.id),
                reasons[head.id],
                words,
                known,
            ),
            stop=next((one for one in stops if one.holds(head.id)), None),
        )
        for head in shown
    ]
    return Stories(stories, shown[-1].id if len(heads) > PAGE else None)


def _reasons(decision: Decision | None) -> Reasons:
    return reasons_of(decision) if decision else Reasons({}, {})


def _decisions(case: Case, before: int | None) -> dict[int, Decision]:
    query = select(Decision).where(Decision.case_id == case.id)
    if before is not None:
        query = query.where(Decision.event_id < before)
    loaded = query.options(
        selectinload(Decision.runs).joinedload(RuleRun.rule),
        selectinload(Decision.runs).joinedload(RuleRun.version),
        selectinload(Decision.ruleset),
    )
    rows = db.session.scalars(loaded.order_by(Decision.event_id.desc()).limit(PAGE + 1))
    return {row.event_id: row for row in rows}


def _heads(
    case: Case, decisions: dict[int, Decision], stops: Sequence[Standstill], before: int | None
) -> Sequence[EventRecord]:
    """The events that were decided about, those of counters that no rule listened to, and what
    happened while all were stopped."""
    fired = select(CounterFiring.event_id).where(CounterFiring.event_id == EventRecord.id).exists()
    wanted = EventRecord.id.in_(decisions) | ((EventRecord.kind == "counter_fired") & fired)
    query = _events(case, before).where(wanted | passed_over(case, stops) if stops else wanted)
    return db.session.scalars(query.order_by(EventRecord.id.desc()).limit(PAGE + 1)).all()


def _happened(
    case: Case, heads: Sequence[EventRecord], before: int | None
) -> tuple[list[EventRecord], frozenset[int]]:
    """All events of the units that these are from, oldest first; ids of those decided about."""
    if not heads:
        return [], frozenset()
    query = (
        _events(case, before)
        .add_columns(Decision.id)
        .outerjoin(Decision, Decision.event_id == EventRecord.id)
        .where(EventRecord.unit.in_({head.unit for head in heads}), EventRecord.id >= heads[-1].id)
        .options(joinedload(EventRecord.actor))
        .order_by(EventRecord.id)
    )
    rows = db.session.execute(query).all()
    return [row[0] for row in rows], frozenset(row[0].id for row in rows if row[1])


def _events(case: Case, before: int | None) -> Select[EventRecord]:
    query = select(EventRecord).where(EventRecord.case_id == case.id)
    return query if before is None else query.where(EventRecord.id < before)


def _versions(
    decisions: Iterable[Reasons], records: Iterable[EventRecord]
) -> dict[int, RuleVersion]:
    """Those that did not run, and those that caused what is told about."""
    ids = {number for reasons in decisions for number in reasons.codes}
    ids |= {row.cause_rule_version_id for row in records if row.cause_rule_version_id}
    if not ids:
        return {}
    query = select(RuleVersion).options(joinedload(RuleVersion.rule))
    return {row.id: row for row in db.session.scalars(query.where(RuleVersion.id.in_(ids)))}


def _story(
    batch: Sequence[EventRecord],
    decision: Decision | None,
    reasons: Reasons,
    words: NotRuns,
    known: _Known,
) -> Story:
    versions = known.versions
    missing = [words.told(reasons, versions[one]) for one in reasons.codes if one in versions]
    return Story(
        event=events.of(batch[0]),
        causes=causes_of(batch, versions, known.lost),
        runs=[_ran(run, batch, known) for run in decision.runs] if decision else [],
        not_run=sorted(missing, key=lambda one: one.rule.position),
    )


def _ran(run: RuleRun, batch: Sequence[EventRecord], known: _Known) -> Ran:
    ids = {record.id for record in batch}
    mine = [
        events.of(record)
        for record in known.came_of_rules
        if record.cause_rule_version_id == run.rule_version_id and record.cause_event_id in ids
    ]
    deed = f"{batch[0].id}:{run.rule_version_id}"
    effects = told(run.effects, run.version.definition["then"], known.lost, deed) + notices(mine)
    return Ran(run, effects, loop_of(batch[0].data, run.rule_id))
