"""What events mean for counters: start, pause, resume, stop, another limit, another policy.

Looked at once at the end of a unit of work, so that a policy is chosen by what rules made of a new
ticket, and a status set and set back in one go pauses nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from core import bus
from core.db import db
from desk import clocks, events
from desk.deadlines import choosing, endings, ledger, policies, under_way
from desk.deadlines.kinds import Happened
from desk.deadlines.kinds.happened import group_before
from desk.deadlines.policies import Policy
from models import Case, Counter, CounterSpan, CounterState

SELDOM_ASKED = (events.StatusChanged, events.AssigneeChanged, events.SubjectChanged)


@bus.at_end(stage=20)
def follow(happened: Sequence[events.Event]) -> None:
    by_case: dict[int, list[events.CaseEvent]] = defaultdict(list)
    for event in happened:
        if isinstance(event, events.CaseEvent) and event.case_id is not None:
            by_case[event.case_id].append(event)
    if policies.in_force():
        _follow_cases(by_case)


def _follow_cases(by_case: Mapping[int, Happened]) -> None:
    cases = [db.session.get_one(Case, number) for number in by_case]
    _read_counters(cases)
    for case in cases:
        _follow_case(case, by_case[case.id])
    ledger.mark_nearest(cases)


def _follow_case(case: Case, happened: Happened) -> None:
    going = (each for each in case.counters if each.state != CounterState.STOPPED)
    running = {_policy_of(counter).clock_key: counter for counter in going}
    lay_in = group_before(case, happened)
    for key, counter in running.items():
        policy = _policy_of(counter)
        why = endings.of(case, happened, policy)
        if why or policy.its_kind.ends(case, happened, policy.options):
            is_done = endings.is_done(case, happened, policy)
            ledger.stop(counter, case, lay_in, why, is_done=is_done)
        elif may_choose_anew(happened, policies.by_clock().get(key, [])):
            running[key] = choosing.settle(case, counter, happened)
    if case.is_open:
        for key, group in policies.by_clock().items():
            _start_one(case, happened, group, running, key)
    for event in happened:
        _turn(case, event, lay_in, running)
    for counter in running.values():
        ledger.follow_status(case, counter)


def _start_one(
    case: Case, happened: Happened, group: list[Policy], running: dict[str, Counter], key: str
) -> None:
    kind, options = group[0].its_kind, group[0].options
    mine = running.get(key)
    is_going = mine is not None and mine.state != CounterState.STOPPED
    begins = kind.begins(case, happened, options)
    if is_going or not (begins or may_choose_anew(happened, group)):
        return
    policy = choosing.first_that_holds(case, group)
    if policy is None:
        return
    if begins:
        running[key] = ledger.start(case, policy)
    elif policy.conditions and under_way.waits_by(case, happened[-1].id, group):
        running[key] = ledger.start(case, policy, ledger.FITS)


def _turn(
    case: Case, event: events.CaseEvent, lay_in: int | None, running: dict[str, Counter]
) -> None:
    """What a trigger or a step asked for, after all that starts and stops by itself."""
    if event.kind not in events.TURNED:
        return
    by, asked = clocks.turned_by(event), event.data["policy"]
    going = [each for each in running.values() if each.state != CounterState.STOPPED]
    if isinstance(event, events.CounterStopped):
        for counter in going:
            if counter.policy_id == asked:
                ledger.stop_as_asked(counter, case, lay_in, by)
        return
    policy, taken = policies.in_force().get(asked), {_policy_of(one).clock_key for one in going}
    if policy is not None and case.is_open and policy.clock_key not in taken:
        running[policy.clock_key] = ledger.start(case, policy, f"{ledger.STARTED}:{by}")


def may_choose_anew(happened: Happened, group: Sequence[Policy]) -> bool:
    """Whether another of these policies may fit now, or another limit."""
    changes = [event for event in happened if isinstance(event, events.FieldChange)]
    return any(
        not isinstance(event, SELDOM_ASKED) or any(event.field in each.asks for each in group)
        for event in changes
    )


def _policy_of(counter: Counter) -> Policy:
    return policies.version(counter.policy_version_id)


def _read_counters(cases: Sequence[Case]) -> None:
    """With the spans under way, in one statement. Cases made in this unit have theirs at hand."""
    found: dict[int, list[Counter]] = {
        case.id: [] for case in cases if "counters" in inspect(case).unloaded
    }
    if not found:
        return
    under_way = Counter.spans.and_(CounterSpan.episode == Counter.episode)
    query = (
        select(Counter)
        .options(joinedload(under_way))
        .where(Counter.case_id.in_(found))
        .order_by(Counter.id)
    )
    for counter in db.session.scalars(query).unique():
        found[counter.case_id].append(counter)
    for case in cases:
        if case.id in found:
            set_committed_value(case, "counters", found[case.id])
