"""How the database must stand in the end, beside what the judge says."""

from collections import Counter as Tally
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import select

from core.db import db
from desk import history
from models import (
    Case,
    Counter,
    CounterFiring,
    CounterPolicy,
    EventRecord,
    Group,
    Inbound,
    InboundState,
    Message,
    MessageKind,
    RuleRun,
    Status,
    TicketType,
)
from tests.story.expected import Expected, address_of
from tests.story.judge import Judge

TICK = timedelta(minutes=1)


def check_cases(judge: Judge) -> None:
    """Each request stands where it should, with all that was said on it, once."""
    db.session.rollback()
    names = _names()
    rows = {case.number: case for case in db.session.scalars(select(Case))}
    assert sorted(rows) == sorted(case.number for case in judge.cases.values())
    said = _said_on()
    wrong = []
    for case in judge.cases.values():
        row = rows[case.number]
        found = {
            "client": row.requester.email,
            "status": names[Status][row.status_id],
            "group": names[Group].get(row.group_id, ""),
            "assignee": row.assignee.email if row.assignee else "",
            "line": row.line,
            "type": names[TicketType].get(row.type_id, ""),
            "priority": row.priority,
            "tags": set(row.tag_names),
            "said": said.get((case.number, MessageKind.PUBLIC), []),
            "notes": len(said.get((case.number, MessageKind.NOTE), [])),
        }
        wanted = _wanted(case)
        wrong += [
            (case.number, name, found[name], wanted[name])
            for name in wanted
            if found[name] != wanted[name]
        ]
    assert wrong == []


def _wanted(case: Expected) -> dict[str, Any]:
    return {
        "client": case.writer.email,
        "status": case.status,
        "group": case.group,
        "assignee": address_of(case.assignee) if case.assignee else "",
        "line": case.line,
        "type": case.type,
        "priority": case.priority,
        "tags": case.tags,
        "said": case.said,
        "notes": case.notes,
    }


def _names() -> dict[Any, dict[Any, str]]:
    return {
        model: {row.id: row.key for row in db.session.scalars(select(model))}
        for model in (Status, Group, TicketType)
    }


def _said_on() -> dict[tuple[int, str], list[str]]:
    found: dict[tuple[int, str], list[str]] = {}
    for row in db.session.scalars(select(Message).order_by(Message.id)):
        found.setdefault((row.case_id, row.kind), []).append(row.text)
    return found


def check_history() -> None:
    """Every row equals the fold of its events, everything that came in was taken in, and no
    trigger failed or was cut."""
    records = [row for row in _all(EventRecord) if row.case_id]
    records.sort(key=attrgetter("case_id", "id"))
    for number, its in groupby(records, attrgetter("case_id")):
        assert history.fold(list(its)) == history.snapshot(db.session.get_one(Case, number))
    arrived = _all(Inbound)
    assert {row.state for row in arrived} == {InboundState.ACCEPTED}
    assert len(arrived) == sum(message.inbound for message in _all(Message))
    assert {run.state for run in _all(RuleRun)} <= {"done", "skipped"}


def check_counters(judge: Judge) -> None:
    """Each step fired once, in its minute, and nothing else; the clocks stand as they must."""
    query = (
        select(Counter.case_id, CounterPolicy.key, CounterFiring.step, CounterFiring.due_at)
        .join(Counter, Counter.id == CounterFiring.counter_id)
        .join(CounterPolicy, CounterPolicy.id == Counter.policy_id)
    )
    assert Tally(tuple(row) for row in db.session.execute(query)) == judge.firings
    assert all(timedelta() <= one.at - one.due_at < TICK for one in _all(CounterFiring))
    keys = {row.id: row.key for row in _all(CounterPolicy)}
    states = {(row.case_id, keys[row.policy_id]): row.state for row in _all(Counter)}
    assert states == {
        (case.number, policy): clock.state
        for case in judge.cases.values()
        for policy, clock in case.clocks.items()
    }
    assert not [row.error for row in _all(Counter) if row.failures or row.claimed_until]


def _all(model: Any) -> list[Any]:
    return list(db.session.scalars(select(model)))
