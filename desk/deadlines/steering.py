"""What administrators do with counters beside editing them: on and off, the order, one more try."""

from sqlalchemy import select

from core.db import db
from desk.deadlines import saving
from models import (
    Counter,
    CounterPolicy,
    Participant,
)


def switch(policy: CounterPolicy, *, on: bool, by: Participant) -> None:
    """Off: what runs under it goes over to the next one that fits, else it ends.

    On: it starts with what happens from now on, and takes over what runs under those below it.
    """
    if policy.is_active != on:
        policy.is_active = on
        saving.changed(policy, by=by)


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
        saving.changed(policy, by=by)


def retry(counter: Counter) -> None:
    """What failed is tried again at the next tick instead of after its pause."""
    if counter.failures:
        counter.claimed_until = None
