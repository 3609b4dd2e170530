"""Fires what is due: several steps with their effects in one transaction, each exactly once.

A step is taken by the locks of that transaction and by nothing else, so whoever dies with it lets
go of it at once, and who wakes up after the database gave it away can't commit.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import bindparam, func, insert, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from core import bus, clock, i18n, numbers
from core.db import UtcDateTime, db, table
from core.failpoints import failpoint
from desk import automation, errors, events, history
from desk.automation import brakes
from desk.automation.recipients import recipients
from desk.deadlines import late, ledger, policies
from models import (
    Case,
    Counter,
    CounterFiring,
    CounterState,
    EventRecord,
    Message,
    Participant,
)

log = logging.getLogger("liniya.deadlines")

TOGETHER = 100  # firings that share a commit: others wait for their cases no longer than for that
LOOKED_AT = 4 * TOGETHER  # so that several processes find something to do
LONGEST_PAUSE = timedelta(hours=6)
BUSY_PAUSE = timedelta(seconds=2)
ASLEEP_MS = 30_000  # after that PostgreSQL takes the locks of a frozen process away

_AT = bindparam("at", type_=UtcDateTime)
_DUE = (
    select(Counter.id, Counter.case_id)
    .where(
        Counter.due_at <= _AT,
        Counter.state == CounterState.RUNNING,
        ~Counter.stale,
        or_(Counter.claimed_until.is_(None), Counter.claimed_until < _AT),  # not put aside
    )
    .order_by(Counter.due_at, Counter.id)
)
_STALE = select(Counter.id).where(Counter.stale).limit(1)
_FIRED = insert(table(CounterFiring))
_LOOK = select(or_(_DUE.limit(1).exists(), _STALE.exists()))


def fire_due(limit: int = TOGETHER) -> int:
    """Fire up to `limit` due steps in one unit of work; how many were tried. Safe in any number of
    processes.

    When one of them fails all of it is undone and each is done alone; the one that fails again is
    put aside for a growing while, and named in its row.
    """
    some = _some_due(limit)
    if not some:
        return 0
    tried: dict[int, int] = {}
    try:
        with bus.unit_of_work():
            _fire(some, limit, tried, apart=False)
    except Exception as error:  # nothing of it happened; alone it will tell which one it was
        log.info("%s counters are fired one by one: %s", len(tried), error)
        for number, case in tried.items():
            _fire_alone(number, case)
    return len(tried)


def is_anything_due() -> bool:
    """Whether a step is due or a counter waits to be computed: one look, without the write lock."""
    with bus.unit_of_work(writes=False):
        return bool(db.session.scalar(_LOOK, {"at": clock.now()}))


def _some_due(limit: int) -> dict[int, int]:
    """{counter: case} in the order of their time, one of a case: what the first of them does may
    stop the second. A look without the write lock: nearly always the answer is nothing."""
    with bus.unit_of_work(writes=False):
        query = _DUE.limit(max(limit, LOOKED_AT))
        first: dict[int, int] = {}
        for counter, case in db.session.execute(query, {"at": clock.now()}):
            first.setdefault(case, counter)
    return {counter: case for case, counter in first.items()}


def _fire_alone(number: int, case: int) -> None:
    try:
        with bus.unit_of_work():
            _fire({number: case}, 1, {}, apart=True)
    except Exception as error:  # a poison row must not stop the queue
        log.exception("counter %s failed", number)
        with bus.unit_of_work():
            _put_aside(number, error)


def _fire(some: Mapping[int, int], limit: int, tried: dict[int, int], *, apart: bool) -> None:
    """`apart`: an action that fails is undone by itself and named; else it fails the whole."""
    taken = _taken(some, limit)
    tried.update((counter.id, counter.case_id) for counter in taken)
    brakes.hold(address for counter in taken for address in _told(counter))
    numbers.know_ahead(EventRecord, Message, block=len(taken) or 1)  # all is written in one go
    fired = [_Firing(counter) for counter in taken]
    failpoint("deadlines.recorded")
    for each in fired:
        each.act(apart=apart)
        failpoint("deadlines.fired")


def _taken(some: Mapping[int, int], limit: int) -> Sequence[Counter]:
    """Locked and still due. First the cases, as all others do; those that are held are left to a
    later turn, so nobody waits for anybody."""
    _let_go_when_asleep()
    cases = _held(list(some.values()), limit)
    held = {case.id: case for case in cases}
    mine = [counter for counter, case in some.items() if case in held]
    query = (
        _DUE.with_only_columns(Counter)
        .options(selectinload(Counter.spans))
        .where(Counter.id.in_(mine))
        .with_for_update(of=Counter)
    )
    found = db.session.scalars(query, {"at": clock.now()}).all() if mine else []
    for counter in found:
        set_committed_value(counter, "case", held[counter.case_id])
    failpoint("deadlines.claimed")
    return found


def _told(counter: Counter) -> Iterator[str]:
    """Whom the step writes to, and who hears of its note."""
    step = policies.version(counter.policy_version_id).steps[counter.next_step]
    asked = [(one["to"], one.get("address", "")) for one in step.actions if "to" in one]
    for to, address in [*asked, ("assignee", "")]:
        yield from (each.address for each in recipients(to, address, counter.case))


def _held(numbers: Sequence[int], limit: int) -> Sequence[Case]:
    query = (
        select(Case)
        .where(Case.id.in_(numbers))
        .order_by(Case.id)
        .limit(limit)
        .options(
            joinedload(Case.requester).selectinload(Participant.contact_points),
            selectinload(Case.tags),
        )
    )
    return db.session.scalars(query.with_for_update(of=Case, skip_locked=True)).all()


def _let_go_when_asleep() -> None:
    if db.engine.dialect.name == "postgresql":
        name = "idle_in_transaction_session_timeout"
        db.session.execute(select(func.set_config(name, str(ASLEEP_MS), True)))


class _Firing:
    """One step of one counter that fires now."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.policy = policies.version(counter.policy_version_id)
        self.event = _record(counter, counter.case, self.policy)

    def act(self, *, apart: bool) -> None:
        counter = self.counter
        cause = history.Cause(event=self.event, counter_id=counter.id)
        step = self.policy.steps[counter.next_step]
        effects = automation.run_actions(step.actions, counter.case, cause, apart=apart)
        self.event.record.data = {**self.event.record.data, "effects": effects}
        counter.next_step += 1
        counter.claimed_until, counter.failures, counter.error = None, 0, ""
        ledger.compute(counter, self.policy)


def _record(counter: Counter, case: Case, policy: policies.Policy) -> events.Event:
    at, due = clock.now(), counter.due_at
    assert due is not None  # noqa: S101 - checked by the caller
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
                "late_because": late.reason(counter, at),
            },
        )
    firing = {
        "counter_id": counter.id,
        "episode": counter.episode,
        "policy_version_id": policy.version_id,
        "step": counter.next_step,
        "due_at": due,
        "at": at,
        "event_id": event.id,
    }
    bus.write_together(_FIRED, firing)
    return event


def _put_aside(number: int, error: Exception) -> None:
    counter = db.session.get_one(Counter, number)
    counter.claimed_until = clock.now() + BUSY_PAUSE
    if isinstance(error, OperationalError):  # locks that others hold: nothing is wrong with it
        return
    counter.failures += 1
    counter.error = errors.kept(error)
    pause = min(LONGEST_PAUSE, timedelta(minutes=2 ** min(counter.failures, 10)))
    counter.claimed_until = clock.now() + pause
