"""What ended a clock: as its ledger keeps it, and in words."""

from collections.abc import Sequence

from core.db import db
from core.i18n import N_, _
from desk import clocks, events
from desk.deadlines import doers
from desk.deadlines.kinds import Happened
from desk.deadlines.kinds.happened import is_open_after
from desk.deadlines.ledger import MOVED
from desk.deadlines.policies import Policy, name_of
from models import Case, Counter, RuleVersion

OFF = "off"
SAID = {
    "answered": N_("answered by %(who)s"),
    "taken": N_("taken by %(who)s"),
    "assigned": N_("assigned by %(who)s"),
    "solved": N_("solved by %(who)s"),
    "unanswered": N_("solved by %(who)s without an answer"),
    "status": N_("status changed by %(who)s"),
    OFF: N_("switched off by %(who)s"),
}
FIRST = (events.AgentReplied, events.AssigneeChanged, events.StatusChanged)


def of(case: Case, happened: Happened, policy: Policy) -> str:
    """Empty when nothing does, or only the beginning of its next run."""
    kind, options = policy.its_kind, policy.options
    if case.is_solved:
        told = _kept([one for one in happened if isinstance(one, events.StatusChanged)] or happened)
        is_told = is_done(case, happened, policy) or not told.startswith("solved:")
        return told if is_told else f"unanswered:{told.removeprefix('solved:')}"
    if not kind.stops(case, happened, options):
        return ""
    return _kept([one for one in happened if kind.stops(case, (one,), options)] or happened)


def is_done(case: Case, happened: Happened, policy: Policy) -> bool:
    """Whether what it waits for was done; always where solving is as good."""
    kind = policy.its_kind
    return not kind.needs_deed or kind.stops(case, happened, policy.options)


def _kept(deeds: Sequence[events.CaseEvent]) -> str:
    """Of what ends it the most telling: an answer before the assignee and status that it sets."""
    deed = min(deeds, key=_rank)
    return f"{_word(deed)}:{doers.of_event(deed)}"


def _rank(event: events.CaseEvent) -> int:
    return FIRST.index(type(event)) if type(event) in FIRST else len(FIRST)


def _word(event: events.CaseEvent) -> str:
    if isinstance(event, events.AgentReplied):
        return "answered"
    if isinstance(event, events.AssigneeChanged):
        return "taken" if event.changes["assignee"][1] == event.actor_id else "assigned"
    if isinstance(event, events.StatusChanged):
        return "status" if is_open_after(event) else "solved"
    return event.kind


def told(value: str) -> str:
    """In the reader's language, of what stands after the first colon."""
    what, _colon, who = value.partition(":")
    if what in SAID:
        return _(SAID[what], who=doers.named(who))
    if what == clocks.TRIGGER:
        name = db.session.get_one(RuleVersion, int(who)).rule.name
        return _("stopped by the trigger “%(name)s”", name=name)
    if what == clocks.STEP:
        name = db.session.get_one(Counter, int(who)).policy.name
        return _("stopped by the counter “%(name)s”", name=name)
    if what == MOVED:
        return _("goes on by “%(name)s”", name=name_of(int(who)))
    label = _(events.KINDS[what].label) if what in events.KINDS else what
    return label if who == doers.CLIENT else f"{label} ({doers.named(who)})"
