"""What counters mean for clients: no promise ends before the clock that the desk keeps to.

The policy of "no answer" is chosen here as it is when a counter starts, so a page, a mail and the
counter say the same, whatever direction or type the request is of.
"""

from datetime import datetime

from desk import automation, promises
from desk.automation.facts import Facts
from desk.business_time import NoWorkingTime, add_working_time
from desk.catalog import catalog
from desk.deadlines import policies
from desk.promises import Asked
from models import Case, Priority, StatusCategory


@promises.counted
def limit(asked: Asked | Case, since: datetime) -> datetime | None:
    """When the counter of such a request that came at `since` would reach its limit."""
    for policy in policies.in_force().values():
        if policy.kind == "no_answer" and _holds(policy, asked):
            try:
                return add_working_time(policy.calendar, since, policy.limit)
            except NoWorkingTime:
                return None
    return None


def _holds(policy: policies.Policy, asked: Asked | Case) -> bool:
    if isinstance(asked, Case):
        return automation.conditions_hold(policy.conditions, asked)
    return automation.conditions_hold_for(policy.conditions, _facts(asked))


def _facts(asked: Asked) -> Facts:
    return Facts(
        {
            "channel": "portal",
            "direction": asked.direction_id,
            "type": asked.type_id,
            "status": catalog().first_status(StatusCategory.NEW).id,
            "priority": int(Priority.NORMAL),
            "line": 1,
        }
    )
