"""The log, read case by case in batches: memory does not grow with its length."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import func, select

from core.db import db
from desk.automation import brakes
from desk.automation.replay.logged import Logged
from models import Case, EventRecord, OutboxItem, RuleRun, RuleVersion

BATCH = 200  # cases

_COLUMNS = (
    EventRecord.id,
    EventRecord.at,
    EventRecord.kind,
    EventRecord.case_id,
    EventRecord.actor_id,
    EventRecord.unit,
    EventRecord.cause_event_id,
    EventRecord.cause_rule_version_id,
    EventRecord.cause_counter_id,
    EventRecord.depth,
    EventRecord.changes,
    EventRecord.data,
)


def last_event() -> int:
    return db.session.scalar(select(func.max(EventRecord.id))) or 0


def first_event(since: datetime, last: int) -> int:
    """The id of the first event from then on, by halving: ids grow with time."""
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        row = db.session.execute(
            select(EventRecord.id, EventRecord.at)
            .where(EventRecord.id >= middle)
            .order_by(EventRecord.id)
            .limit(1)
        ).first()
        if row is None or row.at >= since:
            high = middle
        else:
            low = row.id + 1
    return low


def cases_between(first: int, last: int) -> "array[int]":
    """The cases that something happened to, by number."""
    query = (
        select(EventRecord.case_id)
        .where(EventRecord.id.between(first, last), EventRecord.case_id.is_not(None))
        .distinct()
    )
    return array("q", sorted(number for number in db.session.scalars(query) if number))


def batches(numbers: "array[int]", size: int = BATCH) -> Iterator[list[int]]:
    for at in range(0, len(numbers), size):
        yield list(numbers[at : at + size])


def events_of(numbers: Sequence[int], last: int) -> dict[int, list[Logged]]:
    """Everything that happened to these cases, oldest first."""
    query = (
        select(*_COLUMNS)
        .where(EventRecord.case_id.in_(numbers), EventRecord.id <= last)
        .order_by(EventRecord.case_id, EventRecord.id)
    )
    rows = (Logged(*row) for row in db.session.execute(query))
    return {number: list(its) for number, its in groupby(rows, key=attrgetter("case_id"))}


def mails_beside(numbers: Sequence[int], since: datetime) -> Iterator[tuple[str, datetime, int]]:
    """(address, when, case) of mails that brakes count and that a replay writes not anew: those of
    counters, what told the staff of notes of counters, and all that went shortly before it begins.
    """
    of_counter = OutboxItem.dedupe_key.contains(":counter")  # as live.run_actions names them
    told_of_one = (OutboxItem.template == brakes.NOTICE) & EventRecord.cause_counter_id.is_not(None)
    query = (
        select(OutboxItem.recipient, OutboxItem.created_at, OutboxItem.case_id)
        .outerjoin(EventRecord, EventRecord.id == OutboxItem.event_id)
        .where(
            OutboxItem.case_id.in_(numbers),
            OutboxItem.template.in_(brakes.OURS),
            OutboxItem.created_at > since - brakes.LONGEST,
            (OutboxItem.created_at < since) | of_counter | told_of_one,
        )
        .order_by(OutboxItem.id)
    )
    for address, at, case_id in db.session.execute(query):
        yield address, at, case_id or 0


def kinds_of_cases(numbers: Sequence[int]) -> dict[int, str]:
    rows = db.session.execute(select(Case.id, Case.kind).where(Case.id.in_(numbers)))
    return {row.id: row.kind for row in rows}


def rules_of_versions() -> dict[int, int]:
    rows = db.session.execute(select(RuleVersion.id, RuleVersion.rule_id))
    return {row.id: row.rule_id for row in rows}


def runs_before(numbers: Sequence[int], at: datetime) -> dict[int, dict[int, datetime]]:
    """When each rule had last acted on each of these cases by then."""
    query = (
        select(RuleRun.case_id, RuleRun.rule_id, func.max(RuleRun.at))
        .where(RuleRun.case_id.in_(numbers), RuleRun.state == "done", RuleRun.at < at)
        .group_by(RuleRun.case_id, RuleRun.rule_id)
    )
    found: dict[int, dict[int, datetime]] = {}
    for case_id, rule_id, last in db.session.execute(query):
        found.setdefault(case_id, {})[rule_id] = last
    return found
