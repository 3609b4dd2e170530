"""Clocks of counters that triggers and steps set going or end.

Asked for here and kept as an event; desk.deadlines does it at the end of the unit of work, as with
all else that turns clocks.
"""

from datetime import timedelta

from sqlalchemy import func, select

from core import bus, clock
from core.db import db
from core.i18n import N_
from desk import events, history
from desk.history import Cause
from models import Case, Counter, CounterPolicy, CounterSpan, CounterState

STARTED = "started"
STOPPED = "stopped"
TRIGGER, STEP = "trigger", "step"  # who did it, as spans name it: "started:trigger:<version>"
OWN = "custom"  # the kind whose counters are clocks of their own; others share one a ticket
MOST_STARTS = 10  # of one counter on one ticket
WITHIN = timedelta(hours=1)

IS_OVER = N_("the ticket is solved or closed")
RUNS_ALREADY = N_("it runs already")
ANOTHER_RUNS = N_("another counter of this kind runs")
DOES_NOT_RUN = N_("it does not run")
WOULD_GO_ROUND = N_("it fired just now and would start itself anew")
TOO_OFTEN = N_("it was started too often within an hour")


def start(case: Case, policy_id: int, cause: Cause) -> str:
    """From zero, whatever the conditions of the counter. Why not, untranslated, else empty."""
    policy = db.session.get_one(CounterPolicy, policy_id)
    refusal = _refusal(case, policy, cause)
    if not refusal:
        _ask(events.CounterStarted, case, policy)
    return refusal


def stop(case: Case, policy_id: int) -> str:
    """Its run is judged as with any other end. Why not, untranslated, else empty."""
    if not _is_going(case, policy_id) and not _begins_now(case):
        return DOES_NOT_RUN
    _ask(events.CounterStopped, case, db.session.get_one(CounterPolicy, policy_id))
    return ""


def turned_by(event: events.Event) -> str:
    """Who asked for it, as spans keep it."""
    record = event.record
    if record.cause_rule_version_id:
        return f"{TRIGGER}:{record.cause_rule_version_id}"
    return f"{STEP}:{record.cause_counter_id}"


def _refusal(case: Case, policy: CounterPolicy, cause: Cause) -> str:
    if not case.is_open:
        return IS_OVER
    if _is_going(case, policy.id):
        return RUNS_ALREADY
    if policy.kind != OWN and _runs_another(case, policy):
        return ANOTHER_RUNS
    if _has_led_here(policy.id, cause):
        return WOULD_GO_ROUND
    return TOO_OFTEN if _starts(case, policy.id) >= MOST_STARTS else ""


def _ask(kind: type[events.Event], case: Case, policy: CounterPolicy) -> None:
    names = {"ru": policy.name_ru, "en": policy.name_en}
    history.record(kind, case, data={"policy": policy.id, "names": names})


def _is_going(case: Case, policy_id: int) -> bool:
    """As the clock stands, and as it was asked for since in this unit of work."""
    work = bus.unit()
    for event in reversed([*work.happened, *work.events]):
        asked = isinstance(event, events.CounterStarted | events.CounterStopped)
        if asked and event.case_id == case.id and event.data["policy"] == policy_id:
            return isinstance(event, events.CounterStarted)
    going = select(Counter.id).where(
        Counter.case_id == case.id,
        Counter.policy_id == policy_id,
        Counter.state != CounterState.STOPPED,
    )
    return db.session.scalar(going) is not None


def _begins_now(case: Case) -> bool:
    """Its clocks have not begun yet: they do at the end of this unit of work."""
    work = bus.unit()
    happened = (*work.happened, *work.events)
    return any(isinstance(one, events.BEGINNINGS) and one.case_id == case.id for one in happened)


def _runs_another(case: Case, policy: CounterPolicy) -> bool:
    going = (
        select(Counter.policy_id)
        .join(Counter.policy)
        .where(Counter.case_id == case.id, CounterPolicy.kind == policy.kind)
        .where(Counter.state != CounterState.STOPPED, Counter.policy_id != policy.id)
    )
    return any(_is_going(case, number) for number in db.session.scalars(going).all())


def _has_led_here(policy_id: int, cause: Cause) -> bool:
    """Whether what happens now came of a firing of the same counter."""
    event = cause.event
    while event is not None:
        if isinstance(event, events.CounterFired) and event.data["policy"] == policy_id:
            return True
        event = event.cause
    return False


def _starts(case: Case, policy_id: int) -> int:
    """How often triggers and steps have lately started it here."""
    lately = (
        select(func.count(CounterSpan.id))
        .join(Counter, Counter.id == CounterSpan.counter_id)
        .where(Counter.case_id == case.id, Counter.policy_id == policy_id)
        .where(CounterSpan.reason.startswith(f"{STARTED}:"))
        .where(CounterSpan.since > clock.now() - WITHIN)
    )
    return db.session.scalar(lately) or 0
