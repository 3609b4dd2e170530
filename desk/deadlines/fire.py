"""Fires what is due: claimed in batches, each with its effects in one transaction, exactly once."""

import logging
from datetime import timedelta

from sqlalchemy import Select, or_, select, update

from core import bus, clock, i18n
from core.db import db
from core.failpoints import failpoint
from desk import automation, events, history
from desk.deadlines import ledger, policies
from models import Case, Counter, CounterFiring, CounterState

log = logging.getLogger("liniya.deadlines")

BATCH = 100
LEASE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)


def fire_due(limit: int = BATCH) -> int:
    """Fire up to `limit` due steps; how many were taken. Safe in any number of processes.

    A counter that fails is put aside for a growing while, named in its row, and the rest goes on.
    """
    if not _is_anything_due():
        return 0
    with bus.unit_of_work():
        claimed = _claim(limit)
    for number in claimed:
        try:
            with bus.unit_of_work():
                _fire(number)
        except Exception as error:  # a poison row must not stop the queue
            log.exception("counter %s failed", number)
            with bus.unit_of_work():
                _put_aside(number, error)
    return len(claimed)


def _is_anything_due() -> bool:
    """A look without the write lock: nearly always the answer is no."""
    with bus.unit_of_work(writes=False):
        return db.session.scalar(_due().limit(1)) is not None


def _due() -> Select[int]:
    at = clock.now()
    free = or_(Counter.claimed_until.is_(None), Counter.claimed_until < at)
    return (
        select(Counter.id)
        .where(Counter.due_at <= at, ~Counter.stale, free)
        .order_by(Counter.due_at, Counter.id)
    )


def _claim(limit: int) -> list[int]:
    taken = (
        update(Counter)
        .where(Counter.id.in_(_due().limit(limit).with_for_update(skip_locked=True)))
        .values(claimed_until=clock.now() + LEASE)
        .returning(Counter.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(db.session.scalars(taken).all())


def _fire(number: int) -> None:
    counter = db.session.get_one(Counter, number, with_for_update=True)
    at, due = clock.now(), counter.due_at
    if counter.state != CounterState.RUNNING or counter.stale or due is None or due > at:
        counter.claimed_until = None  # somebody stopped or paused it meanwhile
        return
    case = db.session.get_one(Case, counter.case_id, with_for_update={"of": Case})
    policy = policies.version(counter.policy_version_id)
    step = policy.steps[counter.next_step]
    event = _record(counter, case, policy)
    failpoint("deadlines.recorded")
    cause = history.Cause(event=event, counter_id=counter.id)
    effects = automation.run_actions(step.actions, case, cause)
    event.record.data = {**event.record.data, "effects": effects}
    counter.next_step += 1
    counter.claimed_until, counter.failures, counter.error = None, 0, ""
    ledger.compute(counter, policy)
    failpoint("deadlines.fired")


def _record(counter: Counter, case: Case, policy: policies.Policy) -> events.Event:
    at, due = clock.now(), counter.due_at
    assert due is not None  # noqa: S101 - checked by the caller
    firing = CounterFiring(
        counter_id=counter.id,
        episode=counter.episode,
        policy_version_id=policy.version_id,
        step=counter.next_step,
        due_at=due,
        at=at,
    )
    db.session.add(firing)
    with history.because(history.Cause(counter_id=counter.id)):
        event = history.record(
            events.CounterFired,
            case,
            data={
                "counter": counter.id,
                "policy": policy.id,
                "version": policy.version_id,
                "step": counter.next_step,
                "name": policy.name(i18n.locale()),
                "names": dict(policy.names),
                "due_at": due.isoformat(),
                "late_seconds": int((at - due).total_seconds()),
            },
        )
    db.session.flush()
    firing.event_id = event.id
    return event


def _put_aside(number: int, error: Exception) -> None:
    counter = db.session.get_one(Counter, number)
    counter.failures += 1
    counter.error = f"{type(error).__name__}: {error}"[:500]
    pause = min(LONGEST_PAUSE, timedelta(minutes=2 ** min(counter.failures, 10)))
    counter.claimed_until = clock.now() + pause
