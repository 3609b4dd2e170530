"""A decision in the reader's language: who gets it and why, who does not and why."""

from datetime import datetime

from core.i18n import N_, _, ngettext
from desk.dispatcher.decision import Candidate, Decision, Excluded
from desk.dispatcher.filters import FILTERS
from desk.dispatcher.modes import MODES
from desk.dispatcher.reason import Names, Reason

PHRASE = N_("%(agent)s: %(why)s")
STICKY = N_("has answered this client before")
STICKY_PASSED_OVER = N_("%(agent)s has answered this client before, but: %(why)s")
STICKY_ELSEWHERE = N_("%(agent)s has answered this client before, but is not in this group")
NO_MEMBERS = N_("waits: the group has no members")
GONE = N_("“%(key)s”, which is asked no more")


def told(decision: Decision, names: Names) -> str:
    """Who gets it and why, or that it waits."""
    if decision.candidates:
        first = decision.candidates[0]
        return _(PHRASE, agent=names("agent", first.agent_id), why=why_chosen(decision))
    if not decision.excluded:
        return _(NO_MEMBERS)
    return ngettext(
        "waits: the only agent looked at can't take it",
        "waits: none of %(num)s agents can take it",
        len(decision.excluded),
    )


def why_chosen(decision: Decision) -> str:
    """What put the first before the others. IndexError for a decision without a candidate."""
    return _(STICKY) if decision.is_sticky else candidate_told(decision, decision.candidates[0])


def candidate_told(decision: Decision, one: Candidate) -> str:
    """What ranked them."""
    mode = MODES.get(decision.mode)
    return mode.sentence(one.used, one.slots, one.rank) if mode else _(GONE, key=decision.mode)


def excluded_told(decision: Decision, one: Excluded, names: Names) -> list[str]:
    """Every reason, the one to show first."""
    return [reason_told(reason, names, decision.at) for reason in one.reasons]


def reason_told(reason: Reason, names: Names, at: datetime) -> str:
    """Of a decision at that instant; a filter that there is no more is named by its key."""
    asked = FILTERS.get(reason.key)
    return asked.sentence(reason.values, names, at) if asked else _(GONE, key=reason.key)


def sticky_told(decision: Decision, names: Names) -> str:
    """Why it did not go to who was asked for first; "" where it did, or nobody was."""
    if decision.sticky is None or decision.is_sticky:
        return ""
    agent = names("agent", decision.sticky)
    for one in decision.excluded:
        if one.agent_id == decision.sticky:
            why = reason_told(one.reasons[0], names, decision.at)
            return _(STICKY_PASSED_OVER, agent=agent, why=why)
    return _(STICKY_ELSEWHERE, agent=agent)
