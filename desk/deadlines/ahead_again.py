"""Clocks whose steps came under an earlier limit, lie ahead again, and do not come twice."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from core import clock
from core.db import db
from desk.deadlines import ledger, policies
from desk.deadlines.counted import MINUTE
from desk.deadlines.policies import Policy
from models import Case, Counter, CounterPolicy, CounterState

LOOKED_AT = 1000


def ahead_again(of: CounterPolicy) -> int:
    """How many of the clocks that run under it, computed anew or still to be; LOOKED_AT at most."""
    policy = policies.in_force().get(of.id)
    if policy is None:
        return 0
    going = (
        select(Counter)
        .options(selectinload(Counter.spans), joinedload(Counter.case).joinedload(Case.requester))
        .where(Counter.policy_id == of.id, Counter.state != CounterState.STOPPED)
        .where(Counter.next_step > 0)
        .order_by(Counter.id)
        .limit(LOOKED_AT)
    )
    return sum(_is_ahead(counter, policy) for counter in db.session.scalars(going))


def _is_ahead(counter: Counter, policy: Policy) -> bool:
    limit = ledger.minutes_for(counter.case, policy) * MINUTE
    done = ledger.worked(counter, policy, until=clock.now())
    came = policy.steps[: ledger.next_step_under(counter, policy)]
    return any(policy.due_after(step, limit) > done for step in came)
