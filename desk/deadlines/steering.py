"""What administrators do with counters beside editing them: on and off, the order, one more try."""

from sqlalchemy import func, select, update

from core import clock
from core.db import db
from desk.deadlines import policies
from models import (
    Case,
    Counter,
    CounterPolicy,
    CounterSpan,
    CounterState,
    Participant,
)


def switch(policy: CounterPolicy, *, on: bool, by: Participant) -> None:
    """Off: what runs under it stops at once. On: it starts with what happens from now on."""
    if policy.is_active != on:
        policy.is_active = on
        if not on:
            _stop_all(policy)
        policies.changed(policy, by=by)


def move(policy: CounterPolicy, *, up: bool, by: Participant) -> None:
    """One place up or down among the policies of its kind, which are tried from the top."""
    query = (
        select(CounterPolicy)
        .where(CounterPolicy.kind == policy.kind)
        .order_by(CounterPolicy.position, CounterPolicy.id)
        .with_for_update()
    )
    rows = list(db.session.scalars(query))
    here = rows.index(policy)
    there = here + (-1 if up else 1)
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for position, row in enumerate(rows):
            row.position = position
        policies.changed(policy, by=by)


def retry(counter: Counter) -> None:
    """What failed is tried again at the next tick instead of after its pause."""
    if counter.failures:
        counter.claimed_until = None


def _stop_all(policy: CounterPolicy) -> None:
    """Set by set: there may be thousands of tickets."""
    at = clock.now()
    mine = Counter.policy_id == policy.id
    going = select(Counter.id).where(mine, Counter.state != CounterState.STOPPED)
    stopped = select(Counter.case_id).where(mine, Counter.stopped_at == at)
    nearest = (
        select(func.min(Counter.limit_at))
        .where(Counter.case_id == Case.id, Counter.state == CounterState.RUNNING)
        .scalar_subquery()
    )
    for change in (
        update(CounterSpan)
        .where(CounterSpan.counter_id.in_(going), CounterSpan.until.is_(None))
        .values(until=at),
        update(Counter)
        .where(mine, Counter.state != CounterState.STOPPED)
        .values(state=CounterState.STOPPED, stopped_at=at, due_at=None, claimed_until=None),
        update(Case).where(Case.id.in_(stopped)).values(due_at=nearest),
    ):
        db.session.execute(change.execution_options(synchronize_session=False))
