"""Which policy a clock of a case runs under, chosen anew when what it was chosen by has changed."""

from collections.abc import Iterable

from desk import automation
from desk.deadlines import ledger, policies, switched
from desk.deadlines.kinds import Happened
from desk.deadlines.policies import Policy
from models import Case, Counter, CounterState


def first_that_holds(case: Case, group: Iterable[Policy]) -> Policy | None:
    """The first policy whose conditions hold."""
    for policy in group:
        if automation.conditions_hold(policy.conditions, case):
            return policy
    return None


def settle(case: Case, counter: Counter, happened: Happened = ()) -> Counter:
    """The counter that goes on: under the policy that now fits, with its newest version and limit.
    `happened` = what this unit of work did to the case.

    What was worked stays worked. When no policy fits any more it goes on under its own; when that
    is switched off, it ends, and goes on when it is switched on again in the same wait.
    """
    if counter.state == CounterState.STOPPED and not switched.take_back(case, counter):
        return counter
    key = policies.version(counter.policy_version_id).clock_key
    group = policies.by_clock().get(key, [])
    chosen = first_that_holds(case, group)
    if chosen is None:
        chosen = policies.in_force().get(counter.policy_id)
    if chosen is None:
        ledger.drop(counter, switched.off(counter.policy_id))
        return counter
    if chosen.id != counter.policy_id:
        return ledger.move(counter, case, chosen)
    ledger.retarget(counter, case, chosen, happened)
    return counter
