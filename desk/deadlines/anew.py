"""Counters computed anew after a policy or calendar has changed: a few at once, many in turns.

What waits for it is marked in its row, so a restart loses nothing, and does not fire meanwhile.
"""

import logging
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from core import bus
from core.db import db
from desk import errors, events, history, waiting
from desk.business_time import NoWorkingTime
from desk.deadlines import choosing, ledger, switched
from models import Case, Counter, CounterPolicy, CounterPolicyVersion, CounterSpan, CounterState

log = logging.getLogger("liniya.deadlines")

AT_ONCE = 100
BATCH = 200
GOING = Counter.state != CounterState.STOPPED


def of_policy(policy: CounterPolicy) -> None:
    """After it was saved, moved or switched: its own, and those of its kind it may take over."""
    mine = select(CounterPolicy.id).where(CounterPolicy.kind == policy.kind)
    _mark(Counter.policy_id.in_(mine), GOING)


def taken_back(policy: CounterPolicy) -> int:
    """After it was switched on, of those that ended as it was off: how many go on at once."""
    found = _mark(switched.ended_so(policy))
    return sum(counter.state != CounterState.STOPPED for counter in found)


def of_calendar(calendar_id: int) -> bool:
    """Whether any counts by it. NoWorkingTime when one of them would never come to its end."""
    return bool(_mark(counts_by(calendar_id), GOING)) or left() > 0


def counts_by(calendar_id: int) -> ColumnElement[bool]:
    """Clocks of which something is counted by this calendar."""
    versions = select(CounterPolicyVersion.id).where(
        CounterPolicyVersion.calendar_id == calendar_id
    )
    spans = select(CounterSpan.counter_id).where(CounterSpan.calendar_id == calendar_id)
    return or_(Counter.policy_version_id.in_(versions), Counter.id.in_(spans))


def left() -> int:
    """How many wait."""
    return db.session.scalar(select(func.count()).select_from(Counter).where(Counter.stale)) or 0


def compute_stale(limit: int = BATCH) -> int:
    """Compute up to `limit` of those that wait, in one unit of work; how many.

    When one of them fails, each is done alone, and the one that fails again is named in its row.
    """
    if not _is_any_stale():
        return 0
    try:
        with bus.unit_of_work():
            return _compute(_taken(limit))
    except Exception as error:  # nothing of it happened
        log.info("counters are computed one by one: %s", error)
    with bus.unit_of_work(writes=False):
        some = db.session.scalars(_stale().limit(limit)).all()
    for number in some:
        _compute_alone(number)
    return len(some)


def _compute_alone(number: int) -> None:
    try:
        with bus.unit_of_work():
            _compute(_loaded([number]))
    except Exception as error:  # it must not stop the queue
        log.exception("counter %s can't be computed", number)
        with bus.unit_of_work():
            _name(db.session.get_one(Counter, number), error)
            db.session.get_one(Counter, number).stale = False


def _taken(limit: int) -> Sequence[Counter]:
    """The cases first, as all others lock them."""
    some = select(Counter.case_id).where(Counter.stale).order_by(Counter.id).limit(limit)
    cases = select(Case.id).where(Case.id.in_(some)).order_by(Case.id)
    held = db.session.scalars(cases.with_for_update(skip_locked=True)).all()
    mine = _stale().where(Counter.case_id.in_(held)).limit(limit)
    return _loaded(db.session.scalars(mine.with_for_update(skip_locked=True)).all())


def _compute(counters: Sequence[Counter]) -> int:
    for counter in counters:
        try:
            _settle(counter)
        except NoWorkingTime as error:
            _name(counter, error)
        counter.stale = False
    ledger.mark_nearest_of({counter.case_id for counter in counters})
    if not db.session.scalar(_stale().limit(1)):
        waiting.end(waiting.COUNTERS)
        history.record(events.ClocksComputed)
    return len(counters)


def _settle(counter: Counter) -> None:
    """As after an event of its case, with the pauses that its policy asks for now."""
    before = counter.policy_version_id
    settled = choosing.settle(counter.case, counter)
    is_edited = settled is counter and counter.policy_version_id != before
    ledger.follow_status(counter.case, settled, counter.policy_version_id if is_edited else 0)


def _name(counter: Counter, error: Exception) -> None:
    counter.failures, counter.error = counter.failures + 1, errors.kept(error)


def _stale() -> Select[int]:
    return select(Counter.id).where(Counter.stale).order_by(Counter.id)


def _is_any_stale() -> bool:
    with bus.unit_of_work(writes=False):
        return db.session.scalar(_stale().limit(1)) is not None


def _mark(*which: ColumnElement[bool]) -> Sequence[Counter]:
    """Those that were computed at once."""
    db.session.flush()
    few = db.session.scalars(select(Counter.id).where(*which).limit(AT_ONCE + 1)).all()
    if len(few) > AT_ONCE:
        change = update(Counter).where(*which).values(stale=True)
        db.session.execute(change.execution_options(synchronize_session=False))
        waiting.begin(waiting.COUNTERS)
        return []
    counters = _loaded(few)
    for counter in counters:
        counter.stale = True
        _settle(counter)
        counter.stale = False
    ledger.mark_nearest_of({counter.case_id for counter in counters})
    if counters:
        history.record(events.ClocksComputed)
    return counters


def _loaded(ids: Sequence[int]) -> Sequence[Counter]:
    query = (
        select(Counter)
        .options(selectinload(Counter.spans), joinedload(Counter.case).joinedload(Case.requester))
        .where(Counter.id.in_(ids))
        .order_by(Counter.id)
    )
    return db.session.scalars(query).all()
