"""What administrators do with counters beside editing them: on and off, the order, one more try."""

from sqlalchemy import select

from core.db import db
from desk.deadlines import anew, saving
from models import (
    Counter,
    CounterPolicy,
    Participant,
)


def switch(policy: CounterPolicy, *, on: bool, by: Participant) -> int:
    """Off: what runs under it goes over to the next one that fits, else it ends.

    On: it starts with what happens from now on, takes over what runs under those below it, and
    goes on with what ended only because it was off; how many it goes on with at once.
    """
    if policy.is_active == on:
        return 0
    policy.is_active = on
    saving.changed(policy, by=by, on=on)
    return anew.taken_back(policy) if on else 0


def move(policy: CounterPolicy, *, up: bool, by: Participant) -> None:
    """One place up or down among the policies of its kind that are on or off as it is: those that
    are on are tried from the top."""
    query = (
        select(CounterPolicy)
        .where(CounterPolicy.kind == policy.kind)
        .order_by(CounterPolicy.position, CounterPolicy.id)
        .with_for_update()
    )
    rows = list(db.session.scalars(query))
    alike = [at for at, row in enumerate(rows) if row.is_active == policy.is_active]
    here = rows.index(policy)
    there = alike.index(here) + (-1 if up else 1)
    if 0 <= there < len(alike):
        rows[here], rows[alike[there]] = rows[alike[there]], policy
        for position, row in enumerate(rows):
            row.position = position
        saving.changed(policy, by=by)


def retry(counter: Counter) -> None:
    """What failed is tried again at the next tick instead of after its pause."""
    if counter.failures:
        counter.claimed_until = None
