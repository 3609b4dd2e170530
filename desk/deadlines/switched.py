"""Clocks that end because their counter is switched off, and go on when it is on again."""

from sqlalchemy import ColumnElement, and_, select

from core import bus
from core.db import db
from desk import events
from desk.catalog import catalog
from desk.deadlines import doers, endings, ledger, policies, under_way
from models import Case, Counter, CounterPolicy, CounterSpan, CounterState, EventRecord

ENDED = f"{ledger.STOPPED}:{endings.OFF}:"


def off(policy_id: int) -> str:
    """Why its clocks end, as their ledgers keep it."""
    return f"{endings.OFF}:{_by(policy_id)}"


def ended_so(policy: CounterPolicy) -> ColumnElement[bool]:
    """Clocks of it on open cases that may have ended so."""
    of_run = CounterSpan.counter_id == Counter.id, CounterSpan.episode == Counter.episode
    told = select(CounterSpan.id).where(*of_run, CounterSpan.reason.startswith(ENDED))
    ended = Counter.policy_id == policy.id, Counter.state == CounterState.STOPPED
    return and_(*ended, Counter.case.has(Case.is_open), told.exists())


def take_back(case: Case, counter: Counter) -> bool:
    """Whether it goes on: it ended so, its counter is on, and the same wait lasts."""
    policy, last = policies.in_force().get(counter.policy_id), counter.spans[-1]
    if policy is None or not last.reason.startswith(ENDED) or _is_counted(case, policy):
        return False
    if not under_way.has_waited(case, policy, last.since):
        return False
    ledger.go_on(counter, f"{ledger.ON}:{_by(policy.id)}")
    if case.status_id in policy.pause_statuses:
        ledger.pause(counter, catalog().statuses[case.status_id].key)
    return True


def _is_counted(case: Case, policy: policies.Policy) -> bool:
    going = (each for each in case.counters if each.state != CounterState.STOPPED)
    keys = (policies.version(each.policy_version_id).clock_key for each in going)
    return policy.clock_key in keys


def _by(policy_id: int) -> str:
    """Who switched it last."""
    notes, key = bus.unit().notes, f"who switched counter {policy_id}"
    if key not in notes:
        bus.write_now()  # it may be of this very unit
        data = EventRecord.data
        query = select(EventRecord.actor_id).where(
            EventRecord.kind == events.SettingsChanged.kind,
            data["what"].as_string() == "counter_policy",
            data["id"].as_integer() == policy_id,
            data["on"].as_boolean().is_not(None),
        )
        found = db.session.scalar(query.order_by(EventRecord.id.desc()).limit(1))
        notes[key] = doers.of_person(found) if found else ""
    by: str = notes[key]
    return by
