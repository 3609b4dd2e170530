"""What events mean for counters: start, pause, resume, stop.

Looked at once at the end of a unit of work, so that a policy is chosen by what rules made of a new
ticket, and a status set and set back in one go pauses nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core import bus
from core.db import db
from desk import automation, events
from desk.catalog import catalog
from desk.deadlines import ledger, policies
from desk.deadlines.policies import Policy
from models import Case, Counter, CounterState, StatusCategory

BEGINNINGS = (events.TicketCreated, events.DialogCreated)
Happened = Sequence[events.CaseEvent]


@bus.at_end(stage=20)
def follow(happened: Sequence[events.Event]) -> None:
    by_case: dict[int, list[events.CaseEvent]] = defaultdict(list)
    for event in happened:
        if isinstance(event, events.CaseEvent) and event.case_id is not None:
            by_case[event.case_id].append(event)
    if policies.in_force():
        for number, its in by_case.items():
            _follow_case(db.session.get_one(Case, number), its)


def _follow_case(case: Case, happened: Happened) -> None:
    running = {c.policy_id: c for c in _counters(case)}
    for kind in policies.KINDS:
        _follow_kind(case, kind, happened, running)
    for counter in running.values():
        _pause_or_resume(case, counter)
    ledger.mark_nearest(case)


def _counters(case: Case) -> Sequence[Counter]:
    query = (
        select(Counter)
        .options(selectinload(Counter.spans))
        .where(Counter.case_id == case.id, Counter.state != CounterState.STOPPED)
    )
    return db.session.scalars(query).all()


def _follow_kind(case: Case, kind: str, happened: Happened, running: dict[int, Counter]) -> None:
    mine = [c for c in running.values() if policies.version(c.policy_version_id).kind == kind]
    if case.is_solved or STOPS[kind](case, happened):
        for counter in mine:
            ledger.stop(counter)
    if case.is_open and STARTS[kind](case, happened):
        policy = _chosen(case, kind)
        for counter in mine:
            if policy is None or counter.policy_id != policy.id:
                ledger.stop(counter)
        if policy is not None:
            running[policy.id] = ledger.start(case, policy)


def _chosen(case: Case, kind: str) -> Policy | None:
    """The first policy of the kind whose conditions hold."""
    for policy in policies.in_force().values():
        if policy.kind == kind and automation.conditions_hold(policy.conditions, case):
            return policy
    return None


def _pause_or_resume(case: Case, counter: Counter) -> None:
    policy = policies.version(counter.policy_version_id)
    if case.status_id in policy.pause_statuses:
        ledger.pause(counter, catalog().statuses[case.status_id].key)
    else:
        ledger.resume(counter)


def _arrived(case: Case, happened: Happened) -> bool:
    """A new ticket from a client, or a solved one that is open again."""
    return not _is_taken(case, happened) and any(
        isinstance(event, BEGINNINGS) or _is_reopening(event) for event in happened
    )


def _is_reopening(event: events.CaseEvent) -> bool:
    if not isinstance(event, events.StatusChanged):
        return False
    before, after = event.changes["status"]
    return not _category(before).is_open and _category(after).is_open


def _category(status_id: int) -> StatusCategory:
    return StatusCategory(catalog().statuses[status_id].category)


def _is_taken(case: Case, happened: Happened) -> bool:
    """A person of the staff took it into work: answered, took it, or gave it a status."""
    staff = catalog().staff
    for event in happened:
        if event.actor_id not in staff:
            continue
        if isinstance(event, (events.AgentReplied, events.StatusChanged)):
            return True
        if isinstance(event, events.AssigneeChanged) and event.changes["assignee"][1] is not None:
            return True
    return False


def _stirred(case: Case, happened: Happened) -> bool:
    """Somebody, not a rule or counter, did something."""
    return any(event.depth == 0 and event.record.cause_counter_id is None for event in happened)


def _never(case: Case, happened: Happened) -> bool:
    return False


Question = Callable[[Case, Happened], bool]
STARTS: dict[str, Question] = {"no_answer": _arrived, "no_activity": _stirred}
STOPS: dict[str, Question] = {"no_answer": _is_taken, "no_activity": _never}
