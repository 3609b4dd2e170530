"""A decision as JSON keeps it: lists instead of names, some 20 to 60 bytes an agent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from desk.dispatcher.decision import Candidate, Decision, Excluded
from desk.dispatcher.reason import Reason

Kept = dict[str, Any]


def packed(decision: Decision) -> Kept:
    """fit: [agent, used, slots, *rank]; out: [agent, used, slots, [filter, *values], ...]."""
    return {
        "case": decision.case_id,
        "group": decision.group,
        "mode": decision.mode,
        "at": decision.at.isoformat(),
        "sticky": decision.sticky,
        "fit": [[*one[:3], *one.rank] for one in decision.candidates],
        "out": [
            [*one[:3], *([reason.key, *reason.values] for reason in one.reasons)]
            for one in decision.excluded
        ],
    }


def packed_short(decision: Decision) -> Kept:
    """The same without all but the chosen one."""
    return packed(replace(decision, candidates=decision.candidates[:1], excluded=()))


def unpacked(kept: Mapping[str, Any]) -> Decision:
    """KeyError or ValueError for what `packed` did not make."""
    return Decision(
        case_id=kept["case"],
        group=kept["group"],
        mode=kept["mode"],
        at=datetime.fromisoformat(kept["at"]),
        sticky=kept["sticky"],
        candidates=tuple(
            Candidate(agent, used, slots, tuple(rank)) for agent, used, slots, *rank in kept["fit"]
        ),
        excluded=tuple(
            Excluded(agent, used, slots, tuple(Reason(key, tuple(rest)) for key, *rest in reasons))
            for agent, used, slots, *reasons in kept["out"]
        ),
    )
