"""The kinds of counters, in the order in which people choose among them."""

from desk.deadlines.kinds import (
    agent_silent,
    client_silent,
    custom,
    first_answer,
    next_answer,
    no_activity,
    no_answer,
    queue_wait,
    solution,
)
from desk.deadlines.kinds.kind import Happened, Kind

__all__ = ["KINDS", "Happened", "Kind"]

KINDS: dict[str, Kind] = {
    module.KIND.key: module.KIND
    for module in (
        no_answer,
        first_answer,
        next_answer,
        solution,
        queue_wait,
        no_activity,
        agent_silent,
        client_silent,
        custom,
    )
}
