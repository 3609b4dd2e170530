"""Counters computed anew after a policy or calendar has changed: a few at once, many in turns.

What waits for it is marked in its row, so a restart loses nothing, and does not fire meanwhile.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import joinedload, selectinload

from core import bus
from core.db import db
from desk.business_time import NoWorkingTime
from desk.deadlines import choosing, ledger
from models import Case, Counter, CounterPolicy, CounterPolicyVersion, CounterState

AT_ONCE = 100
BATCH = 200


def of_policy(policy: CounterPolicy) -> None:
    """After it was saved, moved or switched: its own, and those of its kind it may take over."""
    mine = select(CounterPolicy.id).where(CounterPolicy.kind == policy.kind)
    _mark(Counter.policy_id.in_(mine))


def of_calendar(calendar_id: int) -> None:
    """NoWorkingTime when one of them would never come to its end."""
    versions = select(CounterPolicyVersion.id).where(
        CounterPolicyVersion.calendar_id == calendar_id
    )
    _mark(Counter.policy_version_id.in_(versions))


def left() -> int:
    """How many wait."""
    return db.session.scalar(select(func.count()).select_from(Counter).where(Counter.stale)) or 0


def compute_stale(limit: int = BATCH) -> int:
    """Compute up to `limit` of those that wait, in one unit of work; how many."""
    if not _is_any_stale():
        return 0
    with bus.unit_of_work():
        ids = select(Counter.id).where(Counter.stale).order_by(Counter.id).limit(limit)
        found = db.session.scalars(ids.with_for_update(skip_locked=True)).all()
        counters = _loaded(found)
        for counter in counters:
            try:
                choosing.settle(counter.case, counter)
            except NoWorkingTime as error:
                counter.failures, counter.error = counter.failures + 1, str(error)[:500]
            counter.stale = False
        ledger.mark_nearest_of([counter.case_id for counter in counters])
    return len(found)


def _is_any_stale() -> bool:
    with bus.unit_of_work(writes=False):
        return db.session.scalar(select(Counter.id).where(Counter.stale).limit(1)) is not None


def _mark(which: ColumnElement[bool]) -> None:
    going = Counter.state != CounterState.STOPPED
    db.session.flush()
    few = db.session.scalars(select(Counter.id).where(which, going).limit(AT_ONCE + 1)).all()
    if len(few) > AT_ONCE:
        change = update(Counter).where(which, going).values(stale=True)
        db.session.execute(change.execution_options(synchronize_session=False))
        return
    counters = _loaded(few)
    for counter in counters:
        choosing.settle(counter.case, counter)
    ledger.mark_nearest_of([counter.case_id for counter in counters])


def _loaded(ids: Sequence[int]) -> Sequence[Counter]:
    query = (
        select(Counter)
        .options(selectinload(Counter.spans), joinedload(Counter.case).joinedload(Case.requester))
        .where(Counter.id.in_(ids))
        .order_by(Counter.id)
    )
    return db.session.scalars(query).all()
