"""Why a case is as it is: what each rule decided at each event, read from what was kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core.db import db
from core.i18n import _, format_datetime
from desk import events
from desk.automation import evaluator
from desk.automation.definition import Node, group_kind, known, root_of
from desk.automation.memory import seen_by
from desk.automation.operator import Looks
from desk.automation.pieces import Sentence
from desk.automation.sentences import condition, sentence_of_conditions
from desk.catalog import catalog
from models import (
    Case,
    CounterFiring,
    Decision,
    EventRecord,
    ParticipantKind,
    Rule,
    RuleRun,
    RuleVersion,
)

PAGE = 30  # occurrences shown at once
LENGTH = 160


@dataclass(frozen=True)
class NotRun:
    """A rule that listened and did nothing. `path` is the row of the editor that decided."""

    rule: Rule
    version: RuleVersion
    path: str
    expected: Sentence
    seen: str


@dataclass(frozen=True)
class Story:
    """One occurrence: what happened, which rules ran, which did not, what else came of it."""

    event: events.Event
    actor: str
    runs: tuple[RuleRun, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    led_to: tuple[events.Event, ...] = ()


@dataclass(frozen=True)
class Stories:
    """Newest first. `before` is where to go on, when there is more."""

    stories: list[Story]
    before: int | None = None


def why(case: Case, *, before: int | None = None) -> Stories:
    """What was decided about a case, before the event with this id when one is given."""
    decisions = _decisions(case, before)
    rows = {row.id: row for row in _events(case, decisions, before)}
    numbers = sorted(rows, reverse=True)
    shown = numbers[:PAGE]
    versions = _versions(decisions.values(), [rows[number] for number in shown])
    effects = _effects_of_counters(case, shown)
    stories = [
        _story(rows[number], decisions.get(number), versions, effects.get(number, ()))
        for number in shown
    ]
    return Stories(stories, shown[-1] if len(numbers) > PAGE else None)


def _decisions(case: Case, before: int | None) -> dict[int, Decision]:
    query = select(Decision).where(Decision.case_id == case.id)
    if before is not None:
        query = query.where(Decision.event_id < before)
    loaded = query.options(
        selectinload(Decision.runs).joinedload(RuleRun.rule),
        selectinload(Decision.runs).joinedload(RuleRun.version),
    )
    rows = db.session.scalars(loaded.order_by(Decision.event_id.desc()).limit(PAGE + 1))
    return {row.event_id: row for row in rows}


def _events(
    case: Case, decisions: dict[int, Decision], before: int | None
) -> Iterable[EventRecord]:
    """The events that were decided about, and those of counters that no rule listened to."""
    fired = select(CounterFiring.event_id).where(CounterFiring.event_id == EventRecord.id).exists()
    query = select(EventRecord).where(
        EventRecord.case_id == case.id,
        EventRecord.id.in_(decisions) | ((EventRecord.kind == "counter_fired") & fired),
    )
    if before is not None:
        query = query.where(EventRecord.id < before)
    loaded = query.options(joinedload(EventRecord.actor))
    return db.session.scalars(loaded.order_by(EventRecord.id.desc()).limit(PAGE + 1))


def _versions(
    decisions: Iterable[Decision], records: Iterable[EventRecord]
) -> dict[int, RuleVersion]:
    """Those that did not run, and those that caused what is told about."""
    ids = {int(number) for row in decisions for number in row.missed}
    ids |= {row.cause_rule_version_id for row in records if row.cause_rule_version_id}
    if not ids:
        return {}
    query = select(RuleVersion).options(joinedload(RuleVersion.rule))
    return {row.id: row for row in db.session.scalars(query.where(RuleVersion.id.in_(ids)))}


def _effects_of_counters(case: Case, causes: list[int]) -> dict[int, list[events.Event]]:
    """What the steps of counters did, by the event of the firing."""
    query = select(EventRecord).where(
        EventRecord.case_id == case.id,
        EventRecord.cause_event_id.in_(causes),
        EventRecord.cause_rule_version_id.is_(None),
    )
    found: dict[int, list[events.Event]] = {}
    for record in db.session.scalars(query.order_by(EventRecord.id)):
        found.setdefault(record.cause_event_id or 0, []).append(events.of(record))
    return found


def _story(
    record: EventRecord,
    decision: Decision | None,
    versions: dict[int, RuleVersion],
    led_to: Iterable[events.Event],
) -> Story:
    missed = decision.missed.items() if decision else ()
    not_run = [
        _not_run(decision, versions[int(number)], path)
        for number, path in missed
        if decision and int(number) in versions
    ]
    return Story(
        event=events.of(record),
        actor=_actor(record, versions),
        runs=tuple(decision.runs) if decision else (),
        not_run=tuple(sorted(not_run, key=lambda one: one.rule.position)),
        led_to=tuple(led_to),
    )


def _actor(record: EventRecord, versions: dict[int, RuleVersion]) -> str:
    version = versions.get(record.cause_rule_version_id or 0)
    if version is not None:
        return _("trigger “%(name)s”", name=version.rule.name)
    return _("counter") if record.actor.kind == ParticipantKind.COUNTER else record.actor.name


def _not_run(decision: Decision, version: RuleVersion, path: str) -> NotRun:
    rule = version.rule
    node = node_at(root_of(version.definition), path)
    if node is None:
        return NotRun(rule, version, "", (), _other_reason(path))
    if group_kind(node):
        said = _("none of them held")
        return NotRun(rule, version, path, sentence_of_conditions(node), said)
    value = seen_by(decision, version.id, str(node.get("field")))
    return NotRun(rule, version, path, condition(node), shown(node, value))


def node_at(root: Node, path: str) -> Node | None:
    """The condition or group at a path such as "if.0.1"; None when there is none."""
    first, *steps = path.split(".")
    node = root if first == "if" else None
    for step in steps:
        children = node[group_kind(node)] if node is not None and group_kind(node) else ()
        node = children[int(step)] if step.isdigit() and int(step) < len(children) else None
    return node


def _other_reason(code: str) -> str:
    if code == evaluator.SO_ALREADY:
        return _("The conditions held; all was so already.")
    if code == evaluator.ONCE:
        return _("It has had its run already.")
    if code.startswith(evaluator.STOPPED_BY):
        return _("A trigger before it said: stop here.")
    return code


def shown(node: Node, value: Any) -> str:
    """What a condition saw, in words."""
    field, operator = known(node)
    if field is None or operator is None:
        return str(value)
    if operator.looks == Looks.CHANGE:
        return _told_change(value, field.show)
    if field.type.family == "working_time":
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
        return format_datetime(at, "EEE, d MMM, HH:mm") if at else _("none")
    said = field.show(value)
    return said if len(said) <= LENGTH else said[: LENGTH - 1] + "…"


def _told_change(value: Any, show: Any) -> str:
    if not value:
        return _("did not change")
    return f"{show(value[0])} → {show(value[1])}"


def field_name(name: str) -> str:
    """The name of a field of history, for people."""
    cls = events.FIELD_EVENTS.get(name)
    if cls is not None:
        return _(cls.field_label)
    titles = [row.name for row in catalog().fields.values() if f"field.{row.key}" == name]
    return titles[0] if titles else name
